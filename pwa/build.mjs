// Builds the PWA: scripts and styles (hashed names), icons, and build.json, the list the server reads.
//
//   node pwa/build.mjs [--covers DIR]... [--out DIR]
//
// Every folder in pwa/covers (and in each --covers DIR) that holds a cover.yaml is a cover; nothing else names them.
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { Resvg } from "@resvg/resvg-js";
import { build } from "esbuild";

const PWA = path.dirname(fileURLToPath(import.meta.url));
const names = JSON.parse(readFileSync(path.join(PWA, "names.json"), "utf8"));
const { values: args } = parseArgs({
  options: {
    covers: { type: "string", multiple: true, default: [] },
    out: { type: "string", default: path.join(PWA, "..", "build") },
  },
});
// Made beside the old one and swapped in at the end, so that a failed build leaves the old one whole.
const out = path.resolve(args.out);
const fresh = `${out}.fresh`;
rmSync(fresh, { recursive: true, force: true });
mkdirSync(path.join(fresh, "assets"), { recursive: true });

// Shipped names are dull: each NAMES.x in a script becomes its value, so the plain name does not travel.
const define = Object.fromEntries(Object.entries(names).map(([key, value]) => [`NAMES.${key}`, JSON.stringify(value)]));
const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Style sheets name custom elements plainly too; the same table turns them dull. Files and classes are none. */
const neutralStyles = {
  name: "neutral-styles",
  setup(esbuild) {
    esbuild.onLoad({ filter: /\.css$/ }, ({ path: file }) => {
      let contents = readFileSync(file, "utf8");
      for (const [key, value] of Object.entries(names)) {
        if (value.startsWith("x-"))
          contents = contents.replaceAll(new RegExp(`(?<![\\w./#-])${kebab(key)}(?![\\w-])`, "g"), value);
      }
      return { contents, loader: "css" };
    });
  },
};

/** Each step inwards in a template is white space that travels: a line's end says the same. */
const flatTemplates = {
  name: "flat-templates",
  setup(esbuild) {
    esbuild.onLoad({ filter: /\/(covers\/.*|shell\/history)\.ts$/ }, ({ path: file }) => ({
      contents: readFileSync(file, "utf8").replaceAll(/\n[ \t]+/g, "\n"),
      loader: "ts",
    }));
  },
};

const ownCovers = args.covers.map((folder) => realpathSync(folder));

/** A host's own cover names the project's files as if it lay in pwa/covers, wherever it lies. */
const ownCoversAtHome = {
  name: "own-covers-at-home",
  setup(esbuild) {
    esbuild.onResolve({ filter: /^\.\.?\// }, ({ path: wanted, resolveDir }) => {
      const root = ownCovers.find((folder) => resolveDir.startsWith(folder + path.sep));
      const atHome = root && path.join(PWA, "covers", path.relative(root, resolveDir), wanted);
      return atHome && !existsSync(path.join(resolveDir, wanted)) && existsSync(atHome) ? { path: atHome } : undefined;
    });
  },
};

const shared = {
  bundle: true,
  minify: true,
  write: false,
  charset: "utf8",
  legalComments: "none",
  define,
  // lit's own marks on what it has drawn; one bundle holds all that reads them.
  mangleProps: /^_\$/,
  plugins: [ownCoversAtHome, neutralStyles, flatTemplates],
  // Covers outside the project's tree still find the packages installed here.
  nodePaths: [path.join(PWA, "..", "node_modules")],
  target: ["chrome100", "safari16.4", "firefox115"],
};

// Whoever has a phone too old for the covers still reads the plain pages, and leaves them at once.
const OLDER = ["chrome87", "safari14.1", "firefox78"];

async function bundle(entry, { format = "esm", target = shared.target, plugins = [], ...more } = {}) {
  const all = [...shared.plugins, ...plugins];
  const result = await build({ ...shared, ...more, plugins: all, entryPoints: [entry], format, target, outdir: "/" });
  return result.outputFiles[0].contents;
}

function emit(name, extension, contents) {
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 10);
  const file = `${name}.${hash}.${extension}`;
  writeFileSync(path.join(fresh, "assets", file), contents);
  return file;
}

const ICON_SIZE = 512;
const CORNER = 112;

/** The one drawing fills its square; a home screen that does not mask gets rounded corners. */
function rounded(svg) {
  const [, head, body] = /^([\s\S]*?<svg[^>]*>)([\s\S]*)<\/svg>\s*$/.exec(svg) ?? [];
  if (!head) throw new Error("an icon must be one <svg> element");
  const clip = `<clipPath id="corners"><rect width="${ICON_SIZE}" height="${ICON_SIZE}" rx="${CORNER}"/></clipPath>`;
  return `${head}${clip}<g clip-path="url(#corners)">${body}</g></svg>`;
}

const draw = (svg, width) => new Resvg(svg, { fitTo: { mode: "width", value: width } }).render().asPng();

function drawIcons(folder, name) {
  const svg = readFileSync(path.join(folder, "icon.svg"), "utf8")
    .replace(/<!--[\s\S]*?-->/g, "")
    .trim();
  const target = path.join(fresh, "covers", name);
  mkdirSync(target, { recursive: true });
  writeFileSync(path.join(target, "icon.svg"), rounded(svg));
  writeFileSync(path.join(target, "icon-192.png"), draw(rounded(svg), 192));
  writeFileSync(path.join(target, "icon-512.png"), draw(rounded(svg), 512));
  writeFileSync(path.join(target, "mask-512.png"), draw(svg, 512));
  writeFileSync(path.join(target, "touch.png"), draw(svg, 180));
}

const covers = {};
const coverEntries = [];
for (const root of [path.join(PWA, "covers"), ...ownCovers]) {
  for (const name of readdirSync(root).sort()) {
    const folder = path.join(root, name);
    if (!existsSync(path.join(folder, "cover.yaml"))) continue;
    drawIcons(folder, name);
    const entry = path.join(folder, `${name}.ts`);
    coverEntries.push(entry);
    covers[name] = {
      script: emit(name, "js", await bundle(entry, { format: "iife" })),
      style: emit(name, "css", await bundle(path.join(folder, `${name}.css`))),
    };
  }
}
// Part of every cover's page, so it has no address of its own.
const firstFrame = await bundle(path.join(PWA, "shell", "first-frame.ts"), { format: "iife" });
const insideEntry = path.join(PWA, "inside", "inside.ts");
const workerEntry = path.join(PWA, "service-worker", "service-worker.ts");
const inside = emit("more", "js", await bundle(insideEntry));
const hello = emit("hello", "js", await bundle(path.join(PWA, "hello", "hello.ts"), { target: OLDER }));
const helloStyle = emit("hello", "css", await bundle(path.join(PWA, "styles", "hello.css")));
const plain = emit("page", "js", await bundle(path.join(PWA, "plain", "plain.ts"), { target: OLDER }));
const worker = emit("sw", "js", await bundle(workerEntry, { format: "iife" }));
const keyWorker = emit(
  "calc",
  "js",
  await bundle(path.join(PWA, "vault", "worker", "key-worker.ts"), { format: "iife" }),
);
// What the vault adds to the inside's script, for docs/BUDGET.md: the same code on its own, compressed.
const packed = (contents) => gzipSync(contents, { level: 9 }).length;
const vaultBytes = packed(await bundle(path.join(PWA, "vault", "vault.ts")));

/** The same scripts as if there were no check-ins, nor the account that came with them: the difference is their weight. */
const withoutCheckIns = {
  name: "without-check-ins",
  setup(esbuild) {
    const stubs = {
      "asking-view.ts": "export class AskingView extends HTMLElement {}",
      "entries.ts": "export const wrote = () => {}, watchEntries = wrote",
      "check-in.ts": "export class CheckIn extends HTMLElement {}",
      "reach.ts": "export const endEveryReach = () => {}",
      "answers.ts": "export const forgetAnswers = () => {}",
      "show-notification.ts": "export const showNotification = () => {}, openCover = showNotification",
      "pending.ts": "export const markPending = () => {}, settlePending = markPending, settleWhenOnline = markPending",
      "own-phones.ts": "export class OwnPhones extends HTMLElement {}",
      "answer-queue.ts": "export const sendAnswers = () => {}, subscribeAgain = sendAnswers",
    };
    const names = Object.keys(stubs).join("|").replaceAll(".", "\\.");
    const filter = new RegExp(`/(inside|asking|shared|shell|service-worker)/(${names})$`);
    esbuild.onLoad({ filter }, ({ path: file }) => ({ contents: stubs[path.basename(file)], loader: "ts" }));
  },
};

// Who looks out for whom, wherever it lies; the QR code comes with it.
const BUDDIES = /\/pwa\/(inside\/circle\/[\w-]+|vault\/pairing|shared\/circle-api|shell\/link-in)\.ts$/;

/** The same scripts as if there were no buddies: every name that others import is there, and nothing behind it. */
const withoutBuddies = {
  name: "without-buddies",
  setup(esbuild) {
    esbuild.onLoad({ filter: BUDDIES }, ({ path: file }) => {
      const names = readFileSync(file, "utf8").matchAll(
        /^export (?:abstract |async )?(?:class|const|function) (\w+)/gm,
      );
      return { contents: [...names].map(([, name]) => `export const ${name} = 0;`).join(""), loader: "ts" };
    });
  },
};

const weigh = async (entry, options, ...plugins) => packed(await bundle(entry, { ...options, plugins }));

async function buddiesIn(entry, options) {
  return (await weigh(entry, options)) - (await weigh(entry, options, withoutBuddies));
}

/** Buddies use check-ins, and are weighed apart. */
async function checkInsIn(entry, options) {
  const rest = await weigh(entry, options, withoutCheckIns, withoutBuddies);
  return (await weigh(entry, options, withoutBuddies)) - rest;
}

const asWorker = { format: "iife" };
/** Of the covers, the one that has least of it counts, so that none is let off what it does not carry. */
const inCovers = async (weighIn) => Math.min(...(await Promise.all(coverEntries.map((it) => weighIn(it, asWorker)))));
const buddyBytes = (await buddiesIn(insideEntry)) + (await inCovers(buddiesIn));
const checkInBytes =
  (await checkInsIn(insideEntry)) + (await checkInsIn(workerEntry, asWorker)) + (await inCovers(checkInsIn));
const weights = { vaultBytes, checkInBytes, buddyBytes };
writeFileSync(
  path.join(fresh, "build.json"),
  JSON.stringify(
    {
      covers,
      firstFrame: Buffer.from(firstFrame).toString().trim(),
      inside,
      hello,
      helloStyle,
      plain,
      worker,
      keyWorker,
      ...weights,
    },
    null,
    2,
  ),
);

rmSync(out, { recursive: true, force: true });
renameSync(fresh, out);
