// What Sip asks of a day beyond what every cover does (pwa/shell/days.ts).

import { type Day, plusDays } from "../../shell/days.ts";

const two = (n: number): string => String(n).padStart(2, "0");

export function timeOf(date: Date): string {
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The seven days that end `weeksBack` weeks before `last`, oldest first. */
export function weekUpTo(last: Day, weeksBack: number): readonly Day[] {
  return Array.from({ length: 7 }, (_, index) => plusDays(last, index - 6 - 7 * weeksBack));
}
