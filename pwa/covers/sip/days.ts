// Days as she lives them: local dates written YYYY-MM-DD. Counting goes by the calendar, never by 24 hours, so the
// days on which clocks change are neither lost nor doubled.

import { dayOf } from "../../shared/clock.ts";

const two = (n: number): string => String(n).padStart(2, "0");

export { dayOf };

export function timeOf(date: Date): string {
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Noon of the day: it exists everywhere, even where a clock change skips midnight. */
export function noonOf(day: string): Date {
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date, 12);
}

/** The seven days that end `weeksBack` weeks before `last`, oldest first. */
export function weekUpTo(last: string, weeksBack: number): readonly string[] {
  return Array.from({ length: 7 }, (_, index) => {
    const noon = noonOf(last);
    noon.setDate(noon.getDate() + index - 6 - 7 * weeksBack);
    return dayOf(noon);
  });
}
