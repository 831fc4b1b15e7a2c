import { describe, expect, it } from "vitest";
import { type Draft, readPlant, readRhythm, withPicture } from "../../../pwa/covers/sprout/plant-form.ts";

const TODAY = "2026-11-20";
const DRAFT: Draft = { name: " Fern ", place: " Hall ", picture: "fern", every: "4", watered: TODAY };

describe("the plant form", () => {
  it("reads a plant as it was meant", () => {
    expect(readPlant(DRAFT, TODAY)).toEqual({
      fields: { name: "Fern", place: "Hall", picture: "fern", every: 4 },
      watered: TODAY,
    });
  });

  it("takes an empty last watering for not known", () => {
    expect(readPlant({ ...DRAFT, watered: "" }, TODAY)).not.toHaveProperty("watered");
  });

  it.each([
    ["7", 7],
    [" 7 days", 7],
    ["cada 14 días", 14],
    ["１０", 10],
    ["365", 365],
  ])("understands %j as a rhythm", (typed, days) => {
    expect(readRhythm(typed)).toBe(days);
  });

  it.each(["", "often", "0", "-3", "366", "1.5", "1,5", "2 or 3", "1e3", "99999999999999999999"])(
    "asks again for the rhythm %j",
    (typed) => {
      expect(readRhythm(typed)).toBeUndefined();
    },
  );

  it("names every odd field at once, so that nobody has to try again and again", () => {
    const odd = { name: " ", place: "p".repeat(81), picture: "fern", every: "often", watered: "2026-11-21" } as const;
    expect(readPlant(odd, TODAY)).toEqual({
      problems: { name: "nameMissing", place: "placeLong", every: "everyOdd", watered: "dayAhead" },
    });
    expect(readPlant({ ...DRAFT, name: "n".repeat(81), watered: "yesterday" }, TODAY)).toEqual({
      problems: { name: "nameLong", watered: "dayOdd" },
    });
  });

  it("brings a picture's usual rhythm along, until somebody has chosen one", () => {
    expect(withPicture(DRAFT, "cactus")).toMatchObject({ picture: "cactus", every: "21" });
    expect(withPicture({ ...DRAFT, every: "6" }, "cactus")).toMatchObject({ picture: "cactus", every: "6" });
  });
});
