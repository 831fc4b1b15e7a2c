// What happened to the plants, day by day.

import { type Day, daysBetween, plusDays } from "../../shell/days.ts";
import type { Plant } from "./diary.ts";

export interface Happened {
  readonly plant: Plant;
  readonly watered: boolean;
  readonly notes: readonly string[];
}

export interface PastDay {
  readonly day: Day;
  readonly happened: readonly Happened[];
}

const upTo = (days: readonly Day[], today: Day): readonly Day[] => days.filter((day) => day <= today);

function onDay(plant: Plant, day: Day): Happened | undefined {
  const watered = plant.watered.includes(day);
  const notes = plant.notes.filter((note) => note.day === day).map((note) => note.text);
  return watered || notes.length > 0 ? { plant, watered, notes } : undefined;
}

/** Newest first, days on which something happened only. A day still to come is a clock gone wrong. */
export function pastDays(plants: readonly Plant[], today: Day): readonly PastDay[] {
  const days = plants.flatMap((plant) => [...plant.watered, ...plant.notes.map(({ day }) => day)]);
  return [...new Set(upTo(days, today))]
    .sort()
    .reverse()
    .map((day) => ({ day, happened: plants.flatMap((plant) => onDay(plant, day) ?? []) }));
}

const RECENT_DAYS = 30;

export function recentWaterings(plants: readonly Plant[], today: Day): number {
  const since = plusDays(today, -RECENT_DAYS);
  return plants.flatMap(({ watered }) => upTo(watered, today).filter((day) => day > since)).length;
}

/** Days from one watering to the next, on the whole; undefined before there are two. */
export function usualRhythm({ watered }: Plant, today: Day): number | undefined {
  const days = upTo(watered, today);
  const [last] = days;
  const first = days.at(-1);
  if (!last || !first || last === first) return undefined;
  return Math.round(daysBetween(first, last) / (days.length - 1));
}
