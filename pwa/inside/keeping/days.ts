// Local days written YYYY-MM-DD, and months of them as rows of weeks. No document.

import { dayOf } from "../../shared/clock.ts";

export { dayOf };

/** Noon of the day: it exists everywhere, even where a clock change skips midnight. */
export function noonOf(day: string): Date {
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date, 12);
}

export const isDay = (value: unknown): value is string =>
  typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) && dayOf(noonOf(value)) === value;

export const monthOf = (day: string): string => day.slice(0, 7);

/** The month so many before or after; a month is written YYYY-MM. */
export function monthBeside(month: string, by: number): string {
  const noon = noonOf(`${month}-01`);
  noon.setMonth(noon.getMonth() + by);
  return monthOf(dayOf(noon));
}

export function daysOf(month: string): readonly string[] {
  const last = noonOf(`${monthBeside(month, 1)}-01`);
  last.setDate(0);
  return Array.from({ length: last.getDate() }, (_, at) => `${month}-${String(at + 1).padStart(2, "0")}`);
}

/** How many cells stand empty before the first of the month; 1 is Monday and 7 is Sunday, as in Intl.Locale's weekInfo. */
export function emptyBefore(month: string, firstWeekday: number): number {
  return (noonOf(`${month}-01`).getDay() - (firstWeekday % 7) + 7) % 7;
}
