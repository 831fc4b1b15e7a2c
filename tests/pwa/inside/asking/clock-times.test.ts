import { describe, expect, it } from "vitest";
import {
  dayAfter,
  faultOf,
  isDueByClock,
  pausedUntil,
  wallIn,
  wants,
  weekdayOf,
} from "../../../../pwa/inside/asking/clock-times.ts";
import type { Schedule } from "../../../../pwa/shared/api.ts";

const schedule = (changed: Partial<Schedule> = {}): Schedule => ({
  zone: "Europe/Madrid",
  times: ["08:30", "20:00"],
  days: [1, 2, 3, 4, 5],
  paused_until: null,
  skip: null,
  ...changed,
});
const NEVER = new Date(0);
/** Friday 20 November 2026, by the clocks of Madrid, an hour before those of Greenwich. */
const friday = (time: string): Date => new Date(`2026-11-20T${time}:00+01:00`);

describe("The clock on the wall", () => {
  it("is that of her zone, wherever the phone is", () => {
    expect(wallIn("Asia/Kolkata", new Date("2026-12-31T20:00:00Z"))).toEqual({ day: "2027-01-01", time: "01:30" });
    expect(wallIn("America/St_Johns", new Date("2026-07-01T02:00:00Z"))).toEqual({ day: "2026-06-30", time: "23:30" });
    expect(wallIn("Europe/Madrid", new Date("2026-11-19T23:00:00Z"))).toEqual({ day: "2026-11-20", time: "00:00" });
  });

  it("does not fail where the phone does not know the zone", () => {
    expect(wallIn("Atlantis/Middle", friday("12:00")).time).toMatch(/^\d\d:\d\d$/);
  });

  it("knows days and weekdays around leap days and ends of years", () => {
    expect([dayAfter("2028-02-28", 1), dayAfter("2026-12-31", 1), dayAfter("2026-03-29", 7)]).toEqual([
      "2028-02-29",
      "2027-01-01",
      "2026-04-05",
    ]);
    expect([weekdayOf("2026-11-20"), weekdayOf("2026-11-22"), weekdayOf("2026-11-23")]).toEqual([5, 7, 1]);
  });
});

describe("A time has come", () => {
  it.each([
    ["08:29", NEVER, false],
    ["08:30", NEVER, true],
    ["19:59", friday("08:31"), false],
    ["20:00", friday("08:31"), true],
    ["23:59", friday("20:05"), false],
  ])("at %s when she last answered at %s: %s", (time, answeredAt, isDue) => {
    expect(isDueByClock(schedule(), friday(time), answeredAt)).toBe(isDue);
  });

  it("neither on a day she did not choose, nor in a pause, nor when today is skipped", () => {
    const saturday = new Date("2026-11-21T12:00:00+01:00");
    expect(isDueByClock(schedule(), saturday, NEVER)).toBe(false);
    for (const off of [{ skip: "2026-11-20" }, { paused_until: "turned_on" }, { paused_until: "2026-11-21" }])
      expect(isDueByClock(schedule(off), friday("12:00"), NEVER)).toBe(false);
    expect(wants(schedule({ paused_until: "2026-11-20" }), "2026-11-20")).toBe(true);
  });
});

describe("A pause", () => {
  it("of a day or a week begins with what is left of today", () => {
    expect(pausedUntil("day", schedule(), friday("12:00"))).toBe("2026-11-21");
    expect(pausedUntil("week", schedule(), friday("12:00"))).toBe("2026-11-27");
  });

  it("of a day means tomorrow, when nothing is left of today", () => {
    expect(pausedUntil("day", schedule(), friday("22:00"))).toBe("2026-11-22");
  });

  it("may have no end but her own", () => {
    expect(pausedUntil("turned_on", schedule(), friday("12:00"))).toBe("turned_on");
  });
});

describe("What she chooses", () => {
  it.each([
    [["08:30"], [1], undefined],
    [["08:00", "08:30"], [1], undefined],
    [[], [1], "none"],
    [["08:30"], [], "days"],
    [["08:00", "08:29"], [1], "close"],
    [["00:10", "23:50"], [1], "close"],
  ])("%j on days %j: %s", (times, days, fault) => {
    expect(faultOf(times, days)).toBe(fault);
  });
});
