import { describe, expect, it } from "vitest";
import { readAmount } from "../../../pwa/covers/sip/amounts.ts";
import { readWish } from "../../../pwa/covers/pantry/amounts.ts";
import { plainDigits } from "../../../pwa/shared/digits.ts";

describe("Digits of any keyboard", () => {
  it.each([
    ["٠١٢٣٤٥٦٧٨٩", "0123456789"],
    ["۰۱۲۳۴۵۶۷۸۹", "0123456789"],
    ["١٬٢٠٠٫٥", "1,200.5"],
    ["1234", "1234"],
    ["قمر هادئ", "قمر هادئ"],
  ])("count as 0 to 9: %s", (typed, plain) => {
    expect(plainDigits(typed)).toBe(plain);
  });

  it.each([
    ["٣٣٠", 330],
    ["٣٣٠ مل", 330],
    ["٠٫٥ لتر", 500],
    ["0.5 لتر", 500],
  ])("make an amount of water: %s", (typed, ml) => {
    expect(readAmount(typed, "ml")).toBe(ml);
  });

  it.each([
    ["٢ حليب", { name: "حليب", amount: "٢" }],
    ["٥٠٠ غ دقيق", { name: "دقيق", amount: "٥٠٠ غ" }],
    ["2 حليب", { name: "حليب", amount: "2" }],
  ])("make an amount on a list, shown as it was typed: %s", (typed, wish) => {
    expect(readWish(typed)).toEqual(wish);
  });
});
