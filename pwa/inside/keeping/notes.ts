// Private notes: a day and a text each, newest first. No document.

import type { Entry } from "../../vault/store.ts";
import { isDay } from "./days.ts";

export interface Note {
  readonly day: string;
  readonly text: string;
}

export interface KeptNote extends Note {
  readonly entry: Entry;
}

export const NOTE = "note";

export function notesOf(entries: readonly Entry[]): readonly KeptNote[] {
  return entries
    .flatMap((entry) => {
      const { day, text } = (entry.value ?? {}) as Record<string, unknown>;
      return isDay(day) && typeof text === "string" ? [{ day, text, entry }] : [];
    })
    .sort((one, other) => other.day.localeCompare(one.day) || other.entry.at - one.entry.at);
}
