import { describe, expect, it } from "vitest";
import type { Plant } from "../../../pwa/covers/sprout/diary.ts";
import { pastDays, recentWaterings, usualRhythm } from "../../../pwa/covers/sprout/past.ts";

const TODAY = "2026-11-20";
const FERN: Plant = {
  id: 1,
  name: "Fern",
  place: "",
  picture: "fern",
  every: 4,
  watered: ["2026-11-18", "2026-11-12", "2026-10-01"],
  notes: [
    { id: 2, day: "2026-11-18", text: "A new leaf" },
    { id: 1, day: "2026-11-15", text: "Turned to the light" },
  ],
};
const CACTUS: Plant = { ...FERN, id: 2, name: "Cactus", watered: ["2026-11-18"], notes: [] };

describe("What happened to the plants", () => {
  it("is told day by day, the newest first, with waterings and notes of each plant together", () => {
    const told = pastDays([FERN, CACTUS], TODAY).map(({ day, happened }) => [
      day,
      ...happened.map(({ plant, watered, notes }) => [plant.name, watered, ...notes]),
    ]);
    expect(told).toEqual([
      ["2026-11-18", ["Fern", true, "A new leaf"], ["Cactus", true]],
      ["2026-11-15", ["Fern", false, "Turned to the light"]],
      ["2026-11-12", ["Fern", true]],
      ["2026-10-01", ["Fern", true]],
    ]);
  });

  it("leaves out days to come, which a clock once set wrong may have left", () => {
    const odd = { ...FERN, watered: ["2050-01-01", ...FERN.watered], notes: [] };
    expect(pastDays([odd], TODAY)[0]?.day).toBe("2026-11-18");
    expect(recentWaterings([odd], TODAY)).toBe(2);
    expect(usualRhythm(odd, TODAY)).toBe(usualRhythm(FERN, TODAY));
  });

  it("counts the waterings of the last thirty days", () => {
    expect(recentWaterings([FERN, CACTUS], TODAY)).toBe(3);
    expect(recentWaterings([{ ...FERN, watered: ["2026-10-22", "2026-10-21", "2026-10-20"] }], TODAY)).toBe(1);
  });

  it("knows how often a plant was watered on the whole, once there are two waterings", () => {
    expect(usualRhythm(FERN, TODAY)).toBe(24);
    expect(usualRhythm(CACTUS, TODAY)).toBeUndefined();
    expect(usualRhythm({ ...FERN, watered: [] }, TODAY)).toBeUndefined();
  });
});
