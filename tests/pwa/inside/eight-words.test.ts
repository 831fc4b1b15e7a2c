// @vitest-environment happy-dom
import { beforeAll, describe, expect, it, vi } from "vitest";
import { readBackup } from "../../../pwa/vault/export-file.ts";
import { readWords } from "../../../pwa/vault/recovery-words.ts";
import { bytesOf, cheaply, furnishCopies, saidIn, showCopies, WORDS, type CopiesPlace } from "./copies.ts";
import { vaultInMemory } from "./vault-of-copies.ts";
import { within } from "./visiting.ts";

const NOTE = ["note", { day: "2026-11-26", text: "A note." }] as const;

beforeAll(furnishCopies);

const shownWords = (place: CopiesPlace): string[] =>
  [...place.view.querySelectorAll("[data-word]")].map(({ textContent }) => textContent);
const isShown = (place: CopiesPlace, part: string): boolean => !within(place, `[data-part="${part}"]`).hidden;

async function pick(place: CopiesPlace): Promise<string[]> {
  within(place, "[data-begin]").click();
  await vi.waitFor(() => {
    expect(isShown(place, "words")).toBe(true);
  });
  return shownWords(place);
}

function answer(place: CopiesPlace, words: readonly string[], as: (word: string) => string): void {
  place.view.querySelectorAll<HTMLInputElement>("[data-asked]").forEach((field, at) => {
    const number = Number(within(place, `[data-number="${at}"]`).textContent);
    field.value = as(words[number - 1] ?? "");
  });
  within(place, '[data-part="check"]').dispatchEvent(new Event("submit", { cancelable: true }));
}

describe("Eight words", () => {
  it("are shown, two of them asked for, and open the file that is made then", async () => {
    const { place, downloads } = showCopies(vaultInMemory("free", NOTE));
    const words = await pick(place);

    within(place, "[data-written]").click();
    expect(isShown(place, "check")).toBe(true);
    expect(shownWords(place).join("")).toBe("");
    answer(place, words, (word) => ` ${word.slice(0, 4).toUpperCase()} `);
    expect(isShown(place, "done")).toBe(true);
    within(place, "[data-make-file]").click();
    await vi.waitFor(() => {
      expect(downloads).toHaveLength(1);
    });

    const secret = await readWords(words.join(" "), WORDS);
    const entries = await readBackup(await bytesOf(downloads[0]), secret ?? new Uint8Array(), cheaply);
    expect(entries.map(({ kind, value }) => [kind, value])).toEqual([NOTE]);
    expect(downloads[0]?.name).toBe("backup.dat");
  });

  it("ask for two different ones, in their order", async () => {
    const { place } = showCopies(vaultInMemory("free"));
    await pick(place);

    for (let round = 0; round < 30; round += 1) {
      within(place, "[data-written]").click();
      const [one = 0, other = 0] = [0, 1].map((at) => Number(within(place, `[data-number="${at}"]`).textContent));
      expect(one).toBeGreaterThan(0);
      expect(other).toBeGreaterThan(one);
      expect(other).toBeLessThan(9);
    }
  });

  it.each(["", "zzyzx"])("are shown again to somebody who typed another: %j", async (typed) => {
    const { place } = showCopies(vaultInMemory("free"));
    const words = await pick(place);
    within(place, "[data-written]").click();

    answer(place, words, () => typed);
    expect(isShown(place, "check")).toBe(true);
    expect(saidIn(place, '[data-part="check"]')).toEqual(["not-that"]);
    within(place, "[data-again]").click();

    expect(shownWords(place)).toEqual(words);
  });

  it("are gone with the view", async () => {
    const { place, show } = showCopies(vaultInMemory("free"));
    const words = await pick(place);

    show();

    expect(isShown(place, "begin")).toBe(true);
    expect(await pick(place)).not.toEqual(words);
  });
});
