import { describe, expect, it } from "vitest";
import { strengthOf, type Span } from "../../../pwa/inside/strength.ts";

const ORDER: readonly Span[] = ["moment", "minutes", "hours", "days", "months", "years", "ages"];
const byHand = (code: string): number => ORDER.indexOf(strengthOf(code).byHand);
const fromCopy = (code: string): number => ORDER.indexOf(strengthOf(code).fromCopy);
const rank = (span: Span): number => ORDER.indexOf(span);

describe("How long a passcode holds", () => {
  it.each(["1234", "4321", "0000", "1212", "123123", "2580", "123456", "1234567890", "111111111111"])(
    "is minutes at most against a hand for what everybody tries first: %s",
    (code) => {
      expect(byHand(code)).toBeLessThanOrEqual(rank("minutes"));
      expect(strengthOf(code).fromCopy).toBe("moment");
    },
  );

  it.each(["1987", "2014", "2412", "1403", "140387", "14031987", "19870314"])(
    "is less for a day, a year or a birthday than for other digits: %s",
    (code) => {
      const other = { 4: "8364", 6: "836491", 8: "83649157" }[code.length] ?? "";
      expect(byHand(code)).toBeLessThanOrEqual(byHand(other));
      expect(fromCopy(code)).toBe(rank("moment"));
    },
  );

  it("is never more than a moment against a copy for 4 to 6 digits", () => {
    for (const code of ["8364", "83649", "836491", "907351"]) expect(strengthOf(code).fromCopy).toBe("moment");
  });

  it("is hours against a hand for four digits nobody would think of, and days for six", () => {
    expect(strengthOf("8364").byHand).toBe("hours");
    expect(rank(strengthOf("836491").byHand)).toBeGreaterThanOrEqual(rank("days"));
  });

  it.each(["password", "Password1", "iloveyou", "teamo", "contraseña1", "qwerty123", "aaaaaaaa"])(
    "is not believed of a word that every list begins with: %s",
    (code) => {
      expect(byHand(code)).toBeLessThanOrEqual(rank("minutes"));
      expect(strengthOf(code).fromCopy).toBe("moment");
    },
  );

  it("is a moment against a copy for one word, however it is dressed up", () => {
    for (const code of ["sunflower", "Sunflower", "sunflower7", "mariposa", "Mariposa!"])
      expect(strengthOf(code).fromCopy).toBe("moment");
  });

  it("grows with each word of a passphrase, to years against a copy", () => {
    const words = ["kettle", "orbit", "mustard", "window", "pigeon", "ladder"];
    const spans = words.map((_, at) => fromCopy(words.slice(0, at + 1).join(" ")));

    expect(spans).toEqual([...spans].sort((one, other) => one - other));
    expect(spans[3]).toBeGreaterThanOrEqual(rank("months"));
    expect(spans[5]).toBe(rank("ages"));
  });

  it("does not grow by saying the same word again", () => {
    expect(fromCopy("kettle kettle kettle kettle")).toBe(fromCopy("kettle"));
  });

  it("is years or more for what a password manager makes", () => {
    expect(fromCopy("xK9$mQ2z!vR7pL4w")).toBeGreaterThanOrEqual(rank("years"));
  });

  it("is never longer from a copy than by hand", () => {
    for (const code of [
      "1234",
      "836491",
      "sunflower",
      "kettle orbit mustard",
      "xK9$mQ2z",
      "ñandú azul 42",
      "日本語の言葉",
    ])
      expect(fromCopy(code)).toBeLessThanOrEqual(byHand(code));
  });

  it("has an answer for anything that can be typed", () => {
    for (const code of ["", " ", "----", "🙂🙂🙂🙂", "a".repeat(200), "9".repeat(200)])
      expect(ORDER).toContain(strengthOf(code).byHand);
  });
});
