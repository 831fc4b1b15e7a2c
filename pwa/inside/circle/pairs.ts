// What the vault keeps of the people who look out for somebody, and of those looked out for: pairs, pairings on their
// way, and the ids of those that were stopped. Names are here and nowhere else. No document.

import { isId, isRecord } from "../../shared/asking.ts";
import type { Asks } from "../../vault/pairing.ts";
import type { Entry, Store } from "../../vault/store.ts";

export const PAIR = "pair";
export const CARD = "card";
export const STOPPED = "stopped";

/** Hers: this phone's owner is the one looked after. Theirs: the owner looks out for somebody. */
export type Side = "hers" | "theirs";

/** When a check-in stays out; when she would like company; where the quiet answer asks. */
export type Notes = readonly [silence: string, company: string, quiet: string];

export interface Pair {
  readonly side: Side;
  /** Of this phone's own end. */
  readonly id: string;
  /** What they are called on this phone. */
  readonly name: string;
  /** The pair's key in base64url. */
  readonly key: string;
  /** Hers only; undefined: they were written on another phone. */
  readonly notes?: Notes;
  /** Milliseconds since 1970. */
  readonly agreed_at: number;
  /** Theirs only: when nudges were seen, in milliseconds since 1970. */
  readonly nudges?: readonly number[];
  /** Theirs only: what she asked for when it was agreed to. */
  readonly asks?: Asks;
  /** Theirs only: the nudge that was seen last, and the one after which it was seen that all is well again. */
  readonly seen?: string;
  readonly calm?: string;
}

/** Half of a pair's keys, as it is shown to the other side. */
export interface Half {
  readonly publicKey: string;
  readonly nonce: string;
}

/**
 * Hers: waiting (nobody has answered), compare (both halves are there), declined, over. Theirs: sent (waits for her
 * half), compare, agreed (the words match; waits for her), over.
 */
export type CardStage = "waiting" | "sent" | "compare" | "agreed" | "declined" | "over";

/** A pairing on its way. All keys in base64url. */
export interface Card {
  readonly side: Side;
  readonly lookup: string;
  readonly key: string;
  readonly publicKey: string;
  readonly privateKey: string;
  readonly nonce: string;
  /** Theirs: what her half must fit. */
  readonly commit?: string;
  /** Hers: what the eight words are made of. */
  readonly secret?: string;
  /** The other side's half, once it is here: the first that came is the one that counts. */
  readonly other?: Half;
  /** Hers: her own half as it was sealed, so that a repeat is the same bytes. */
  readonly shown?: string;
  readonly asks: Asks;
  /** Hers: the ids of the pairs there were before it is finished. */
  readonly known?: readonly string[];
  /** Hers: the notes that go with it. */
  readonly notes?: Notes;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
  readonly name: string;
  readonly state: CardStage;
}

/** An id that this phone has stopped: should a restored server bring it back, it is stopped again. */
export interface Stopped {
  readonly id: string;
  /** The server has taken it. */
  readonly done: boolean;
}

/** A card holds so long, by the server's clock. */
export const CARD_HOURS = 24;

/** As many as the field takes: under a code, all the pairs there may be have room. */
const NAME_LETTERS = 40;

const isText = (value: unknown): value is string => typeof value === "string";
const isSide = (value: unknown): value is Side => value === "hers" || value === "theirs";
const isMoment = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const STAGES: readonly unknown[] = ["waiting", "sent", "compare", "agreed", "declined", "over"];

function notesOf(value: unknown): Notes | undefined {
  const isWhole = Array.isArray(value) && value.length === 3 && value.every(isText);
  return isWhole ? (value as unknown as Notes) : undefined;
}

/** Also what a copy or another phone brought: nothing of it is believed unseen. */
export function pairOf(value: unknown): Pair | undefined {
  if (!isRecord(value)) return undefined;
  const { side, id, name, key, agreed_at, nudges } = value;
  if (!isSide(side) || !isId(id) || !isText(name) || !isText(key) || !isMoment(agreed_at)) return undefined;
  const notes = notesOf(value["notes"]);
  const times = Array.isArray(nudges) ? nudges.filter(isMoment) : undefined;
  return {
    ...{ side, id, name: name.slice(0, NAME_LETTERS), key, agreed_at },
    ...(notes ? { notes } : {}),
    ...(times ? { nudges: times } : {}),
    ...theirsOf(value),
  };
}

function theirsOf({ asks, seen, calm }: Readonly<Record<string, unknown>>): Partial<Pair> {
  const nudged = { ...(isId(seen) ? { seen } : {}), ...(isId(calm) ? { calm } : {}) };
  return asks === undefined ? nudged : { ...nudged, asks: asksOf(asks) };
}

function asksOf(value: unknown): Asks {
  const { silence, company, noOfficers, hours } = isRecord(value) ? value : {};
  const asks = { silence: silence === true, company: company === true, noOfficers: noOfficers === true };
  return isText(hours) ? { ...asks, hours } : asks;
}

function halfOf(value: unknown): Half | undefined {
  if (!isRecord(value)) return undefined;
  const { publicKey, nonce } = value;
  return isText(publicKey) && isText(nonce) ? { publicKey, nonce } : undefined;
}

export function cardOf(value: unknown): Card | undefined {
  if (!isRecord(value)) return undefined;
  const { side, lookup, key, publicKey, privateKey, nonce, commit, secret, shown, madeAt, name, state } = value;
  if (!isSide(side) || !isId(lookup) || !isText(key) || !isText(publicKey) || !isText(privateKey)) return undefined;
  if (!isText(nonce) || !isMoment(madeAt) || !isText(name) || !STAGES.includes(state)) return undefined;
  const [other, notes] = [halfOf(value["other"]), notesOf(value["notes"])];
  const known = Array.isArray(value["known"]) ? value["known"].filter(isId) : undefined;
  return {
    ...{ side, lookup, key, publicKey, privateKey, nonce, madeAt, name, state: state as CardStage },
    asks: asksOf(value["asks"]),
    ...(isText(commit) ? { commit } : {}),
    ...(isText(secret) ? { secret } : {}),
    ...(other ? { other } : {}),
    ...(isText(shown) ? { shown } : {}),
    ...(known ? { known } : {}),
    ...(notes ? { notes } : {}),
  };
}

export function stoppedOf(value: unknown): Stopped | undefined {
  return isRecord(value) && isId(value["id"]) ? { id: value["id"], done: value["done"] === true } : undefined;
}

async function load<T extends object>(
  store: Store,
  kind: string,
  read: (value: unknown) => T | undefined,
): Promise<readonly Entry<T>[]> {
  const { entries } = await store.load(kind);
  return entries.flatMap((entry) => {
    const value = read(entry.value);
    return value ? [{ ...entry, value }] : [];
  });
}

/** Of those with one id, as two windows may leave them, the one written last. */
function latest<T>(entries: readonly Entry<T>[], idOf: (value: T) => string): readonly Entry<T>[] {
  return [...new Map(entries.map((entry) => [idOf(entry.value), entry])).values()];
}

/** Oldest first. All here reject with VaultError when the vault cannot be read or written. */
export const loadPairs = async (store: Store): Promise<readonly Entry<Pair>[]> =>
  latest(await load(store, PAIR, pairOf), ({ id }) => id);

export const loadCards = async (store: Store): Promise<readonly Entry<Card>[]> =>
  latest(await load(store, CARD, cardOf), ({ lookup }) => lookup);

export const loadStopped = (store: Store): Promise<readonly Entry<Stopped>[]> => load(store, STOPPED, stoppedOf);

/** Whether somebody counts on whoever has this phone, or is about to. */
export async function looksOut(store: Store): Promise<boolean> {
  const [pairs, cards] = await Promise.all([loadPairs(store), loadCards(store)]);
  return [...pairs, ...cards].some(({ value }) => value.side === "theirs");
}

export const savePair = async (store: Store, pair: Pair, over?: Entry): Promise<Entry<Pair>> =>
  (await store.save(PAIR, pair, over)).entry as Entry<Pair>;

export const saveCard = async (store: Store, card: Card, over?: Entry): Promise<Entry<Card>> =>
  (await store.save(CARD, card, over)).entry as Entry<Card>;

/** All that this phone keeps of a pair goes, and its id is noted, so that it stays stopped. */
export async function noteStopped(store: Store, id: string): Promise<void> {
  const known = (await loadStopped(store)).some(({ value }) => value.id === id);
  if (!known) await store.save(STOPPED, { id, done: false } satisfies Stopped);
  for (const { value, ...entry } of await load(store, PAIR, pairOf)) {
    if (value.id === id) await store.remove({ ...entry, value });
  }
}

/** The server has taken it. */
export async function noteStopTaken(store: Store, id: string): Promise<void> {
  for (const entry of await loadStopped(store)) {
    if (entry.value.id === id && !entry.value.done) {
      await store.save(STOPPED, { id, done: true } satisfies Stopped, entry);
    }
  }
}

/** A card's pairing is done, over, or taken back. */
export async function dropCardEntry(store: Store, lookup: string): Promise<void> {
  for (const entry of await load(store, CARD, cardOf)) if (entry.value.lookup === lookup) await store.remove(entry);
}
