import { describe, expect, it } from "vitest";
import {
  addDrink,
  averageOf,
  drinksOn,
  parseDrinks,
  removeDrink,
  returnDrink,
  totalOn,
  type Drink,
} from "../../../pwa/covers/sip/drinks.ts";

const noon = new Date(2026, 10, 20, 12, 0);
const glass: Drink = { at: noon.getTime(), day: "2026-11-20", time: "12:00", ml: 250 };

describe("drinks that were kept", () => {
  it.each([undefined, null, "", "drinks", 7, true, {}, { length: 3 }, [null], [[]], ["a"], [{ ml: 250 }]])(
    "are none where there is only %j",
    (raw) => {
      expect(parseDrinks(raw)).toEqual([]);
    },
  );

  it.each([
    { at: "soon" },
    { at: null },
    { day: "20 November" },
    { day: "2026-13-01" },
    { day: 20261120 },
    { time: "25:00" },
    { time: null },
    { ml: 0 },
    { ml: -250 },
    { ml: "250" },
    { ml: 1e9 },
    { ml: null },
  ])("leave out the one that is broken by %j and keep the others", (broken) => {
    expect(parseDrinks([{ ...glass, ...broken }, glass])).toEqual([glass]);
  });

  it("come back in the order they were drunk, each once", () => {
    const early = { ...glass, at: glass.at - 5, time: "11:59" };
    expect(parseDrinks([glass, early, glass])).toEqual([early, glass]);
  });

  it("stay few enough for a small phone, and the newest stay", () => {
    const many = Array.from({ length: 5000 }, (_, at) => ({ ...glass, at }));
    const kept = parseDrinks(many);
    expect(kept.length).toBeLessThan(1000);
    expect(kept.at(-1)?.at).toBe(4999);
  });
});

describe("a drink", () => {
  it("belongs to the local day and minute it was added in", () => {
    expect(addDrink([], 250, noon)).toEqual([glass]);
  });

  it("is told from another of the same moment", () => {
    const both = addDrink(addDrink([], 250, noon), 250, noon);
    expect(new Set(both.map(({ at }) => at)).size).toBe(2);
    expect(totalOn(both, "2026-11-20")).toBe(500);
  });

  it("goes and comes back to its place", () => {
    // Given three drinks
    const three = [0, 1, 2].reduce<readonly Drink[]>(
      (drinks, hour) => addDrink(drinks, 100 + hour, new Date(2026, 10, 20, 9 + hour)),
      [],
    );
    const [, middle] = three;
    if (!middle) throw new Error("there are three");

    // When the middle one is removed
    const two = removeDrink(three, middle.at);

    // Then it is gone, and undone all is as before
    expect(two).toHaveLength(2);
    expect(returnDrink(two, middle)).toEqual(three);
    expect(returnDrink(three, middle)).toEqual(three);
  });

  it("counts for its own day only, so that a new day starts empty", () => {
    const late = addDrink([glass], 300, new Date(2026, 10, 21, 0, 1));
    expect(totalOn(late, "2026-11-20")).toBe(250);
    expect(drinksOn(late, "2026-11-21")).toHaveLength(1);
    expect(totalOn(late, "2026-11-22")).toBe(0);
  });

  it("is not lost when the clock was once set far into the future", () => {
    const future = addDrink([glass], 200, new Date(2050, 0, 1));
    expect(addDrink(future, 250, new Date(2026, 10, 20, 13))).toHaveLength(3);
  });
});

describe("the average", () => {
  it("is over the days written down: a day without an entry is no dry day", () => {
    expect(averageOf([1000, 0, 2000, 0, 0, 0, 0])).toBe(1500);
    expect(averageOf([0, 0, 0])).toBe(0);
  });
});
