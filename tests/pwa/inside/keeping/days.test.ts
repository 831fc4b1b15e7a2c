import { describe, expect, it } from "vitest";
import { dayOf, daysOf, emptyBefore, isDay, monthBeside, noonOf } from "../../../../pwa/inside/keeping/days.ts";

describe("A month", () => {
  it.each([
    ["2024-02", 29],
    ["2026-02", 28],
    ["2026-11", 30],
    ["2026-12", 31],
  ])("%s has its days", (month, count) => {
    const days = daysOf(month);

    expect(days).toHaveLength(count);
    expect(days[0]).toBe(`${month}-01`);
    expect(days.at(-1)).toBe(`${month}-${count}`);
  });

  it("has one before and one after, over the turn of the year too", () => {
    expect(monthBeside("2026-01", -1)).toBe("2025-12");
    expect(monthBeside("2025-12", 1)).toBe("2026-01");
  });

  it("begins under its weekday, whichever day the week begins with", () => {
    // The first of November 2026 is a Sunday.
    expect(emptyBefore("2026-11", 1)).toBe(6);
    expect(emptyBefore("2026-11", 7)).toBe(0);
    expect(emptyBefore("2026-11", 6)).toBe(1);
  });
});

it("a day is a day of the calendar, and nothing else", () => {
  expect(isDay("2024-02-29")).toBe(true);
  for (const no of ["2026-02-29", "2026-13-01", "2026-1-1", "today", "", 20260101, undefined]) {
    expect(isDay(no)).toBe(false);
  }
  expect(dayOf(noonOf("2026-03-29"))).toBe("2026-03-29");
});
