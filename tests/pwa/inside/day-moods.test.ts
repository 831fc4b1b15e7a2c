// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { KeepingVisit } from "./keeping-visit.ts";

let her: KeepingVisit;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 10, 20, 14) });
  her = new KeepingVisit();
});

afterEach(() => {
  vi.useRealTimers();
});

const kept = (): unknown[] => her.store.values("day");
const choice = (level: number): HTMLInputElement => her.find(`[value="${level}"]`);
const chosen = (): string[] => her.all<HTMLInputElement>("[name=mood]").flatMap((it) => (it.checked ? [it.value] : []));
const shapeOf = (day: string): string | undefined =>
  her.find(`[data-cell="${day}"]`).querySelector("svg")?.dataset["level"];
const rows = (): string[] => her.all("[data-table] > *").map(({ textContent }) => textContent);

async function chooses(level: number): Promise<void> {
  her.changes(choice(level), true);
  await her.waits();
}

describe("Today", () => {
  it("can be set, changed and cleared, and is one entry", async () => {
    await her.shows("days");
    expect(chosen()).toEqual([]);

    await chooses(2);
    await chooses(4);
    expect(kept()).toEqual([{ day: "2026-11-20", mood: 4 }]);
    expect(shapeOf("2026-11-20")).toBe("4");

    her.presses("[data-clear]");
    await her.waits();
    expect(kept()).toEqual([]);
    expect(chosen()).toEqual([]);
    expect(shapeOf("2026-11-20")).toBeUndefined();
  });
});

describe("A past day", () => {
  it("can be set by its date, in its own month", async () => {
    await her.shows("days");
    her.changes(her.find("[data-day]"), "2026-09-03");
    await chooses(1);

    expect(kept()).toEqual([{ day: "2026-09-03", mood: 1 }]);
    expect(shapeOf("2026-09-03")).toBe("1");
  });

  it("can be picked in the picture with a finger", async () => {
    her.store.given("day", { day: "2026-11-03", mood: 5 });
    await her.shows("days");
    her.presses('[data-cell="2026-11-03"]');

    expect(her.find<HTMLInputElement>("[data-day]").value).toBe("2026-11-03");
    expect(chosen()).toEqual(["5"]);
  });

  it.each(["2026-11-21", "2030-01-01", ""])("is never one to come: %j", async (day) => {
    await her.shows("days");
    her.changes(her.find("[data-day]"), day);

    expect(her.find<HTMLInputElement>("[data-day]").value).toBe("2026-11-20");
  });
});

describe("The month", () => {
  it("is a picture, and the same days as a table of words", async () => {
    her.store.given("day", { day: "2026-11-03", mood: 5 });
    her.store.given("day", { day: "2026-11-05", mood: 2 });
    await her.shows("days");

    expect(her.all("[data-cell]")).toHaveLength(30);
    expect(her.all("[data-weekdays] > *")).toHaveLength(7);
    expect(rows()).toHaveLength(2);
    expect(rows()[0]).toMatch(/3.*Word 5/);
    expect(rows()[1]).toMatch(/5.*Word 2/);
  });

  it("can be left for the one before, and come back to, but no month to come is shown", async () => {
    await her.shows("days");
    const isLast = (): boolean => her.find<HTMLButtonElement>("[data-after]").disabled;
    expect(isLast()).toBe(true);

    her.presses("[data-before]");
    expect(her.all("[data-cell]")).toHaveLength(31);
    expect(her.find("h2").textContent).toContain("2026");
    expect(isLast()).toBe(false);

    her.presses("[data-after]");
    expect(her.all("[data-cell]")).toHaveLength(30);
  });

  it("without a word in it says so", async () => {
    await her.shows("days");

    expect(her.sees("[data-none]")).toBe(true);
    expect(her.sees("table")).toBe(false);
  });
});

describe("A choice that cannot be kept", () => {
  it("is said, the old one stays, and another try keeps it", async () => {
    her.store.given("day", { day: "2026-11-20", mood: 3 });
    await her.shows("days");
    her.store.trouble = "full";
    await chooses(5);
    expect(chosen()).toEqual(["3"]);
    expect(her.sees('[data-when="full"]')).toBe(true);

    her.store.trouble = undefined;
    her.presses("[data-again]");
    await her.waits();
    expect(kept()).toEqual([{ day: "2026-11-20", mood: 5 }]);
  });

  it("made in two windows, is the last one, once", async () => {
    const entry = her.store.given("day", { day: "2026-11-20", mood: 3 });
    await her.shows("days");
    her.store.writtenElsewhere(entry, { day: "2026-11-20", mood: 1 });
    await chooses(5);

    expect(kept()).toEqual([{ day: "2026-11-20", mood: 5 }]);
  });
});
