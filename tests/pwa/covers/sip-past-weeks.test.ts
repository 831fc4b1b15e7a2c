import { describe, expect, it } from "vitest";
import type { Drink } from "../../../pwa/covers/sip/drinks.ts";
import { dayTotals, inWeeks, mostIn } from "../../../pwa/covers/sip/past-weeks.ts";

const TODAY = "2026-11-20";
let at = 0;
const drunk = (day: string, ml: number): Drink => ({ at: (at += 1), day, time: "12:00", ml });

describe("The weeks that were", () => {
  it("have a day for each day that has a drink, the newest first, and no others", () => {
    const totals = dayTotals([drunk("2026-11-18", 250), drunk(TODAY, 500), drunk("2026-11-18", 100)], TODAY);
    expect(totals).toEqual([
      { day: TODAY, ml: 500 },
      { day: "2026-11-18", ml: 350 },
    ]);
  });

  it("are the same seven days as in the chart", () => {
    const days = ["2026-11-20", "2026-11-14", "2026-11-13", "2026-11-07", "2026-01-01"];
    const weeks = inWeeks(
      dayTotals(
        days.map((day) => drunk(day, 250)),
        TODAY,
      ),
      TODAY,
    );
    expect(weeks.map(({ weeksBack, days: found }) => [weeksBack, found.map(({ day }) => day)])).toEqual([
      [0, ["2026-11-20", "2026-11-14"]],
      [1, ["2026-11-13", "2026-11-07"]],
      [46, ["2026-01-01"]],
    ]);
  });

  it("know nothing of days to come, which a clock once set wrong may have left", () => {
    expect(dayTotals([drunk("2050-01-01", 250)], TODAY)).toEqual([]);
  });

  it("name the latest of the days with most, and none where there is none", () => {
    const totals = dayTotals([drunk("2026-11-01", 900), drunk("2026-11-02", 900), drunk("2026-11-03", 1)], TODAY);
    expect(mostIn(totals)).toEqual({ day: "2026-11-02", ml: 900 });
    expect(mostIn([])).toBeUndefined();
  });
});
