import { describe, expect, it } from "vitest";
import {
  addNote,
  addPlant,
  agenda,
  daysUntilDue,
  type Diary,
  editPlant,
  forgetWatering,
  lastWatered,
  parseDiary,
  type Plant,
  removeNote,
  removePlant,
  waitUntil,
  water,
} from "../../../pwa/covers/sprout/diary.ts";

const TODAY = "2026-11-20";

const FERN: Plant = {
  id: 1,
  name: "Fern",
  place: "Hall",
  picture: "fern",
  every: 4,
  watered: ["2026-11-16", "2026-11-12"],
  notes: [],
};

const diaryOf = (...plants: Partial<Plant>[]): Diary => ({
  plants: plants.map((plant, index) => ({ ...FERN, id: index + 1, ...plant })),
  winter: false,
});

const only = (diary: Diary): Plant => {
  const [plant] = diary.plants;
  if (!plant) throw new Error("no plant");
  return plant;
};

describe("what is due", () => {
  it("is due on the day that the rhythm comes round, not a day before", () => {
    expect(daysUntilDue(FERN, TODAY, false)).toBe(0);
    expect(daysUntilDue(FERN, "2026-11-19", false)).toBe(1);
    expect(daysUntilDue(FERN, "2026-11-22", false)).toBe(-2);
  });

  it("is due at once for a plant that was never watered", () => {
    expect(daysUntilDue({ ...FERN, watered: [] }, TODAY, false)).toBe(0);
  });

  it("waits half as long again in winter rest", () => {
    expect(daysUntilDue(FERN, TODAY, true)).toBe(2);
    expect(daysUntilDue({ ...FERN, every: 5, watered: [TODAY] }, TODAY, true)).toBe(8);
  });

  it("counts a watering in days to come as today's: the clock was wrong or the phone has travelled", () => {
    const ahead = { ...FERN, watered: ["2031-01-01"] };
    expect(lastWatered(ahead, TODAY)).toBe(TODAY);
    expect(daysUntilDue(ahead, TODAY, false)).toBe(4);
  });

  it("puts the longest waiting first, and what is not due yet apart", () => {
    const diary = diaryOf(
      { name: "later", watered: ["2026-11-19"] },
      { name: "today" },
      { name: "long ago", watered: ["2026-10-01"] },
      { name: "tomorrow", watered: ["2026-11-17"] },
    );
    const { due, coming } = agenda(diary, TODAY);
    expect(due.map(({ name }) => name)).toEqual(["long ago", "today"]);
    expect(coming.map(({ name }) => name)).toEqual(["tomorrow", "later"]);
  });

  it("leaves a plant alone until tomorrow when it is not thirsty yet", () => {
    const waiting = waitUntil(diaryOf({ watered: ["2026-11-10"] }), 1, "2026-11-21");
    expect(agenda(waiting, TODAY).due).toEqual([]);
    expect(agenda(waiting, "2026-11-21").due).toHaveLength(1);
  });

  it("never hides a plant for more than a day by waiting, even if the clock was years ahead", () => {
    expect(daysUntilDue({ ...FERN, notBefore: "2040-01-01" }, TODAY, false)).toBe(1);
  });
});

describe("watering", () => {
  it("is kept once a day, newest first, and ends waiting", () => {
    const waiting = diaryOf({ notBefore: "2026-11-21" });
    const twice = water(water(waiting, 1, TODAY, TODAY), 1, TODAY, TODAY);
    expect(only(twice).watered).toEqual([TODAY, "2026-11-16", "2026-11-12"]);
    expect(only(twice)).not.toHaveProperty("notBefore");
  });

  it("on an earlier day finds its place in the history", () => {
    expect(only(water(diaryOf({}), 1, "2026-11-14", TODAY)).watered).toEqual([
      "2026-11-16",
      "2026-11-14",
      "2026-11-12",
    ]);
  });

  it("puts a clock right that was ahead", () => {
    expect(only(water(diaryOf({ watered: ["2031-01-01"] }), 1, TODAY, TODAY)).watered).toEqual([TODAY]);
  });

  it("can be taken back", () => {
    expect(only(forgetWatering(water(diaryOf({}), 1, TODAY, TODAY), 1, TODAY)).watered).toEqual(FERN.watered);
  });

  it("leaves the diary before it as it was, so that undo is putting it back", () => {
    const before = diaryOf({}, {});
    const kept = structuredClone(before);
    water(before, 1, TODAY, TODAY);
    addNote(before, 1, "new leaf", TODAY);
    removePlant(before, 2);
    editPlant(before, 1, { name: "Other", place: "", picture: "tree", every: 9 });
    expect(before).toEqual(kept);
  });
});

describe("plants and notes", () => {
  it("come and go by an id of their own", () => {
    const fields = { name: "Basil", place: "", picture: "herb", every: 2 } as const;
    const three = addPlant(diaryOf({}, {}), fields, TODAY);
    expect(three.plants.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(removePlant(three, 2).plants.map(({ id }) => id)).toEqual([1, 3]);
    expect(three.plants[2]?.watered).toEqual([TODAY]);
    expect(addPlant(three, fields).plants[3]?.watered).toEqual([]);
  });

  it("keep history and notes when they are edited", () => {
    const noted = addNote(diaryOf({}), 1, "new leaf", TODAY);
    const edited = only(editPlant(noted, 1, { name: "Fred", place: "Bath", picture: "fern", every: 6 }));
    expect(edited).toMatchObject({ name: "Fred", every: 6, watered: FERN.watered });
    expect(edited.notes).toEqual([{ id: 1, day: TODAY, text: "new leaf" }]);
  });

  it("show the newest note first, and drop only the one that is removed", () => {
    const two = addNote(addNote(diaryOf({}), 1, "first", TODAY), 1, "second", TODAY);
    expect(only(two).notes.map(({ text }) => text)).toEqual(["second", "first"]);
    expect(only(removeNote(two, 1, 2)).notes.map(({ text }) => text)).toEqual(["first"]);
  });
});

describe("what was stored", () => {
  it("comes back whole", () => {
    const diary = { ...addNote(diaryOf({}, { name: "Two" }), 2, "new leaf", TODAY), winter: true };
    expect(parseDiary(JSON.parse(JSON.stringify(diary)))).toEqual(diary);
  });

  it.each([
    undefined,
    null,
    5,
    "plants",
    [],
    {},
    { plants: 7 },
    { plants: [null, 3, "x", {}, { name: 9 }, { name: "  " }] },
  ])("is an empty diary where nothing can be read (%j)", (raw) => {
    expect(parseDiary(raw)).toEqual({ plants: [], winter: false });
  });

  it("is put right where part of it is broken, and what is sound stays", () => {
    const raw = {
      winter: "yes",
      plants: [
        {
          id: 1,
          name: " Fern ",
          picture: "toString",
          every: -3,
          watered: ["2026-02-31", TODAY, TODAY, 4, "2026-11-01"],
          notes: [{}, 1],
        },
        { id: 1, name: "Same id", place: {}, picture: "cactus", every: 1e9, watered: "never", notBefore: "soon" },
      ],
    };
    expect(parseDiary(raw)).toEqual({
      winter: false,
      plants: [
        { id: 1, name: "Fern", place: "", picture: "leafy", every: 7, watered: [TODAY, "2026-11-01"], notes: [] },
        { id: 2, name: "Same id", place: "", picture: "cactus", every: 21, watered: [], notes: [] },
      ],
    });
  });
});
