import { describe, expect, it } from "vitest";
import { DRINK_ML, fits, fromMl, GOAL_ML, readAmount, roughly, toMl } from "../../../pwa/covers/sip/amounts.ts";

describe("an amount typed", () => {
  it.each([
    ["330", 330],
    [" 330 ml ", 330],
    ["330ML", 330],
    ["0.5 l", 500],
    ["0,5 l", 500],
    ["1.250 l", 1250],
    ["33 cl", 330],
    ["2 dl", 200],
    ["1,200", 1200],
    ["1.200", 1200],
    ["1 200", 1200],
    ["12 oz", 354.9],
    ["12 fl oz", 354.9],
    ["12 fl. oz.", 354.9],
    ["３３０", 330],
    ["0", 0],
  ])("as %j is %d ml", (typed, ml) => {
    expect(readAmount(typed, "ml")).toBe(ml);
  });

  it("without a unit is in the chosen one", () => {
    expect(readAmount("8", "oz")).toBe(236.6);
    expect(readAmount("250 ml", "oz")).toBe(250);
    expect(readAmount("16.9", "oz")).toBe(499.8);
  });

  it.each([
    "",
    " ",
    "lots",
    "-250",
    "+5",
    "1e3",
    "NaN",
    "Infinity",
    "2 glasses",
    "1/2 l",
    "1,2,3",
    "9".repeat(40),
    "💧",
  ])("as %j is no number, and says so rather than guess", (typed) => {
    expect(readAmount(typed, "ml")).toBeUndefined();
  });
});

describe("an amount", () => {
  it.each([5, 8, 12, 16, 16.9, 20, 64])("of %d oz comes back as itself", (oz) => {
    expect(fromMl(toMl(oz, "oz"), "oz")).toBe(oz);
  });

  it("is never so odd that a sum of many loses its tenths", () => {
    const day = Array.from({ length: 30 }, () => toMl(8, "oz")).reduce((sum, ml) => sum + ml, 0);
    expect(fromMl(day, "oz")).toBe(240);
    expect(fromMl(250.4, "ml")).toBe(250);
  });

  it("of a drink or a goal has room for the unusual, and an end", () => {
    expect(fits(10, DRINK_ML)).toBe(true);
    expect(fits(0, DRINK_ML)).toBe(false);
    expect(fits(99_000, DRINK_ML)).toBe(false);
    expect(fits(0, GOAL_ML)).toBe(false);
    expect(fits(4000, GOAL_ML)).toBe(true);
  });

  it("on average is round in either unit", () => {
    expect(roughly(1508, "ml")).toBe(1510);
    expect(fromMl(roughly(1508, "oz"), "oz") % 1).toBe(0);
    expect(fromMl(roughly(1508, "ml"), "ml") % 10).toBe(0);
  });
});
