// The diary's words: its texts with the blanks filled in, and days as people say them.

import { pageData } from "../../shell/page-data.ts";
import { type Day, daysBetween, momentOf } from "./days.ts";

export function text(key: string, blanks: Readonly<Record<string, string | number>> = {}): string {
  const words = pageData().texts[key] ?? "";
  return words.replace(/\{(\w+)\}/g, (_, blank: string) => String(blanks[blank] ?? ""));
}

/** "today", "yesterday", "in 3 days". */
export function inDays(days: number): string {
  return new Intl.RelativeTimeFormat(pageData().language, { numeric: "auto" }).format(days, "day");
}

/** "Tuesday 17 November"; the year only where it is another one. */
export function dateOf(day: Day, today: Day): string {
  return new Intl.DateTimeFormat(pageData().language === "en" ? "en-GB" : pageData().language, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(day.slice(0, 4) === today.slice(0, 4) ? {} : { year: "numeric" }),
    timeZone: "UTC",
  }).format(momentOf(day));
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
  return first.toLocaleUpperCase(pageData().language) + rest.join("");
}

export function rhythmText(every: number): string {
  return every === 1 ? text("everyDay") : text("everyDays", { n: every });
}
