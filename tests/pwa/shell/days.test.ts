import { afterEach, describe, expect, it } from "vitest";
import { dayOf, daysBetween, isDay, momentOf, plusDays } from "../../../pwa/shell/days.ts";

const home = process.env["TZ"];

afterEach(() => {
  if (home === undefined) delete process.env["TZ"];
  else process.env["TZ"] = home;
});

describe("a day", () => {
  it.each(["Europe/Berlin", "America/Santiago", "Pacific/Apia", "Asia/Kathmandu", "UTC"])(
    "is the date on the phone's own calendar, from the first minute to the last (%s)",
    (zone) => {
      process.env["TZ"] = zone;
      expect(dayOf(new Date(2026, 0, 5, 0, 1))).toBe("2026-01-05");
      expect(dayOf(new Date(2026, 0, 5, 23, 59))).toBe("2026-01-05");
    },
  );

  it("is counted by the calendar where clocks change", () => {
    // Given: Berlin goes to summer time on 29 March and back on 25 October 2026.
    process.env["TZ"] = "Europe/Berlin";
    expect(plusDays("2026-03-28", 1)).toBe("2026-03-29");
    expect(plusDays("2026-03-29", 1)).toBe("2026-03-30");
    expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
    expect(daysBetween("2026-10-24", "2026-10-26")).toBe(2);
  });

  it("goes back and forth over months, years and leap days", () => {
    expect(plusDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(plusDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(plusDays("2027-01-01", -1)).toBe("2026-12-31");
    expect(daysBetween("2026-01-01", "2027-01-01")).toBe(365);
    expect(daysBetween("2026-11-20", "2026-11-18")).toBe(-2);
  });

  it("is only one that exists", () => {
    expect(isDay("2028-02-29")).toBe(true);
    for (const odd of [
      "2026-02-29",
      "2026-13-01",
      "2026-00-10",
      "20-11-2026",
      "2026-1-5",
      "",
      "today",
      20261120,
      null,
      undefined,
      {},
    ])
      expect(isDay(odd)).toBe(false);
  });

  it("reads the same in a formatter set to UTC", () => {
    const written = new Intl.DateTimeFormat("en", { dateStyle: "short", timeZone: "UTC" }).format(
      momentOf("2026-11-20"),
    );
    expect(written).toBe("11/20/26");
  });
});
