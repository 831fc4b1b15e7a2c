// What was bought, looked at by day.

import { type Day, plusDays } from "../../shell/days.ts";
import { type Bought, folded } from "./lists.ts";

export interface PastDay {
  readonly day: Day;
  readonly things: readonly Bought[];
}

/** Newest day first. A day still to come is a clock gone wrong. */
export function inDays(bought: readonly Bought[], today: Day): readonly PastDay[] {
  const days = [...new Set(bought.map(({ day }) => day))]
    .filter((day) => day <= today)
    .sort()
    .reverse();
  return days.map((day) => ({ day, things: bought.filter((one) => one.day === day) }));
}

const RECENT_DAYS = 30;

export function recently(bought: readonly Bought[], today: Day): readonly Bought[] {
  const since = plusDays(today, -RECENT_DAYS);
  return bought.filter(({ day }) => day > since && day <= today);
}

/** As it was written last; among equals what was bought last. */
export function mostOften(bought: readonly Bought[]): string | undefined {
  const times = (one: Bought): number => bought.filter(({ name }) => folded(name) === folded(one.name)).length;
  let found: { readonly name: string; readonly times: number } | undefined;
  for (const one of bought) if (times(one) > (found?.times ?? 0)) found = { name: one.name, times: times(one) };
  return found?.name;
}
