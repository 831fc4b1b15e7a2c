// How days felt, from 1 to 5, one to a day. No document.

import type { Entry } from "../../vault/store.ts";
import { isDay } from "./days.ts";

export type Mood = 1 | 2 | 3 | 4 | 5;

export interface MoodOfDay {
  readonly mood: Mood;
  readonly entry: Entry;
  /** Other windows' for the same day, older: they go when the day is changed. */
  readonly older: readonly Entry[];
}

export const DAY = "day";

export const isMood = (value: unknown): value is Mood =>
  typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 5;

/** By day, the last one written first. */
export function moodsOf(entries: readonly Entry[]): Map<string, MoodOfDay> {
  const moods = new Map<string, MoodOfDay>();
  for (const entry of [...entries].sort((one, other) => one.at - other.at)) {
    const { day, mood } = (entry.value ?? {}) as Record<string, unknown>;
    if (!isDay(day) || !isMood(mood)) continue;
    const before = moods.get(day);
    moods.set(day, { mood, entry, older: before ? [...before.older, before.entry] : [] });
  }
  return moods;
}
