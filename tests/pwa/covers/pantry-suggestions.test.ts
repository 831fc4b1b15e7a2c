import { describe, expect, it } from "vitest";
import { suggest } from "../../../pwa/covers/pantry/suggestions.ts";

const KNOWN = [
  { name: "Coconut milk", times: 1 },
  { name: "Milk", times: 5 },
  { name: "Mint", times: 1 },
  { name: "Jalapeños", times: 2 },
];
const item = (name: string, ticked = false) => ({ id: 1, name, amount: "", ticked });

describe("suggestions", () => {
  it("put names that begin so first, then words that do, then the rest", () => {
    const known = [{ name: "Buttermilk", times: 9 }, ...KNOWN];
    expect(suggest("mil", { known, starters: [], items: [] })).toEqual(["Milk", "Coconut milk", "Buttermilk"]);
  });

  it("put what is wanted often before what is wanted rarely", () => {
    expect(suggest("m", { known: KNOWN, starters: ["Melon"], items: [] })).toEqual([
      "Milk",
      "Mint",
      "Melon",
      "Coconut milk",
    ]);
  });

  it("do not mind accents and capitals", () => {
    expect(suggest("JALAPEN", { known: KNOWN, starters: [], items: [] })).toEqual(["Jalapeños"]);
  });

  it("leave out what is on the list, but not what is ticked", () => {
    expect(suggest("mi", { known: KNOWN, starters: [], items: [item("milk")] })).not.toContain("Milk");
    expect(suggest("mi", { known: KNOWN, starters: [], items: [item("milk", true)] })).toContain("Milk");
  });

  it("leave out what is written already, and name nothing twice", () => {
    expect(suggest("mint", { known: KNOWN, starters: ["Mint"], items: [] })).toEqual([]);
    expect(suggest("min", { known: KNOWN, starters: ["mint"], items: [] })).toEqual(["Mint"]);
  });

  it("offer a few ordinary things on the first day, never a whole page", () => {
    const starters = Array.from({ length: 30 }, (_, index) => `Thing ${index}`);
    expect(suggest("", { known: [], starters, items: [] })).toEqual(starters.slice(0, 6));
  });
});
