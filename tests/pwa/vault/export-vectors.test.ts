// Files that another program opens and writes too (tests/server/test_vault_vectors.py); `vitest run -u` writes ours anew.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readBackup, readExport, writeBackup, writeExport } from "../../../pwa/vault/export-file.ts";
import { wordsOf } from "../../../pwa/vault/recovery-words.ts";
import { CHEAP, derive } from "./cheap-derive.ts";
import { wordList } from "./word-list.ts";

const FOLDER = "../../fixtures/vault";
const PASSPHRASE = "Ångström café, four rivers";
const SECRET = Uint8Array.from([0, 17, 34, 51, 68, 85, 102, 119, 136, 255]);
const RECIPE = {
  cost: CHEAP,
  salt: Uint8Array.from({ length: 16 }, (_, at) => at),
  nonce: Uint8Array.from({ length: 12 }, (_, at) => 200 + at),
};
const ENTRIES = [
  {
    kind: "section",
    value: {
      section: "now",
      answers: { signs: ["slow steps", "¿qué?"], call: "Ana ☎ 555", "things-here": { done: ["keys"] } },
    },
    at: 1_795_000_000_000,
  },
  { kind: "note", value: { day: "2026-11-26", text: 'Two lines,\nwith "quotes" and \u2028.' }, at: 1_795_000_000_001 },
  { kind: "day", value: { day: "2026-11-26", mood: 4 }, at: 1_795_000_000_002 },
  { kind: "of-a-later-version", value: [null, true, 1.5, { deep: [] }], at: 1_795_000_000_003 },
];

function fixture(more: object, file: Uint8Array<ArrayBuffer>): string {
  const { cost } = RECIPE;
  return `${JSON.stringify({ ...more, cost, entries: ENTRIES, file: Buffer.from(file).toString("base64") }, null, 2)}\n`;
}

function read(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(`tests/fixtures/vault/${name}`, "utf8")) as Record<string, unknown>;
}

const bytesOf = (text: unknown): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(String(text), "base64"));

describe("The files that other programs are held against", () => {
  it("are written as ever: with a passphrase", async () => {
    const file = await writeExport(ENTRIES, PASSPHRASE, derive, RECIPE);

    await expect(fixture({ passphrase: PASSPHRASE }, file)).toMatchFileSnapshot(`${FOLDER}/export.json`);
  });

  it("are written as ever: with recovery words", async () => {
    const file = await writeBackup(ENTRIES, SECRET, derive, RECIPE);
    const words = (await wordsOf(SECRET, wordList("en"))).join(" ");

    await expect(fixture({ words }, file)).toMatchFileSnapshot(`${FOLDER}/backup.json`);
  });

  it.each(["export.json", "export-by-another.json"])("are opened with the passphrase: %s", async (name) => {
    const { file, passphrase, entries } = read(name);

    expect(await readExport(bytesOf(file), String(passphrase), derive)).toEqual(entries);
  });

  it.each(["backup.json", "backup-by-another.json"])("are opened with the words: %s", async (name) => {
    const { file, entries } = read(name);

    expect(await readBackup(bytesOf(file), SECRET, derive)).toEqual(entries);
  });
});
