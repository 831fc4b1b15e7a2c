// What eight words and a phone's code lead to, held against another program (tests/server/test_words_to_backup.py);
// `vitest run -u` writes the fixture anew.
import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import type { Derive } from "../../../pwa/vault/derive.ts";
import { openHandover, sealHandover } from "../../../pwa/vault/handover.ts";
import { wordsOf } from "../../../pwa/vault/recovery-words.ts";
import { openBlob, sealBlob } from "../../../pwa/vault/saved-blob.ts";
import { keysOfCode, keysOfWords } from "../../../pwa/vault/stretched-keys.ts";
import { derive } from "./cheap-derive.ts";
import { wordList } from "./word-list.ts";

const SECRET = Uint8Array.from([0, 17, 34, 51, 68, 85, 102, 119, 136, 255]);
const CODE = "k7qm23xpt9";
const NONCE = Uint8Array.from({ length: 12 }, (_, at) => 100 + at);
const PASS = { kind: "account", value: { account: "A".repeat(22), secret: "s".repeat(43) }, at: 0 };
const ENTRIES = [
  { kind: "note", value: { day: "2026-11-26", text: "Two lines,\n¿qué?" }, at: 1_795_000_000_001 },
  { kind: "of-a-later-version", value: [null, true, 1.5], at: 1_795_000_000_003 },
  PASS,
];
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

describe("What eight words lead to", () => {
  it("is what docs/VAULT.md says, at the cost that it says", async () => {
    const words = (await wordsOf(SECRET, wordList("en"))).join(" ");
    const forWords = await keysOfWords(SECRET, derive);
    const forCode = await keysOfCode(CODE, derive);
    const found = {
      words,
      lookup: forWords.lookup,
      proof: forWords.proof,
      key: base64(forWords.key),
      entries: ENTRIES,
      blob: base64(await sealBlob(ENTRIES, forWords.key, NONCE)),
      code: CODE,
      codeLookup: forCode.lookup,
      codeKey: base64(forCode.key),
      handed: [PASS],
      content: base64(await sealHandover([PASS], forCode.key, NONCE)),
    };

    await expect(`${JSON.stringify(found, null, 2)}\n`).toMatchFileSnapshot("../../fixtures/vault/words.json");
  });

  it("has the lengths that the server takes, and no part tells another", async () => {
    const { lookup, proof, key } = await keysOfWords(SECRET, derive);

    expect(lookup).toMatch(/^[\w-]{22}$/);
    expect(proof).toMatch(/^[\w-]{43}$/);
    expect(new Set([lookup, proof.slice(0, 22), base64(key).slice(0, 22)]).size).toBe(3);
  });

  it("takes one stretching, however many parts it has", async () => {
    const counted = vi.fn<Derive>(() => Promise.resolve(new Uint8Array(32)));

    await keysOfWords(SECRET, counted);

    expect(counted).toHaveBeenCalledTimes(1);
    expect(counted.mock.calls[0]?.[2]).toEqual({ memoryKib: 47_104, time: 1 });
  });

  it("is of no use to the code that adds a phone, nor the other way round", async () => {
    const cheap: Derive = (_, salt) => Promise.resolve(Uint8Array.from([...salt, ...salt]));
    const words = await keysOfWords(SECRET, cheap);
    const code = await keysOfCode(CODE, cheap);

    expect(code.lookup).not.toBe(words.lookup);
    expect(code.key).not.toEqual(words.key);
  });
});

describe("What another program has written", () => {
  const found = JSON.parse(readFileSync("tests/fixtures/vault/words-by-another.json", "utf8")) as Record<
    string,
    string
  >;
  const bytesOf = (name: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(found[name] ?? "", "base64"));

  it("is opened here: the copy with the server", async () => {
    const { key } = await keysOfWords(SECRET, derive);

    expect(await openBlob(bytesOf("blob"), key)).toEqual(ENTRIES);
  });

  it("is opened here: what a phone hands over", async () => {
    const { key } = await keysOfCode(CODE, derive);

    expect(await openHandover(bytesOf("content"), key)).toEqual([PASS]);
  });
});
