// Amounts, times and days as they stand in the glass, in fields and under the chart.

import type { Day } from "../../shell/days.ts";
import { dateIn, locale, shortDate, text } from "../../shell/words.ts";
import { fromMl, type Unit } from "./amounts.ts";
import { weekUpTo } from "./days.ts";

const grouped = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, useGrouping: false });
const clock = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });

export const unitName = (unit: Unit): string => text(unit === "oz" ? "unitOz" : "unitMl");

export const bareAmount = (ml: number, unit: Unit): string => grouped.format(fromMl(ml, unit));

/** As it stands in a field, ready to be changed. */
export const fieldAmount = (ml: number, unit: Unit): string => plain.format(fromMl(ml, unit));

export const amountIn = (ml: number, unit: Unit): string =>
  text(unit === "oz" ? "amountOz" : "amountMl", { n: bareAmount(ml, unit) });

/** `time` is written 14:05. */
export function clockTime(time: string): string {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return clock.format(new Date(2000, 0, 1, hours, minutes));
}

/** Of the seven days that end so many weeks back. */
export function weekTitle(weeksBack: number, today: Day): string {
  const [from = today, , , , , , to = today] = weekUpTo(today, weeksBack);
  return weeksBack ? text("between", { from: shortDate(from), to: shortDate(to) }) : text("week");
}

/** Short enough to stand beside an amount in the smallest window. */
export const dayAndDate = dateIn({ weekday: "short", day: "numeric", month: "short" });

export const dayInitial = dateIn({ weekday: "narrow" });
