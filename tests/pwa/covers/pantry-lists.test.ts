import { describe, expect, it } from "vitest";
import {
  addItem,
  addList,
  clearTicked,
  inOrder,
  type Item,
  moveItem,
  openList,
  type Pantry,
  parsePantry,
  removeItem,
  removeList,
  renameList,
  rewriteItem,
  tick,
} from "../../../pwa/covers/pantry/lists.ts";

const TODAY = "2026-11-20";
const EMPTY: Pantry = { lists: [{ id: 1, name: "", items: [] }], open: 1, known: [], bought: [], sinks: true };

const pantryOf = (...items: (Partial<Item> & { name: string })[]): Pantry => ({
  ...EMPTY,
  lists: [
    { id: 1, name: "", items: items.map((item, index) => ({ id: index + 1, amount: "", ticked: false, ...item })) },
  ],
});

const names = (pantry: Pantry): string[] => openList(pantry).items.map(({ name }) => name);

describe("adding to a list", () => {
  it("puts a new thing at the end and remembers it", () => {
    const { next, added } = addItem(pantryOf({ name: "Bread" }), { name: "Milk", amount: "2" });
    expect(added).toBe("added");
    expect(openList(next).items[1]).toEqual({ id: 2, name: "Milk", amount: "2", ticked: false });
    expect(next.known).toEqual([{ name: "Milk", times: 1 }]);
  });

  it("keeps one thing once, however it is written", () => {
    const { next, added, item } = addItem(pantryOf({ name: "Jalapeño", amount: "2" }), {
      name: "JALAPENO",
      amount: "",
    });
    expect(added).toBe("already");
    expect(item).toMatchObject({ name: "Jalapeño", amount: "2" });
    expect(names(next)).toEqual(["Jalapeño"]);
    expect(next.known).toEqual([{ name: "Jalapeño", times: 1 }]);
  });

  it("takes a new amount over", () => {
    const { item, added } = addItem(pantryOf({ name: "Milk", amount: "2" }), { name: "milk", amount: "3" });
    expect(added).toBe("amount");
    expect(item.amount).toBe("3");
  });

  it("brings a ticked thing back, without the amount of last time", () => {
    const { item, added } = addItem(pantryOf({ name: "Milk", amount: "2", ticked: true }), {
      name: "Milk",
      amount: "",
    });
    expect(added).toBe("again");
    expect(item).toMatchObject({ amount: "", ticked: false });
  });

  it("counts how often a thing is wanted, the latest first", () => {
    let pantry = EMPTY;
    for (const name of ["Milk", "Bread", "milk"]) pantry = addItem(pantry, { name, amount: "" }).next;
    expect(pantry.known).toEqual([
      { name: "Milk", times: 2 },
      { name: "Bread", times: 1 },
    ]);
  });
});

describe("what is on a list", () => {
  const three = pantryOf({ name: "A" }, { name: "B" }, { name: "C" });

  it("sinks when ticked, in the order it stands in, unless that is not wanted", () => {
    const ticked = tick(tick(three, 1, true, TODAY), 2, true, TODAY);
    expect(inOrder(openList(ticked), true).map(({ name }) => name)).toEqual(["C", "A", "B"]);
    expect(inOrder(openList(ticked), false).map(({ name }) => name)).toEqual(["A", "B", "C"]);
  });

  it("goes when ticked ones are cleared, or one alone", () => {
    expect(names(clearTicked(tick(three, 2, true, TODAY)))).toEqual(["A", "C"]);
    expect(names(removeItem(three, 1))).toEqual(["B", "C"]);
  });

  it("moves one place, and at the ends nowhere", () => {
    expect(names(moveItem(three, 2, -1))).toEqual(["B", "A", "C"]);
    expect(names(moveItem(three, 2, 1))).toEqual(["A", "C", "B"]);
    expect(names(moveItem(three, 1, -1))).toEqual(["A", "B", "C"]);
    expect(names(moveItem(three, 3, 1))).toEqual(["A", "B", "C"]);
    expect(names(moveItem(three, 99, 1))).toEqual(["A", "B", "C"]);
  });

  it("can be written anew", () => {
    expect(openList(rewriteItem(three, 1, "2 kg apples")).items[0]).toMatchObject({
      id: 1,
      name: "Apples",
      amount: "2 kg",
    });
  });
});

describe("lists", () => {
  it("open when they are made, and leave the others alone", () => {
    const two = addList(pantryOf({ name: "A" }), "Party");
    expect(two.open).toBe(2);
    expect(names(addItem(two, { name: "Candles", amount: "" }).next)).toEqual(["Candles"]);
    expect(two.lists[0].items).toHaveLength(1);
    expect(renameList(two, "Picnic").lists.map(({ name }) => name)).toEqual(["", "Picnic"]);
  });

  it("are never none: after the last one comes an empty first one", () => {
    const two = addList(pantryOf({ name: "A" }), "Party");
    expect(removeList(two).open).toBe(1);
    expect(removeList(removeList(two))).toMatchObject({ lists: [{ id: 1, name: "", items: [] }], open: 1 });
  });

  it("leave the lists before a change as they were, so that undo is putting them back", () => {
    const before = addList(pantryOf({ name: "A", ticked: true }, { name: "B" }), "Party");
    const first: Pantry = { ...before, open: 1 };
    const kept = structuredClone(first);
    addItem(first, { name: "b", amount: "2" });
    tick(first, 1, false, TODAY);
    moveItem(first, 1, 1);
    clearTicked(first);
    removeList(first);
    expect(first).toEqual(kept);
  });
});

describe("what was stored", () => {
  it("comes back whole", () => {
    const pantry = addItem(addList(pantryOf({ name: "A" }), "Party"), { name: "Candles", amount: "12" }).next;
    expect(parsePantry(JSON.parse(JSON.stringify(pantry)))).toEqual(pantry);
  });

  it.each([
    undefined,
    null,
    4,
    "lists",
    [],
    {},
    { lists: {} },
    { lists: [null, 7, "x", {}], open: "1", known: 3, bought: {} },
  ])("is one empty list where nothing can be read (%j)", (raw) => {
    expect(parsePantry(raw)).toEqual(EMPTY);
  });

  it("is put right where part of it is broken, and what is sound stays", () => {
    const items = [{ id: 1, name: " Milk ", amount: 2 }, { id: 1, name: "Bread", ticked: "yes" }, { name: "" }, null];
    expect(
      parsePantry({
        lists: [{ id: -4, name: 7, items }],
        open: 9,
        known: [{ name: "Kiwi", times: "often" }, 1],
        bought: [{ name: "Milk", day: "2026-02-30" }, { name: " Kiwi ", amount: 2, day: TODAY }, { day: TODAY }, 7],
      }),
    ).toEqual({
      lists: [
        {
          id: 1,
          name: "",
          items: [
            { id: 1, name: "Milk", amount: "", ticked: false },
            { id: 2, name: "Bread", amount: "", ticked: false },
          ],
        },
      ],
      open: 1,
      known: [{ name: "Kiwi", times: 1 }],
      bought: [{ name: "Kiwi", amount: "", day: TODAY }],
      sinks: true,
    });
  });
});
