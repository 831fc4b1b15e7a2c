// Pairs go with her from phone to phone: whole with a copy, and without the notes under a code, which has little room.
// Not into a file that she takes out, and not as text: names of people, and keys that reach them.

import { isRecord } from "../../shared/asking.ts";
import type { Bytes } from "../../shared/bytes.ts";
import type { Kept } from "../../vault/export-contents.ts";
import { sealHandover } from "../../vault/handover.ts";
import { PaddedError } from "../../vault/padded.ts";
import type { Entry, Store } from "../../vault/store.ts";
import {
  CARD,
  loadPairs,
  loadStopped,
  PAIR,
  pairOf,
  savePair,
  STOPPED,
  stoppedOf,
  type Pair,
  type Side,
} from "./pairs.ts";

export interface Carried {
  readonly pairs: readonly Pair[];
  readonly stopped: readonly string[];
}

const NONE_CARRIED: Carried = { pairs: [], stopped: [] };

const HANDED = "pairs";
// The latest ones: an old server that comes back is a few days old at most.
const MOST_STOPPED = 16;
const SIDES: readonly Side[] = ["hers", "theirs"];

/** As the copy holds them. */
export async function gatherPairs(store: Store): Promise<readonly Entry[]> {
  return [...(await loadPairs(store)), ...(await loadStopped(store))];
}

/** What an opened copy brings; of what is no pair, nothing. */
export function carriedIn(kept: readonly Kept[]): Carried {
  const of = (kind: string): readonly unknown[] => kept.flatMap((each) => (each.kind === kind ? [each.value] : []));
  return {
    pairs: of(PAIR).flatMap((value) => pairOf(value) ?? []),
    stopped: of(STOPPED).flatMap((value) => stoppedOf(value)?.id ?? []),
  };
}

/** Under a code: what signs in, and then whatever has room beside it. Each pair is a row, as short as can be. */
export async function sealWithPairs(store: Store, first: readonly Kept[], key: Bytes): Promise<Bytes> {
  const pairs = (await loadPairs(store)).map(({ value: { side, id, name, key, agreed_at } }) => [
    SIDES.indexOf(side),
    id,
    name,
    key,
    agreed_at,
  ]);
  const stopped = (await loadStopped(store)).slice(-MOST_STOPPED).map(({ value }) => value.id);
  // The notes have no room at all. Where the rest has none either, it comes with the copy.
  for (const value of [
    { pairs, stopped },
    { pairs, stopped: [] },
  ]) {
    try {
      return await sealHandover([...first, { kind: HANDED, value, at: 0 }], key);
    } catch (error) {
      if (!(error instanceof PaddedError && error.code === "too-big")) throw error;
    }
  }
  return sealHandover(first, key);
}

export function carriedUnder(handed: readonly Kept[]): Carried {
  const value = handed.find(({ kind }) => kind === HANDED)?.value;
  if (!isRecord(value)) return NONE_CARRIED;
  const { pairs, stopped } = value;
  return {
    pairs: Array.isArray(pairs) ? pairs.flatMap((row: unknown) => pairInRow(row) ?? []) : [],
    stopped: Array.isArray(stopped) ? stopped.flatMap((id: unknown) => stoppedOf({ id })?.id ?? []) : [],
  };
}

function pairInRow(row: unknown): Pair | undefined {
  if (!Array.isArray(row)) return undefined;
  const cells: readonly unknown[] = row;
  const [side, id, name, key, agreed_at] = cells;
  return pairOf({ side: SIDES[Number(side)], id, name, key, agreed_at });
}

/** What is here already stays as it is, and what was stopped on either phone stays stopped. */
export async function bringPairs(store: Store, { pairs, stopped }: Carried): Promise<void> {
  const known = (await loadPairs(store)).map(({ value }) => value.id);
  const stoppedHere = (await loadStopped(store)).map(({ value }) => value.id);
  // Not as done: it costs one question to have the server told once more.
  for (const id of stopped) if (!stoppedHere.includes(id)) await store.save(STOPPED, { id, done: false });
  const ended = [...stoppedHere, ...stopped];
  for (const pair of pairs) if (!known.includes(pair.id) && !ended.includes(pair.id)) await savePair(store, pair);
}

/** The account is erased: nobody can be reached by way of it any more. */
export async function forgetPairs(store: Store): Promise<void> {
  for (const kind of [PAIR, CARD, STOPPED])
    for (const entry of (await store.load(kind)).entries) await store.remove(entry);
}
