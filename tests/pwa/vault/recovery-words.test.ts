import { describe, expect, it } from "vitest";
import { makeWords, readWords, splitWords, unknownWords, wordsOf } from "../../../pwa/vault/recovery-words.ts";
import { wordList } from "./word-list.ts";

const EN = wordList("en");
const ES = wordList("es");
const SECRET = Uint8Array.from([0, 17, 34, 51, 68, 85, 102, 119, 136, 255]);
const ZEROS = new Uint8Array(10);

/** Another word than the one that stands there, so that the checksum is off. */
function withAnotherWord(words: readonly string[], at: number, list: readonly string[]): string {
  const other = list[(list.indexOf(words[at] ?? "") + 1) % list.length] ?? "";
  return words.map((word, place) => (place === at ? other : word)).join(" ");
}

describe("Eight words", () => {
  it("spell ten bytes and the first byte of their SHA-256, eleven bits a word", async () => {
    // Known vectors: SHA-256 of ten zero bytes begins with 01, so the last word is the one at place 1.
    expect(await wordsOf(ZEROS, EN)).toEqual([...Array<string>(7).fill(EN[0] ?? ""), EN[1]]);
    expect(await wordsOf(SECRET, EN)).toMatchInlineSnapshot(`
      [
        "abacus",
        "mist",
        "mound",
        "minute",
        "gibbon",
        "duet",
        "cheer",
        "visor",
      ]
    `);
    expect(await wordsOf(SECRET, ES)).toMatchInlineSnapshot(`
      [
        "ábaco",
        "memoria",
        "mínimo",
        "mejorar",
        "fleco",
        "cultivo",
        "caballo",
        "vals",
      ]
    `);
  });

  it.each(["en", "es"] as const)("give back what they spell: %s", async (language) => {
    const list = wordList(language);
    for (let round = 0; round < 50; round += 1) {
      const secret = crypto.getRandomValues(new Uint8Array(10));

      expect(await readWords((await wordsOf(secret, list)).join(" "), list)).toEqual(secret);
    }
  });

  it("are eight, of the list, and others each time", async () => {
    const [one, other] = [await makeWords(EN), await makeWords(EN)];

    expect(one).toHaveLength(8);
    expect(one.every((word) => EN.includes(word))).toBe(true);
    expect(one).not.toEqual(other);
  });

  it("are not made from a list of another length", async () => {
    await expect(makeWords(EN.slice(1))).rejects.toThrow(RangeError);
  });
});

describe("Words that were written down", () => {
  it.each([
    ["in capitals", (words: string) => words.toUpperCase()],
    ["with commas", (words: string) => words.replaceAll(" ", ", ")],
    ["one a line, numbered", (words: string) => words.replace(/\S+/g, (word) => `1. ${word}\n`)],
    ["with spaces all around", (words: string) => `  ${words.replaceAll(" ", "   ")}\n`],
    ["without accents", (words: string) => words.normalize("NFD").replace(/\p{M}/gu, "")],
    ["with accents put together in another way", (words: string) => words.normalize("NFD")],
    ["by four letters each", (words: string) => words.replace(/\S+/g, (word) => word.slice(0, 4))],
  ])("are read %s", async (_, typed) => {
    for (const list of [EN, ES]) {
      const words = (await wordsOf(SECRET, list)).join(" ");

      expect(await readWords(typed(words), list)).toEqual(SECRET);
    }
  });

  it("are read when a whole word is how a longer one begins", () => {
    const short = EN.find(
      (word) => word.length === 3 && EN.some((other) => other.length > 3 && other.startsWith(word)),
    );

    expect(unknownWords(short ?? "?", EN)).toEqual([]);
  });

  it.each(["", "one", "abacus ".repeat(9)])("open nothing when they are not eight: %j", async (typed) => {
    expect(await readWords(typed, EN)).toBeUndefined();
  });

  it("open nothing with one word changed: these eight times", async () => {
    const words = await wordsOf(SECRET, EN);
    const read = await Promise.all(words.map((_, at) => readWords(withAnotherWord(words, at, EN), EN)));

    expect(read.filter((secret) => secret !== undefined)).toEqual([]);
  });

  it("open nothing with two of them swapped", async () => {
    const [first = "", second = "", ...rest] = await wordsOf(SECRET, EN);

    expect(await readWords([second, first, ...rest].join(" "), EN)).toBeUndefined();
  });

  it("open nothing with the list of another language", async () => {
    expect(await readWords((await wordsOf(SECRET, ES)).join(" "), EN)).toBeUndefined();
  });
});

describe("A word that is not in the list", () => {
  it("is named as it was understood", async () => {
    const words = await wordsOf(SECRET, EN);

    expect(unknownWords([...words.slice(0, 6), "Zzyzx", "qwértz"].join(" "), EN)).toEqual(["zzyzx", "qwertz"]);
  });

  it("is one that has too few letters to tell which is meant", () => {
    expect(unknownWords("gir", EN)).toEqual(["gir"]);
  });

  it("is not one that is", async () => {
    expect(unknownWords((await wordsOf(SECRET, ES)).join(" "), ES)).toEqual([]);
  });
});

it("Whatever stands between words parts them", () => {
  expect(splitWords("Uno, dos;tres\n4. CUATRO-cinco")).toEqual(["uno", "dos", "tres", "cuatro", "cinco"]);
});
