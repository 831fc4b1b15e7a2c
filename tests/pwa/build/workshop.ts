// A copy of what the build needs, with one small cover of its own, so that a test may break any of it.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export const PROJECT = path.resolve(import.meta.dirname, "..", "..", "..");

export interface Listing {
  readonly covers: Readonly<Record<string, { readonly script: string; readonly style: string }>>;
  readonly [entry: string]: unknown;
}

export interface Workshop {
  /** The copy's root. */
  readonly root: string;
  /** Writes a file below the copy's root. */
  write(file: string, text: string): void;
  /** Builds into `<root>/<out>`. */
  build(out?: string, ...more: string[]): { readonly worked: boolean; readonly said: string };
  dispose(): void;
}

const ICON = `<!-- drawn by hand --><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">
  <rect width="512" height="512" fill="#226699"/><circle cx="256" cy="256" r="120" fill="#fff"/></svg>`;

/** The files of a smallest cover. */
export function coverFiles(name: string): Record<string, string> {
  return {
    "cover.yaml": `name: ${name}\n`,
    "icon.svg": ICON,
    [`${name}.css`]: '@import "../../styles/base.css";\n',
    [`${name}.ts`]: 'import { startShell } from "../../shell/start.ts";\nstartShell();\n',
  };
}

export function openWorkshop(): Workshop {
  const root = mkdtempSync(path.join(tmpdir(), "build-"));
  cpSync(path.join(PROJECT, "pwa"), path.join(root, "pwa"), {
    recursive: true,
    filter: (source) => !["covers", "templates"].includes(path.relative(path.join(PROJECT, "pwa"), source)),
  });
  symlinkSync(path.join(PROJECT, "node_modules"), path.join(root, "node_modules"));
  const workshop: Workshop = {
    root,
    write(file, text) {
      const target = path.join(root, file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, text);
    },
    build: (out = "build", ...more) => runBuild(path.join(root, "pwa"), path.join(root, out), ...more),
    dispose() {
      rmSync(root, { recursive: true, force: true });
    },
  };
  for (const [file, text] of Object.entries(coverFiles("bead"))) workshop.write(`pwa/covers/bead/${file}`, text);
  return workshop;
}

export function runBuild(pwa: string, out: string, ...more: string[]): ReturnType<Workshop["build"]> {
  const { status, stderr } = spawnSync(process.execPath, [path.join(pwa, "build.mjs"), "--out", out, ...more], {
    encoding: "utf8",
  });
  return { worked: status === 0, said: stderr };
}

/** Every file below a folder, as bytes by its path in there. */
export function filesIn(folder: string): Map<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map((entry) => path.join(entry.parentPath, entry.name)).sort();
  return new Map(files.map((file) => [path.relative(folder, file), readFileSync(file)]));
}

export function listingIn(folder: string): Listing {
  return JSON.parse(readFileSync(path.join(folder, "build.json"), "utf8")) as Listing;
}
