// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { KeepingVisit } from "./keeping-visit.ts";

let her: KeepingVisit;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 10, 20, 14) });
  vi.stubGlobal("CSS", { supports: () => true });
  her = new KeepingVisit();
});

afterEach(() => {
  vi.useRealTimers();
});

const kept = (): unknown[] => her.store.values("note");
const texts = (): string[] => her.all("article [data-text]").map(({ textContent }) => textContent);
const given = (day: string, text: string) => her.store.given("note", { day, text });

describe("A new note", () => {
  it("bears today's date and is kept as it is typed", async () => {
    await her.shows("notes");
    expect(her.sees("[data-nothing]")).toBe(true);
    her.presses("[data-new]");
    her.types(her.find("textarea"), "A quiet morning");
    await her.waits(600);

    expect(kept()).toEqual([{ day: "2026-11-20", text: "A quiet morning" }]);
    expect(her.find<HTMLTimeElement>("time").dateTime).toBe("2026-11-20");
    expect(her.find("[data-nothing]").hidden).toBe(true);
  });

  it("that stays empty is no note", async () => {
    await her.shows("notes");
    her.presses("[data-new]");
    her.presses("[data-finish]");
    await her.waits(600);

    expect(kept()).toEqual([]);
    expect(her.all("article")).toHaveLength(0);
  });

  it("is kept when the exit takes it away in the middle of a word", async () => {
    await her.shows("notes");
    her.presses("[data-new]");
    her.types(her.find("textarea"), "A quiet mor");
    await her.exits();

    expect(kept()).toEqual([{ day: "2026-11-20", text: "A quiet mor" }]);
  });
});

describe("Kept notes", () => {
  it("come newest first", async () => {
    given("2026-11-18", "old");
    given("2026-11-19", "new");
    await her.shows("notes");

    expect(texts()).toEqual(["new", "old"]);
  });

  it("come some at a time, older ones when asked for", async () => {
    for (let number = 0; number < 70; number += 1) given("2026-11-18", `Note ${number}.`);
    await her.shows("notes");
    expect(texts()).toHaveLength(30);

    her.presses("[data-older]");
    her.presses("[data-older]");
    expect(texts()).toHaveLength(70);
    expect(her.find("[data-older]").hidden).toBe(true);
  });

  it("can be changed, and are the same note then", async () => {
    given("2026-11-18", "old");
    await her.shows("notes");
    her.presses("[data-change]");
    her.types(her.find("textarea"), "old and more");
    her.presses("[data-finish]");
    await her.waits();

    expect(kept()).toEqual([{ day: "2026-11-18", text: "old and more" }]);
    expect(texts()).toEqual(["old and more"]);
    expect(her.sees("[data-change]")).toBe(true);
  });

  it("can be removed, at once, and come back", async () => {
    given("2026-11-18", "below");
    given("2026-11-19", "above");
    await her.shows("notes");
    her.presses("[data-remove]");
    await her.waits();
    expect(kept()).toEqual([{ day: "2026-11-18", text: "below" }]);

    her.presses("[data-undo-it]");
    await her.waits();
    expect(kept()).toContainEqual({ day: "2026-11-19", text: "above" });
    expect(texts()).toEqual(["above", "below"]);
  });

  it("stay where they are when the phone does not let them go", async () => {
    given("2026-11-18", "here");
    await her.shows("notes");
    her.store.trouble = "blocked";
    her.presses("[data-remove]");
    await her.waits();

    expect(texts()).toEqual(["here"]);
    expect(her.sees('[data-when="other"]')).toBe(true);
  });

  it("that another window changed stay, beside what was typed here", async () => {
    const entry = given("2026-11-18", "old");
    await her.shows("notes");
    her.presses("[data-change]");
    her.store.writtenElsewhere(entry, { day: "2026-11-18", text: "theirs" });
    her.types(her.find("textarea"), "mine");
    await her.waits(600);

    expect(her.sees("[data-beside]")).toBe(true);
    await her.shows("notes");
    expect(texts().sort()).toEqual(["mine", "theirs"]);
  });
});

it("the buttons of each note are told apart by its day when they are read out", async () => {
  given("2026-11-18", "old");
  await her.shows("notes");

  expect(her.find("[data-remove]").getAttribute("aria-label")).toMatch(/^Remove, .*18/);
});

describe("A phone without room", () => {
  it("has a note still when she comes back from another view", async () => {
    given("2026-11-18", "old");
    await her.shows("notes");
    her.store.trouble = "full";
    her.presses("[data-change]");
    her.types(her.find("textarea"), "old and more");
    her.presses("[data-new]");
    her.types(her.find("article textarea"), "brand new");
    await her.waits(600);
    await her.shows("keep");
    her.store.trouble = undefined;
    await her.shows("notes");
    await her.waits(600);

    expect(kept()).toHaveLength(2);
    expect(kept()).toContainEqual({ day: "2026-11-18", text: "old and more" });
    expect(kept()).toContainEqual({ day: "2026-11-20", text: "brand new" });
  });
});

it("without a place to keep them, notes lead to where one is set up", async () => {
  her.store.isLocked = true;
  await her.shows("notes");

  expect(her.sees("[data-absent]")).toBe(true);
  expect(her.sees("[data-new]")).toBe(false);
});
