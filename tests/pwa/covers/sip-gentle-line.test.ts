import { describe, expect, it } from "vitest";
import { OWN_LINE, parseChoices } from "../../../pwa/covers/sip/choices.ts";
import { addDrink, type Drink } from "../../../pwa/covers/sip/drinks.ts";
import { gentleLine } from "../../../pwa/covers/sip/gentle-line.ts";

const choices = parseChoices({ goal: 2000, after: 3, line: 2 });
const at = (hour: number, minute = 0, day = 20): Date => new Date(2026, 10, day, hour, minute);
const drunkAt = (...hours: readonly number[]): readonly Drink[] =>
  hours.reduce<readonly Drink[]>((drinks, hour) => addDrink(drinks, 250, at(hour)), []);

describe("the gentle line", () => {
  it("waits for somebody new without a word of reminding", () => {
    expect(gentleLine([], 0, choices, at(15))).toEqual({ kind: "ready" });
  });

  it("says what is left while she drinks now and then", () => {
    expect(gentleLine(drunkAt(9), 250, choices, at(11, 59))).toEqual({ kind: "toGo", ml: 1750 });
  });

  it("reminds in the chosen words after the chosen hours", () => {
    expect(gentleLine(drunkAt(9), 250, choices, at(12))).toEqual({ kind: "given", line: 2 });
    const own = { ...choices, line: OWN_LINE, own: " Agua " };
    expect(gentleLine(drunkAt(9), 250, own, at(12))).toEqual({ kind: "own", words: "Agua" });
  });

  it("falls back on a given line where her own words are still empty", () => {
    expect(gentleLine(drunkAt(9), 250, { ...choices, line: OWN_LINE, own: "  " }, at(12))).toEqual({
      kind: "given",
      line: 0,
    });
  });

  it("reminds in the morning of one who drank last night", () => {
    expect(gentleLine(drunkAt(21), 0, choices, at(9, 0, 21))).toEqual({ kind: "given", line: 2 });
  });

  it.each([23, 2, 7])("leaves her in peace at %d o'clock", (hour) => {
    expect(gentleLine(drunkAt(0), 0, choices, at(hour, 0, 22)).kind).toBe("ready");
  });

  it("never reminds when she asked it not to, or when the goal is reached", () => {
    expect(gentleLine(drunkAt(9), 250, { ...choices, after: 0 }, at(20)).kind).toBe("toGo");
    expect(gentleLine(drunkAt(9), 2000, choices, at(20)).kind).toBe("reached");
  });

  it("is not held up by a drink from a clock set wrong", () => {
    const drinks = addDrink(drunkAt(9), 250, new Date(2050, 0, 1));
    expect(gentleLine(drinks, 250, choices, at(13)).kind).toBe("given");
  });
});
