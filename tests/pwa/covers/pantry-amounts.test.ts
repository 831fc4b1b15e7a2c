import { describe, expect, it } from "vitest";
import { asTyped, readWish, shownAmount } from "../../../pwa/covers/pantry/amounts.ts";

const READ: readonly (readonly [typed: string, amount: string, name: string])[] = [
  ["milk", "", "Milk"],
  ["2 milk", "2", "Milk"],
  ["milk x2", "2", "Milk"],
  ["milk x 2", "2", "Milk"],
  ["milk ×2", "2", "Milk"],
  ["2x milk", "2", "Milk"],
  ["2 × milk", "2", "Milk"],
  ["  2   milk ", "2", "Milk"],
  ["500 g flour", "500 g", "Flour"],
  ["500g flour", "500 g", "Flour"],
  ["flour 500 g", "500 g", "Flour"],
  ["flour, 500g", "500 g", "Flour"],
  ["flour (500 g)", "500 g", "Flour"],
  ["1.5 l milk", "1.5 l", "Milk"],
  ["1,5 l de leche", "1,5 l", "Leche"],
  ["½ onion", "½", "Onion"],
  ["1 1/2 kg de patatas", "1 1/2 kg", "Patatas"],
  ["2 cans of tomatoes", "2 cans", "Tomatoes"],
  ["2 latas de tomate", "2 latas", "Tomate"],
  ["a dozen eggs", "12", "Eggs"],
  ["media docena de huevos", "6", "Huevos"],
  ["eggs, 12", "12", "Eggs"],
  ["eggs (12)", "12", "Eggs"],
  ["2-3 onions", "2-3", "Onions"],
  ["2 x 500 g flour", "2 × 500 g", "Flour"],
  ["milk 1 l x2", "2 × 1 l", "Milk"],
];

describe("a wish", () => {
  it.each(READ)("reads %j as people mean it", (typed, amount, name) => {
    expect(readWish(typed)).toEqual({ name, amount });
  });

  it.each([
    "7up",
    "00 flour",
    "100% juice",
    "3 in 1 soap",
    "Omega 3",
    "WD 40",
    "iPad cable",
    "0 milk",
    "-2 milk",
    "🍞",
  ])("leaves %j a name as it stands", (typed) => {
    expect(readWish(typed)).toMatchObject({ amount: "" });
    expect(readWish(typed).name.toLowerCase()).toBe(typed.toLowerCase());
  });

  it.each(["500 g", "2", "x2", "2 x", "1/2 kg", "½"])("knows that %j names nothing yet", (typed) => {
    expect(readWish(typed)).toEqual({ name: "", amount: typed });
  });

  it("is empty where nothing was written", () => {
    expect(readWish(" \n ")).toEqual({ name: "", amount: "" });
  });

  it("gives a plain word a capital, and leaves a name's own alone", () => {
    expect(readWish("árbol de té").name).toBe("Árbol de té");
    expect(readWish("iPad cable").name).toBe("iPad cable");
  });

  it.each(READ)("written out again for changing reads the same (%j)", (typed) => {
    expect(readWish(asTyped(readWish(typed)))).toEqual(readWish(typed));
  });

  it("is read at once, however long and odd it is", () => {
    const started = performance.now();
    for (const odd of ["1".repeat(5000), "1 ".repeat(5000), "a x ".repeat(2000), "1/".repeat(3000), "½".repeat(5000)])
      readWish(odd);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe("an amount", () => {
  it("shows a count with its sign and a measure as it is", () => {
    expect(["2", "½", "500 g", "2 × 1 l", ""].map(shownAmount)).toEqual(["× 2", "× ½", "500 g", "2 × 1 l", ""]);
  });
});
