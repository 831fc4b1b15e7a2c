// A cover's words: its texts with the blanks filled in, and days as people say them in her own country's manner, where
// the phone tells which that is.

import { type Day, daysBetween, momentOf } from "./days.ts";
import { pageData } from "./page-data.ts";

const { language, texts } = pageData();

export const locale = navigator.languages.find((one) => one.startsWith(language)) ?? language;

export function text(key: string, blanks: Readonly<Record<string, string | number>> = {}): string {
  return (texts[key] ?? "").replace(/\{(\w+)\}/g, (_, blank: string) => String(blanks[blank] ?? ""));
}

/** "today", "yesterday", "in 3 days". */
export function inDays(days: number): string {
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day");
}

/** A formatter is slow to make, so each is made when the first date needs it. */
export const dateIn = (parts: Intl.DateTimeFormatOptions): ((day: Day) => string) => {
  let format: Intl.DateTimeFormat | undefined;
  return (day) => (format ??= new Intl.DateTimeFormat(locale, { ...parts, timeZone: "UTC" })).format(momentOf(day));
};

const LONG = { weekday: "long", day: "numeric", month: "long" } as const;

/** "Tuesday 17 November". */
export const fullDate = dateIn(LONG);
export const shortDate = dateIn({ day: "numeric", month: "short" });
const datedInYear = dateIn({ ...LONG, year: "numeric" });

/** The year only where it is another one. */
export function dateOf(day: Day, today: Day): string {
  return (day.slice(0, 4) === today.slice(0, 4) ? fullDate : datedInYear)(day);
}

const NEAR_DAYS = 13;

/** Near days as people count them, others by date. */
export function when(day: Day, today: Day): string {
  const days = daysBetween(today, day);
  return Math.abs(days) <= NEAR_DAYS ? inDays(days) : dateOf(day, today);
}

/** For the start of a line. */
export function capital(words: string): string {
  const [first = "", ...rest] = words;
  return first.toLocaleUpperCase(language) + rest.join("");
}
