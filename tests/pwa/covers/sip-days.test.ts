import { afterEach, describe, expect, it, vi } from "vitest";
import { timeOf, weekUpTo } from "../../../pwa/covers/sip/days.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("a day of Sip", () => {
  it("has its time of the clock on the wall, also just after midnight", () => {
    expect(timeOf(new Date(2027, 0, 1, 0, 5))).toBe("00:05");
  });

  it.each([
    ["Europe/Madrid", "2026-03-31"],
    ["Europe/Madrid", "2026-10-27"],
    ["America/New_York", "2026-03-10"],
    // Clocks there skip midnight itself.
    ["America/Santiago", "2026-09-08"],
    ["Asia/Beirut", "2026-03-30"],
    ["Pacific/Kiritimati", "2026-01-03"],
  ])("in %s the week up to %s holds seven different days, though clocks change in it", (place, last) => {
    vi.stubEnv("TZ", place);
    expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(place);
    const week = weekUpTo(last, 0);
    expect(new Set(week).size).toBe(7);
    expect(week.at(-1)).toBe(last);
    const numbers = week.map((day) => Date.parse(`${day}T00:00:00Z`) / 86_400_000);
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
  });

  it("looks back whole weeks, over the turn of a year and a leap day", () => {
    expect(weekUpTo("2026-01-03", 0)[0]).toBe("2025-12-28");
    expect(weekUpTo("2028-03-03", 0)).toContain("2028-02-29");
    expect(weekUpTo("2026-11-20", 1).at(-1)).toBe("2026-11-13");
    expect(weekUpTo("2026-11-20", 4)[0]).toBe("2026-10-17");
  });
});
