// What was drunk, and when. Each drink keeps the day and time of the place it was drunk in, so that a journey across
// time zones changes no past day.

import { dayOf, isDay } from "../../shell/days.ts";
import { timeOf } from "./days.ts";

export interface Drink {
  /** Milliseconds since 1970; also tells one drink from another. */
  readonly at: number;
  readonly day: string;
  readonly time: string;
  readonly ml: number;
}

/** Months of them, and a few dozen kilobytes. Counted, not dated: a clock once set wrong
 * must not throw away what is there. */
const KEPT_DRINKS = 900;
const MOST_ML = 20_000;

const isDrink = (raw: unknown): raw is Drink => {
  const { at, day, time, ml } = (raw ?? {}) as Record<string, unknown>;
  return (
    Number.isFinite(at) &&
    isDay(day) &&
    typeof time === "string" &&
    /^([01]\d|2[0-3]):[0-5]\d$/.test(time) &&
    typeof ml === "number" &&
    ml > 0 &&
    ml <= MOST_ML
  );
};

const inOrder = (drinks: readonly Drink[]): readonly Drink[] =>
  [...new Map(drinks.map((drink) => [drink.at, drink])).values()].sort((a, b) => a.at - b.at).slice(-KEPT_DRINKS);

export function parseDrinks(raw: unknown): readonly Drink[] {
  return Array.isArray(raw) ? inOrder(raw.filter(isDrink)) : [];
}

export function addDrink(drinks: readonly Drink[], ml: number, now: Date): readonly Drink[] {
  let at = now.getTime();
  while (drinks.some((drink) => drink.at === at)) at += 1;
  return inOrder([...drinks, { at, day: dayOf(now), time: timeOf(now), ml }]);
}

export function removeDrink(drinks: readonly Drink[], at: number): readonly Drink[] {
  return drinks.filter((drink) => drink.at !== at);
}

/** Puts a removed drink back where it was. */
export function returnDrink(drinks: readonly Drink[], drink: Drink): readonly Drink[] {
  return inOrder([...drinks, drink]);
}

export function drinksOn(drinks: readonly Drink[], day: string): readonly Drink[] {
  return drinks.filter((drink) => drink.day === day);
}

export function totalOn(drinks: readonly Drink[], day: string): number {
  return drinksOn(drinks, day).reduce((sum, { ml }) => sum + ml, 0);
}

/** Over the days that have a drink: a day not written down says nothing about thirst. */
export function averageOf(totals: readonly number[]): number {
  const written = totals.filter((total) => total > 0);
  return written.length ? written.reduce((sum, total) => sum + total, 0) / written.length : 0;
}
