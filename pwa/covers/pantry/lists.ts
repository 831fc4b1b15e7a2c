// The lists and what happens to them. Every change gives new lists and leaves the old ones as they were: undo is putting the
// old ones back.

import { type Day, isDay } from "../../shell/days.ts";
import { readWish, type Wish } from "./amounts.ts";

export interface Item extends Wish {
  readonly id: number;
  readonly ticked: boolean;
}

export interface List {
  readonly id: number;
  /** Empty for the list everybody starts with: it is called what the language calls it. */
  readonly name: string;
  readonly items: readonly Item[];
}

/** Something that was on a list before. */
export interface Known {
  readonly name: string;
  readonly times: number;
}

/** Something that was ticked. */
export interface Bought extends Wish {
  readonly day: Day;
}

export interface Pantry {
  /** Never empty. */
  readonly lists: readonly [List, ...List[]];
  /** The id of the list on show. */
  readonly open: number;
  /** Latest first. */
  readonly known: readonly Known[];
  /** Latest first; one thing once a day. */
  readonly bought: readonly Bought[];
  /** Whether what is ticked goes to the end. */
  readonly sinks: boolean;
}

/** Far above any shopping trip; what is longer is a broken store. */
const MOST_ENTRIES = 1000;
const MOST_KNOWN = 300;
const MOST_BOUGHT = 500;
export const LONGEST_NAME = 100;

const FIRST_LIST: List = { id: 1, name: "", items: [] };

// ---- reading what was stored ----

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (raw: unknown): Fields => (typeof raw === "object" && raw !== null ? (raw as Fields) : {});
const listOf = (raw: unknown): readonly unknown[] =>
  Array.isArray(raw) ? (raw as unknown[]).slice(0, MOST_ENTRIES) : [];
const textOf = (raw: unknown): string => (typeof raw === "string" ? raw.trim() : "");

function idOf(raw: unknown): number | undefined {
  const { id } = fieldsOf(raw);
  return Number.isSafeInteger(id) && (id as number) > 0 && (id as number) < 1e9 ? (id as number) : undefined;
}

/** Keeps what can be read. Ids are kept where they are sound, so that another window still finds its list. */
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

function parseItem(raw: unknown, id: number): Item | undefined {
  const { name, amount, ticked } = fieldsOf(raw);
  return textOf(name) ? { id, name: textOf(name), amount: textOf(amount), ticked: ticked === true } : undefined;
}

function parseList(raw: unknown, id: number): List | undefined {
  const { name, items } = fieldsOf(raw);
  if (typeof name !== "string" && !Array.isArray(items)) return undefined;
  return { id, name: textOf(name), items: parseAll(items, parseItem) };
}

function parseKnown(raw: unknown): Known | undefined {
  const { name, times } = fieldsOf(raw);
  return textOf(name) ? { name: textOf(name), times: Number.isSafeInteger(times) ? (times as number) : 1 } : undefined;
}

function parseBought(raw: unknown): Bought | undefined {
  const { name, amount, day } = fieldsOf(raw);
  return textOf(name) && isDay(day) ? { name: textOf(name), amount: textOf(amount), day } : undefined;
}

export function parsePantry(raw: unknown): Pantry {
  const fields = fieldsOf(raw);
  const [first = FIRST_LIST, ...more] = parseAll(fields["lists"], parseList);
  const open = [first, ...more].find(({ id }) => id === fields["open"]) ?? first;
  return {
    lists: [first, ...more],
    open: open.id,
    known: parseAll(fields["known"], parseKnown).slice(0, MOST_KNOWN),
    bought: parseAll(fields["bought"], parseBought).slice(0, MOST_BOUGHT),
    sinks: fields["sinks"] !== false,
  };
}

// ---- looking ----

export function openList({ lists, open }: Pantry): List {
  return lists.find(({ id }) => id === open) ?? lists[0];
}

/** As shown: what is ticked last, unless it is wanted in its place. */
export function inOrder({ items }: List, sinks: boolean): readonly Item[] {
  return sinks ? [...items].sort((one, other) => Number(one.ticked) - Number(other.ticked)) : items;
}

/** "Jalapeño", "jalapeno" and "JALAPEÑO" are one thing. */
export function folded(name: string): string {
  return name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

const isSame = (one: string, other: string): boolean => folded(one) === folded(other);

// ---- changes to items ----

const nextId = (entries: readonly { readonly id: number }[]): number => Math.max(0, ...entries.map(({ id }) => id)) + 1;

function changeOpen(pantry: Pantry, change: (list: List) => List): Pantry {
  const open = openList(pantry);
  const [first, ...more] = pantry.lists.map((list) => (list === open ? change(list) : list));
  return first ? { ...pantry, lists: [first, ...more] } : pantry;
}

const changeItems = (pantry: Pantry, change: (items: readonly Item[]) => readonly Item[]): Pantry =>
  changeOpen(pantry, (list) => ({ ...list, items: change(list.items) }));

const changeItem = (pantry: Pantry, id: number, change: (item: Item) => Item): Pantry =>
  changeItems(pantry, (items) => items.map((item) => (item.id === id ? change(item) : item)));

function remember(known: readonly Known[], name: string): readonly Known[] {
  const same = (one: Known): boolean => isSame(one.name, name);
  const times = (known.find(same)?.times ?? 0) + 1;
  return [{ name, times }, ...known.filter((one) => !same(one))].slice(0, MOST_KNOWN);
}

export type Added = "added" | "already" | "amount" | "again";

export interface Addition {
  readonly next: Pantry;
  readonly item: Item;
  readonly added: Added;
}

/** One thing stands on a list once: written again it comes back from the ticked ones, or takes the new amount. */
export function addItem(pantry: Pantry, wish: Wish): Addition {
  const items = openList(pantry).items;
  const there = items.find(({ name }) => isSame(name, wish.name));
  const remembered = { ...pantry, known: remember(pantry.known, there?.name ?? wish.name) };
  if (!there) {
    const item: Item = { id: nextId(items), ...wish, ticked: false };
    return { next: changeItems(remembered, (all) => [...all, item]), item, added: "added" };
  }
  const amount = wish.amount || (there.ticked ? "" : there.amount);
  const added = there.ticked ? "again" : amount === there.amount ? "already" : "amount";
  const item = { ...there, amount, ticked: false };
  return { next: changeItem(remembered, there.id, () => item), item, added };
}

/** What is ticked was bought that day; unticked on the same day, it was not. */
export function tick(pantry: Pantry, id: number, ticked: boolean, day: Day): Pantry {
  const item = openList(pantry).items.find((one) => one.id === id);
  if (!item) return pantry;
  const { name, amount } = item;
  const others = pantry.bought.filter((one) => one.day !== day || !isSame(one.name, name));
  const bought = ticked ? [{ name, amount, day }, ...others].slice(0, MOST_BOUGHT) : others;
  return changeItem({ ...pantry, bought }, id, () => ({ ...item, ticked }));
}

/** What stands on the open list under that name and is still to get. */
export function wanted(pantry: Pantry, name: string): Item | undefined {
  return openList(pantry).items.find((item) => !item.ticked && isSame(item.name, name));
}

export function rewriteItem(pantry: Pantry, id: number, typed: string): Pantry {
  return changeItem(pantry, id, (item) => ({ ...item, ...readWish(typed) }));
}

export function removeItem(pantry: Pantry, id: number): Pantry {
  return changeItems(pantry, (items) => items.filter((item) => item.id !== id));
}

export function clearTicked(pantry: Pantry): Pantry {
  return changeItems(pantry, (items) => items.filter(({ ticked }) => !ticked));
}

/** One place up (-1) or down (1); at the ends nothing moves. */
export function moveItem(pantry: Pantry, id: number, by: -1 | 1): Pantry {
  return changeItems(pantry, (items) => {
    const from = items.findIndex((item) => item.id === id);
    const item = items[from];
    const other = items[from + by];
    if (!item || !other) return items;
    return items.map((one) => (one === item ? other : one === other ? item : one));
  });
}

// ---- changes to lists ----

export function addList(pantry: Pantry, name: string): Pantry {
  const id = nextId(pantry.lists);
  return { ...pantry, lists: [...pantry.lists, { id, name, items: [] }], open: id };
}

export function renameList(pantry: Pantry, name: string): Pantry {
  return changeOpen(pantry, (list) => ({ ...list, name }));
}

export function removeList(pantry: Pantry): Pantry {
  const open = openList(pantry);
  const [first = FIRST_LIST, ...more] = pantry.lists.filter((list) => list !== open);
  return { ...pantry, lists: [first, ...more], open: first.id };
}
