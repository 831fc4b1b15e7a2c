import { describe, expect, it } from "vitest";
import { addItem, clearTicked, type Pantry, parsePantry, tick, wanted } from "../../../pwa/covers/pantry/lists.ts";
import { inDays, mostOften, recently } from "../../../pwa/covers/pantry/past.ts";

const TODAY = "2026-11-20";
const BEFORE = "2026-11-13";
const add = (pantry: Pantry, name: string, amount = ""): Pantry => addItem(pantry, { name, amount }).next;
const milkAndBread = add(add(parsePantry(undefined), "Milk", "2"), "Bread");

describe("What was bought", () => {
  it("is what was ticked, on its day, and stays when the list is cleared", () => {
    const { bought } = clearTicked(tick(tick(milkAndBread, 1, true, BEFORE), 2, true, TODAY));
    expect(bought).toEqual([
      { name: "Bread", amount: "", day: TODAY },
      { name: "Milk", amount: "2", day: BEFORE },
    ]);
    expect(inDays(bought, TODAY).map(({ day, things }) => [day, ...things.map(({ name }) => name)])).toEqual([
      [TODAY, "Bread"],
      [BEFORE, "Milk"],
    ]);
  });

  it("was not bought when the tick was a slip of the same day", () => {
    expect(tick(tick(milkAndBread, 1, true, TODAY), 1, false, TODAY).bought).toEqual([]);
    // What comes back on a later day was bought then, and is wanted again.
    expect(tick(tick(milkAndBread, 1, true, BEFORE), 1, false, TODAY).bought).toHaveLength(1);
  });

  it("names a thing once a day, however it is written", () => {
    const ticked = tick(milkAndBread, 1, true, TODAY);
    const again = tick(add(clearTicked(ticked), "MILK", "1"), 3, true, TODAY);
    expect(again.bought).toEqual([{ name: "MILK", amount: "1", day: TODAY }]);
  });

  it("stays small enough for a small phone, and the newest stay", () => {
    const many = Array.from({ length: 900 }, (_, at) => ({ name: `Thing ${at}`, day: BEFORE }));
    const { bought } = tick({ ...parsePantry({ bought: many }), lists: milkAndBread.lists }, 1, true, TODAY);
    expect(bought).toHaveLength(500);
    expect(bought[0]?.name).toBe("Milk");
  });

  it("is on the open list again or not, whatever other lists hold", () => {
    expect(wanted(milkAndBread, "milk")?.id).toBe(1);
    expect(wanted(tick(milkAndBread, 1, true, TODAY), "milk")).toBeUndefined();
    expect(wanted(milkAndBread, "Eggs")).toBeUndefined();
  });

  it("says what comes home most, as it was written last, and how much came in thirty days", () => {
    const bought = [
      { name: "Bread", amount: "", day: TODAY },
      { name: "Oat milk", amount: "", day: TODAY },
      { name: "oat milk", amount: "", day: BEFORE },
      { name: "Bread", amount: "", day: "2026-01-01" },
      { name: "Tea", amount: "", day: "2050-01-01" },
    ];
    expect(mostOften(bought)).toBe("Bread");
    expect(mostOften([])).toBeUndefined();
    expect(recently(bought, TODAY)).toHaveLength(3);
    expect(inDays(bought, TODAY).map(({ day }) => day)).toEqual([TODAY, BEFORE, "2026-01-01"]);
  });
});
