import { describe, expect, it } from "vitest";
import { notesOf, outgrown } from "../../../../pwa/inside/keeping/notes.ts";
import type { Entry } from "../../../../pwa/vault/store.ts";

const entry = (at: number, value: unknown, more: Partial<Entry> = {}): Entry => ({
  id: `id-${at}`,
  kind: "note",
  value,
  at,
  revision: "r",
  ...more,
});
const DAY = "2026-11-20";
const HOUR = 3_600_000;

it("notes come newest first, by their day and then by when they were written", () => {
  const notes = notesOf([
    entry(1, { day: "2026-11-19", text: "c" }),
    entry(2, { day: "2026-11-20", text: "b" }),
    entry(3, { day: "2026-11-20", text: "a" }),
    entry(4, { day: "?", text: "no note" }),
    entry(5, null),
  ]);

  expect(notes.map(({ text }) => text)).toEqual(["a", "b", "c"]);
});

describe("A note left in the middle of a word", () => {
  const goneOf = (...entries: Entry[]): string[] => outgrown(notesOf(entries)).map(({ text }) => text);

  it("is one note again, the one with the last letters", () => {
    expect(goneOf(entry(1, { day: DAY, text: "A qui" }), entry(2, { day: DAY, text: "A quiet" }))).toEqual(["A qui"]);
    expect(
      goneOf(entry(1, { day: DAY, text: "A qui" }), entry(HOUR, { day: DAY, text: "A quiet" }, { copyOf: "id-1" })),
    ).toEqual(["A qui"]);
  });

  it("is never taken for another note that only begins alike", () => {
    expect(goneOf(entry(1, { day: DAY, text: "A quiet" }), entry(2, { day: DAY, text: "A loud" }))).toEqual([]);
    expect(goneOf(entry(1, { day: DAY, text: "Tea" }), entry(HOUR, { day: DAY, text: "Tea with M" }))).toEqual([]);
    expect(goneOf(entry(2, { day: DAY, text: "A qui" }), entry(1, { day: DAY, text: "A quiet" }))).toEqual([]);
  });
});
