import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readPicture } from "./picture.ts";
import { coverFiles, filesIn, listingIn, openWorkshop, PROJECT, runBuild, type Workshop } from "./workshop.ts";

// A build takes a second, and several on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let workshop: Workshop;
let built: Map<string, Buffer>;

beforeAll(() => {
  workshop = openWorkshop();
  workshop.write(
    "pwa/covers/bead/bead.css",
    `@import "../../styles/base.css";
     @import "./help-lines.css";
     help-lines { color: rgb(1, 2, 3); }
     main > breath-pacer[data-phase="in"] p, :is(p, grounding-exercise)::before { color: rgb(4, 5, 6); }
     my-help-lines, .help-lines-note { color: rgb(7, 8, 9); }`,
  );
  workshop.write("pwa/covers/bead/help-lines.css", "p { color: rgb(10, 11, 12); }");
  workshop.write("pwa/covers/unfinished/notes.txt", "no cover yet");
  const { worked, said } = workshop.build();
  if (!worked) throw new Error(said);
  built = filesIn(path.join(workshop.root, "build"));
});

afterAll(() => {
  workshop.dispose();
});

function bytes(file: string): Buffer {
  const found = built.get(file);
  if (!found) throw new Error(`the build made no ${file}`);
  return found;
}

function styleOfBead(): string {
  const name = listingIn(path.join(workshop.root, "build")).covers["bead"]?.style ?? "";
  return bytes(path.join("assets", name)).toString();
}

/** helpLines, help-lines, HelpLines, HELP_LINES, help lines. */
const inAnySpelling = (name: string): RegExp =>
  new RegExp(`\\b${name.replace(/[A-Z]/g, (letter) => `[-_ ]?${letter}`)}`, "i");

const namesTable = JSON.parse(readFileSync(path.join(PROJECT, "pwa", "names.json"), "utf8")) as Record<string, string>;

describe("The build", () => {
  it("lists every cover and entry, and nothing that is not there", () => {
    const {
      covers,
      firstFrame: _,
      vaultBytes,
      checkInBytes,
      buddyBytes,
      ...entries
    } = listingIn(path.join(workshop.root, "build"));
    const listed = [
      ...Object.values(covers).flatMap(({ script, style }) => [script, style]),
      ...Object.values(entries),
    ];

    expect(Object.keys(covers)).toEqual(["bead"]);
    expect(vaultBytes).toBeGreaterThan(0);
    expect(checkInBytes).toBeGreaterThan(0);
    expect(buddyBytes).toBeGreaterThan(0);
    expect(Object.keys(entries)).toEqual(expect.arrayContaining(["inside", "hello", "worker", "keyWorker"]));
    const made = [...built.keys()].filter((file) => file.startsWith("assets")).map((file) => path.basename(file));
    expect(listed.sort()).toEqual(made.sort());
  });

  it("names each script and style by its content, so that a phone may keep it for good", () => {
    for (const [file, content] of built) {
      if (!file.startsWith("assets")) continue;
      const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
      expect(path.basename(file)).toMatch(new RegExp(`^[a-z]+\\.${hash}\\.(js|css)$`));
    }
  });

  it("has the few lines that ask for a cover's script stand in its page, so they have no file", () => {
    const { firstFrame } = listingIn(path.join(workshop.root, "build"));
    expect(firstFrame).toContain("requestAnimationFrame");
    expect(firstFrame).not.toContain("</");
  });

  it("makes equal bytes of equal sources, wherever and whenever", () => {
    expect(workshop.build("again").worked).toBe(true);

    expect(filesIn(path.join(workshop.root, "again"))).toEqual(built);
  });

  it("leaves nothing beside what it made", () => {
    expect(() => filesIn(path.join(workshop.root, "build.fresh"))).toThrow("ENOENT");
  });
});

describe("Shipped names", () => {
  it("are dull in styles, wherever an element is meant", () => {
    const style = styleOfBead();

    expect(style).toContain(`${NAMES.helpLines}{color:#010203}`);
    expect(style).toContain(`main>${NAMES.breathPacer}[data-phase=in] p`);
    expect(style).toContain(`:is(p,${NAMES.groundingExercise})`);
  });

  it("leave alone what is only named alike: longer names, classes, and files", () => {
    const style = styleOfBead();

    expect(style).toContain("my-help-lines,.help-lines-note{color:#070809}");
    expect(style).toContain("p{color:#0a0b0c}");
  });

  it("are dull in scripts: the plain ones do not travel", () => {
    const scripts = [...built].filter(([file]) => file.endsWith(".js")).map(([, content]) => content.toString());

    const all = scripts.join("\n");
    for (const dull of [NAMES.helpLines, NAMES.exitChannel, NAMES.htmlPolicy, NAMES.exitSeenKey])
      expect(all.includes(dull), dull).toBe(true);
    expect(all.includes("NAMES")).toBe(false);
  });
});

describe("What really ships", () => {
  it("holds none of the plain names, in whatever spelling", () => {
    const out = path.join(workshop.root, "shipped");
    const { worked, said } = runBuild(path.join(PROJECT, "pwa"), out);
    expect(said).toBe("");
    expect(worked).toBe(true);

    for (const [file, content] of filesIn(path.join(out, "assets"))) {
      const text = content.toString();
      const shipped = Object.keys(namesTable).filter((name) => inAnySpelling(name).test(text));
      expect(shipped, file).toEqual([]);
    }
  });
});

describe("Icons", () => {
  it.each([
    ["icon-192.png", 192],
    ["icon-512.png", 512],
    ["mask-512.png", 512],
    ["touch.png", 180],
  ])("are drawn in the size that the home screen asks for: %s", (file, size) => {
    expect(readPicture(bytes(path.join("covers", "bead", file)))).toMatchObject({ width: size, height: size });
  });

  it.each(["icon-192.png", "icon-512.png"])("have round corners where nothing will round them: %s", (file) => {
    expect(readPicture(bytes(path.join("covers", "bead", file))).cornerOpacity).toBe(0);
  });

  it.each(["mask-512.png", "touch.png"])("fill their square where the phone cuts them itself: %s", (file) => {
    expect(readPicture(bytes(path.join("covers", "bead", file))).cornerOpacity).toBe(255);
  });

  it("ship no comments", () => {
    const svg = bytes(path.join("covers", "bead", "icon.svg")).toString();

    expect(svg).toMatch(/^<svg[^>]*><clipPath/);
    expect(svg).not.toContain("drawn by hand");
  });
});

describe("A cover from a folder of the host's own", () => {
  it("is built like those of the project", () => {
    const elsewhere = path.join("elsewhere", "covers");
    for (const [file, text] of Object.entries(coverFiles("shell"))) {
      workshop.write(path.join(elsewhere, "shell", file), text);
    }

    const { said } = workshop.build("with-own", "--covers", path.join(workshop.root, elsewhere));

    expect(said).toBe("");
    expect(Object.keys(listingIn(path.join(workshop.root, "with-own")).covers).sort()).toEqual(["bead", "shell"]);
  });
});

describe("A build that fails", () => {
  const BREAKAGES: [string, string, string][] = [
    ["a script that is none", "pwa/covers/zinc/zinc.ts", "const = ;"],
    ["a script that imports what is not there", "pwa/covers/zinc/zinc.ts", 'import "./missing.ts";'],
    ["a style that imports what is not there", "pwa/covers/zinc/zinc.css", '@import "./missing.css";'],
    ["an icon that is no drawing", "pwa/covers/zinc/icon.svg", "a picture of zinc"],
    ["an icon of two drawings", "pwa/covers/zinc/icon.svg", "<svg></svg>\n<p></p>"],
  ];

  it.each(BREAKAGES)("leaves the old one whole, and says why: %s", (_, file, text) => {
    for (const [name, whole] of Object.entries(coverFiles("zinc"))) workshop.write(`pwa/covers/zinc/${name}`, whole);
    workshop.write(file, text);

    const { worked, said } = workshop.build();

    expect(worked).toBe(false);
    expect(said).not.toBe("");
    expect(filesIn(path.join(workshop.root, "build"))).toEqual(built);
  });

  it("does not stand in the way of the next one", () => {
    for (const [name, whole] of Object.entries(coverFiles("zinc"))) workshop.write(`pwa/covers/zinc/${name}`, whole);

    expect(workshop.build("mended").worked).toBe(true);

    expect(Object.keys(listingIn(path.join(workshop.root, "mended")).covers)).toEqual(["bead", "zinc"]);
  });
});
