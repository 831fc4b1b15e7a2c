// Texts, amounts and dates in her language, and in her own country's manner where the phone tells it.

import { pageData } from "../../shell/page-data.ts";
import { fromMl, type Unit } from "./amounts.ts";
import { noonOf } from "./days.ts";

const { language, texts } = pageData();
const locale = navigator.languages.find((one) => one.startsWith(language)) ?? language;

const grouped = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, useGrouping: false });
const clock = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });
const initial = new Intl.DateTimeFormat(locale, { weekday: "narrow" });
const full = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
const short = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });

export function say(key: string, values: Readonly<Record<string, string>> = {}): string {
  return (texts[key] ?? "").replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
}

export const unitName = (unit: Unit): string => say(unit === "oz" ? "unitOz" : "unitMl");

export const bareAmount = (ml: number, unit: Unit): string => grouped.format(fromMl(ml, unit));

/** As it stands in a field, ready to be changed. */
export const fieldAmount = (ml: number, unit: Unit): string => plain.format(fromMl(ml, unit));

export const amountIn = (ml: number, unit: Unit): string =>
  say(unit === "oz" ? "amountOz" : "amountMl", { n: bareAmount(ml, unit) });

/** `time` is written 14:05. */
export function clockTime(time: string): string {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return clock.format(new Date(2000, 0, 1, hours, minutes));
}

export const dayInitial = (day: string): string => initial.format(noonOf(day));
export const fullDay = (day: string): string => full.format(noonOf(day));
export const shortDay = (day: string): string => short.format(noonOf(day));
