// What the diary holds and what happens to it. Every change gives a new diary and leaves the old one as it was: undo is
// putting the old one back.

import { type Day, daysBetween, isDay, plusDays } from "../../shell/days.ts";

/** The drawn plants (their shapes are in page.html) and how often such a plant usually wants water. */
export const PICTURES = {
  leafy: 7,
  fern: 4,
  flower: 5,
  herb: 2,
  trailing: 7,
  tree: 9,
  succulent: 14,
  cactus: 21,
} as const;

export type Picture = keyof typeof PICTURES;

export const MOST_DAYS = 365;
/** Far above what anybody keeps of plants, notes or waterings; what is longer is a broken store. */
const MOST_ENTRIES = 2000;

export interface Note {
  readonly id: number;
  readonly day: Day;
  readonly text: string;
}

export interface Plant {
  readonly id: number;
  readonly name: string;
  readonly place: string;
  readonly picture: Picture;
  /** Days from one watering to the next. */
  readonly every: number;
  /** Newest first, each day once. */
  readonly watered: readonly Day[];
  /** "Not thirsty yet": not due before this day. */
  readonly notBefore?: Day;
  /** Newest first. */
  readonly notes: readonly Note[];
}

export interface Diary {
  readonly plants: readonly Plant[];
  /** In winter plants rest: each waits half as long again. */
  readonly winter: boolean;
}

export type PlantFields = Pick<Plant, "name" | "place" | "picture" | "every">;

// ---- reading what was stored ----

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (raw: unknown): Fields => (typeof raw === "object" && raw !== null ? (raw as Fields) : {});
const listOf = (raw: unknown): readonly unknown[] =>
  Array.isArray(raw) ? (raw as unknown[]).slice(0, MOST_ENTRIES) : [];
const textOf = (raw: unknown): string => (typeof raw === "string" ? raw.trim() : "");

const isPicture = (raw: unknown): raw is Picture => typeof raw === "string" && Object.hasOwn(PICTURES, raw);

export const isRhythm = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MOST_DAYS;

const newestFirst = (days: Iterable<Day>): Day[] => [...new Set(days)].sort().reverse().slice(0, MOST_ENTRIES);

function parseNote(raw: unknown, id: number): Note | undefined {
  const { day, text } = fieldsOf(raw);
  return isDay(day) && textOf(text) ? { id, day, text: textOf(text) } : undefined;
}

function parsePlant(raw: unknown, id: number): Plant | undefined {
  const fields = fieldsOf(raw);
  const name = textOf(fields["name"]);
  if (!name) return undefined;
  const picture = isPicture(fields["picture"]) ? fields["picture"] : "leafy";
  return {
    id,
    name,
    place: textOf(fields["place"]),
    picture,
    every: isRhythm(fields["every"]) ? fields["every"] : PICTURES[picture],
    watered: newestFirst(listOf(fields["watered"]).filter(isDay)),
    ...(isDay(fields["notBefore"]) ? { notBefore: fields["notBefore"] } : {}),
    notes: parseAll(fields["notes"], parseNote),
  };
}

/** Keeps what can be read. Ids are kept where they are sound, so that an open view in another window still finds its plant. */
function parseAll<T>(raw: unknown, parse: (raw: unknown, id: number) => T | undefined): T[] {
  const taken = new Set<number>();
  const found: T[] = [];
  let next = Math.max(0, ...listOf(raw).map((entry) => idOf(entry) ?? 0));
  for (const entry of listOf(raw)) {
    const own = idOf(entry);
    const id = own === undefined || taken.has(own) ? (next += 1) : own;
    taken.add(id);
    const parsed = parse(entry, id);
    if (parsed) found.push(parsed);
  }
  return found;
}

function idOf(raw: unknown): number | undefined {
  const { id } = fieldsOf(raw);
  return Number.isSafeInteger(id) && (id as number) > 0 && (id as number) < 1e9 ? (id as number) : undefined;
}

export function parseDiary(raw: unknown): Diary {
  const fields = fieldsOf(raw);
  return { plants: parseAll(fields["plants"], parsePlant), winter: fields["winter"] === true };
}

// ---- what is due ----

export function rhythmOf(plant: Plant, winter: boolean): number {
  return winter ? Math.ceil(plant.every * 1.5) : plant.every;
}

/** A watering "tomorrow" means the clock was wrong or the phone has travelled: it counts as today. */
export function lastWatered(plant: Plant, today: Day): Day | undefined {
  const last = plant.watered[0];
  return last !== undefined && last > today ? today : last;
}

/** Days until the next watering: 0 is today, below 0 it was due before. A plant never watered is due today. */
export function daysUntilDue(plant: Plant, today: Day, winter: boolean): number {
  const last = lastWatered(plant, today);
  const byRhythm = last === undefined ? 0 : daysBetween(today, plusDays(last, rhythmOf(plant, winter)));
  // No further than tomorrow, or a clock once wrong could hide a plant for years.
  const byWaiting = plant.notBefore === undefined ? byRhythm : Math.min(daysBetween(today, plant.notBefore), 1);
  return Math.max(byRhythm, byWaiting);
}

export interface Agenda {
  readonly due: readonly Plant[];
  readonly coming: readonly Plant[];
}

/** Longest waiting first, and among equals in the order they were added. */
export function agenda({ plants, winter }: Diary, today: Day): Agenda {
  const until = (plant: Plant): number => daysUntilDue(plant, today, winter);
  const sorted = [...plants].sort((one, other) => until(one) - until(other));
  return { due: sorted.filter((plant) => until(plant) <= 0), coming: sorted.filter((plant) => until(plant) > 0) };
}

// ---- changes ----

const nextId = (entries: readonly { readonly id: number }[]): number => Math.max(0, ...entries.map(({ id }) => id)) + 1;

function changePlant(diary: Diary, id: number, change: (plant: Plant) => Plant): Diary {
  return { ...diary, plants: diary.plants.map((plant) => (plant.id === id ? change(plant) : plant)) };
}

function withoutWait(plant: Plant): Plant {
  const { notBefore: _, ...rest } = plant;
  return rest;
}

/** A later `day` in the store is a clock gone wrong; the day that somebody tapped is the truth, so those give way. */
export function water(diary: Diary, id: number, day: Day, today: Day): Diary {
  return changePlant(diary, id, (plant) => ({
    ...withoutWait(plant),
    watered: newestFirst([...plant.watered.filter((past) => past <= today), day]),
  }));
}

export function forgetWatering(diary: Diary, id: number, day: Day): Diary {
  return changePlant(diary, id, (plant) => ({ ...plant, watered: plant.watered.filter((past) => past !== day) }));
}

export function waitUntil(diary: Diary, id: number, day: Day): Diary {
  return changePlant(diary, id, (plant) => ({ ...plant, notBefore: day }));
}

export function addPlant(diary: Diary, fields: PlantFields, watered?: Day): Diary {
  const plant: Plant = {
    id: nextId(diary.plants),
    ...fields,
    watered: watered === undefined ? [] : [watered],
    notes: [],
  };
  return { ...diary, plants: [...diary.plants, plant] };
}

export function editPlant(diary: Diary, id: number, fields: PlantFields): Diary {
  return changePlant(diary, id, (plant) => ({ ...plant, ...fields }));
}

export function removePlant(diary: Diary, id: number): Diary {
  return { ...diary, plants: diary.plants.filter((plant) => plant.id !== id) };
}

export function addNote(diary: Diary, id: number, text: string, day: Day): Diary {
  return changePlant(diary, id, (plant) => ({
    ...plant,
    notes: [{ id: nextId(plant.notes), day, text }, ...plant.notes],
  }));
}

export function removeNote(diary: Diary, id: number, noteId: number): Diary {
  return changePlant(diary, id, (plant) => ({ ...plant, notes: plant.notes.filter((note) => note.id !== noteId) }));
}
