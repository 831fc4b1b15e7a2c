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

export type Written = Pick<KeptNote, "text" | "entry">;

export const NOTE = "note";

// Somebody who leaves in the middle of a word may leave the note twice: as it was, and with the last letters.
const TWICE_WITHIN_MS = 5000;

export function notesOf(entries: readonly Entry[]): readonly KeptNote[] {
  return entries
    .flatMap((entry) => {
      const { day, text } = (entry.value ?? {}) as Record<string, unknown>;
      return isDay(day) && typeof text === "string" ? [{ day, text, entry }] : [];
    })
    .sort((one, other) => other.day.localeCompare(one.day) || other.entry.at - one.entry.at);
}

/** Whether the later one was written on from the other, letter by letter. */
export function grewFrom(later: Written, other: Written): boolean {
  return (
    later.entry.at > other.entry.at &&
    later.text.startsWith(other.text) &&
    (later.entry.copyOf === other.entry.id || later.entry.at - other.entry.at < TWICE_WITHIN_MS)
  );
}

/** Those of which a later one of the same day and moment holds every letter: they may go. */
export function outgrown(notes: readonly KeptNote[]): readonly KeptNote[] {
  // In their order, a later one of the same moment stands right before.
  return notes.filter((note, at) => {
    const later = notes[at - 1];
    return later?.day === note.day && grewFrom(later, note);
  });
}
