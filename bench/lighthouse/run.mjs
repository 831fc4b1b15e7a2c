// Lighthouse, mobile, on one address: prints the scores and whatever is not perfect as JSON.
//
//   node bench/lighthouse/run.mjs ADDRESS CHROMIUM
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [address, chromePath] = process.argv.slice(2);
const userDataDir = mkdtempSync(path.join(tmpdir(), "lighthouse-"));
const chrome = await launch({
  chromePath,
  userDataDir,
  // Chromium has no sandbox for root, whom containers run as.
  chromeFlags: [
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ],
});
try {
  const { lhr } = await lighthouse(address, {
    port: chrome.port,
    onlyCategories: ["performance", "accessibility", "best-practices"],
    logLevel: "error",
  });
  const scores = Object.fromEntries(
    Object.values(lhr.categories).map(({ id, score }) => [id, Math.round((score ?? 0) * 100)]),
  );
  const imperfect = Object.values(lhr.audits)
    .filter(({ score, scoreDisplayMode }) => score !== null && score < 0.9 && scoreDisplayMode !== "informative")
    .map(({ id, displayValue }) => `${id} ${displayValue ?? ""}`.trim());
  process.stdout.write(`${JSON.stringify({ scores, imperfect })}\n`);
} finally {
  await chrome.kill();
  rmSync(userDataDir, { recursive: true, force: true });
}
