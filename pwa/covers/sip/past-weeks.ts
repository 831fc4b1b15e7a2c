// The weeks there were. Only days that have a drink are told of: a day not written down says nothing, so none is missed.

import { type Day, daysBetween } from "../../shell/days.ts";
import type { Drink } from "./drinks.ts";

export interface DayTotal {
  readonly day: Day;
  readonly ml: number;
}

export interface Week {
  /** 0 for the seven days that end today. */
  readonly weeksBack: number;
  /** Newest first, never empty. */
  readonly days: readonly DayTotal[];
}

/** Newest first. A day still to come is a clock gone wrong. */
export function dayTotals(drinks: readonly Drink[], today: Day): readonly DayTotal[] {
  const totals = new Map<Day, number>();
  for (const { day, ml } of drinks) if (day <= today) totals.set(day, (totals.get(day) ?? 0) + ml);
  return [...totals].map(([day, ml]) => ({ day, ml })).sort((one, other) => (one.day < other.day ? 1 : -1));
}

export function inWeeks(days: readonly DayTotal[], today: Day): readonly Week[] {
  const weeks = new Map<number, DayTotal[]>();
  for (const total of days) {
    const weeksBack = Math.floor(daysBetween(total.day, today) / 7);
    weeks.set(weeksBack, [...(weeks.get(weeksBack) ?? []), total]);
  }
  return [...weeks].map(([weeksBack, found]) => ({ weeksBack, days: found }));
}

/** The latest of those with most. */
export function mostIn(days: readonly DayTotal[]): DayTotal | undefined {
  return days.reduce<DayTotal | undefined>((most, one) => (most && most.ml >= one.ml ? most : one), undefined);
}
