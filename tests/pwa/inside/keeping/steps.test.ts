import { describe, expect, it } from "vitest";
import { outgrownSteps, stepsOf, type Step } from "../../../../pwa/inside/keeping/steps.ts";
import type { Entry } from "../../../../pwa/vault/store.ts";

const entry = (id: string, at: number, value: unknown, more: Partial<Entry> = {}): Entry => ({
  id,
  kind: "steps",
  revision: "r",
  at,
  value,
  ...more,
});
const goneOf = (...entries: Entry[]): string[] => outgrownSteps(stepsOf(entries)).map((step) => step.entry.id);
const nod = (note: string, more: Partial<Step> = {}): Step => ({ step: "nod", text: "Nod", note, ...more });

describe("Kept steps", () => {
  it("are read for what they are, and nothing else is shown", () => {
    const read = stepsOf([
      entry("a", 1, nod("Fine", { felt: "good" })),
      entry("b", 2, { text: "Own", felt: "great" }),
      entry("c", 3, { note: "of nothing" }),
      entry("d", 4, null),
    ]);

    expect(read.map(({ value }) => value)).toEqual([nod("Fine", { felt: "good" }), { text: "Own", note: "" }]);
  });

  it("go where a later one of the same moment holds every letter", () => {
    expect(goneOf(entry("a", 1000, nod("Ha")), entry("b", 2000, nod("Half")))).toEqual(["a"]);
    expect(goneOf(entry("a", 1000, nod("Ha")), entry("b", 90_000, nod("Half")))).toEqual([]);
    expect(goneOf(entry("a", 1000, nod("Ha")), entry("b", 90_000, nod("Half"), { copyOf: "a" }))).toEqual(["a"]);
  });

  it("stay where anything would be lost", () => {
    expect(goneOf(entry("a", 1000, nod("", { felt: "hard" })), entry("b", 2000, nod("Half")))).toEqual([]);
    expect(goneOf(entry("a", 1, { text: "Walk", note: "" }), entry("b", 2, { text: "Walk far", note: "" }))).toEqual(
      [],
    );
  });
});
