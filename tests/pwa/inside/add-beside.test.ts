import { describe, expect, it } from "vitest";
import { whatToAdd } from "../../../pwa/inside/add-beside.ts";
import type { Entry } from "../../../pwa/vault/store.ts";

const kept = (kind: string, value: unknown) => ({ kind, value, at: 1 });
const here = (kind: string, value: unknown): Entry => ({ id: "i", revision: "r", ...kept(kind, value) });

describe("What an opened file adds", () => {
  it("is everything where nothing is kept", () => {
    const file = [kept("note", { day: "d", text: "t" }), kept("section", { section: "now", answers: {} })];

    expect(whatToAdd(file, [])).toEqual(file.map((one) => ({ kept: one })));
  });

  it("is nothing that is here already, in whatever order it was written", () => {
    const file = [kept("note", { day: "d", text: "t" }), kept("note", { text: "t", day: "d" })];

    expect(whatToAdd(file, [here("note", { text: "t", day: "d" })])).toEqual([]);
    expect(whatToAdd(file, [])).toHaveLength(1);
  });

  it.each([
    ["section", { section: "now", answers: { call: "Ana" } }, { section: "now", answers: { call: "Ben" } }],
    ["day", { day: "2026-11-26", mood: 1 }, { day: "2026-11-26", mood: 5 }],
    ["steps", { step: "nod", text: "Nod", note: "then" }, { step: "nod", text: "Nod", note: "now" }],
  ])("stands beside what is here: %s", (kind, inFile, inPhone) => {
    const mine = here(kind, inPhone);

    expect(whatToAdd([kept(kind, inFile)], [mine])).toEqual([{ kept: kept(kind, inFile), beside: mine }]);
  });

  it("stands alone where another section or day is here", () => {
    const file = [kept("section", { section: "bag", answers: {} })];

    expect(whatToAdd(file, [here("section", { section: "now", answers: {} })])).toEqual([{ kept: file[0] }]);
  });

  it("is every step of her own, and no other answer to an exercise that has one here", () => {
    const mine = [here("steps", { text: "Ducks", note: "" }), here("helped", { exercise: "steady-1", answer: "yes" })];
    const own = kept("steps", { text: "Cats", note: "" });
    const other = kept("helped", { exercise: "steady-2", answer: "not" });

    expect(whatToAdd([own, other, kept("helped", { exercise: "steady-1", answer: "not" })], mine)).toEqual([
      { kept: own },
      { kept: other },
    ]);
  });

  it("is never another arrangement, settings, or a key", () => {
    const mine = [here("layout", { order: [], hidden: [] })];
    const file = [kept("layout", { order: ["now"], hidden: [] }), kept("settings", {}), kept("key", "other")];

    expect(whatToAdd(file, mine)).toEqual([]);
    expect(whatToAdd(file, [])).toEqual([{ kept: file[0] }]);
  });

  it("is what only a newer version knows, as it is", () => {
    expect(whatToAdd([kept("later", [1])], [])).toEqual([{ kept: kept("later", [1]) }]);
  });
});
