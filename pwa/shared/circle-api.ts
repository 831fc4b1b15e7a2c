// What the phone asks about the people who may be nudged for somebody: asking one, agreeing, changing, stopping. The
// server passes on what it cannot read, and names a pair by a random id that is another one on each side.

import { ask, isId, isRecord, tell, type Reply } from "./asking.ts";

export interface CircleWishes {
  /** How many may be nudged for her, and for how many people she may be nudged. */
  readonly most_buddies: number;
  readonly most_people: number;
  /** All at once, in place of one after the other. */
  readonly together: boolean;
  /** From here on they count for whoever is asked: the first day again, or "turned_on"; HH:MM by the clocks of a zone. */
  readonly paused_until: string | null;
  readonly zone: string | null;
  readonly quiet_from: string | null;
  readonly quiet_to: string | null;
}

/** One who may be nudged for her. */
export interface HerTie {
  readonly id: string;
  /** The last kind phrase, 1 to 9, and its day in days since 1970. */
  readonly said: number | null;
  readonly said_day: number | null;
  /** It is 90 days since it was last agreed to. */
  readonly agree: boolean;
}

export interface TheirNudge {
  readonly id: string;
  /** Sealed for the pair, in base64url. */
  readonly note: string | null;
  readonly state: "open" | "handed" | "well";
  readonly said_today: number;
}

/** One for whom this phone's owner may be nudged. */
export interface TheirTie {
  readonly id: string;
  /** The lookup of the eight words that it came from. */
  readonly card: string;
  readonly agree: boolean;
  readonly nudge: TheirNudge | null;
}

export interface Circle {
  /** The most that the host lets anybody have. */
  readonly most: { readonly buddies: number; readonly people: number };
  readonly wishes: CircleWishes;
  readonly hers: readonly HerTie[];
  readonly theirs: readonly TheirTie[];
  /** False: all of hers are resting just now. */
  readonly free: boolean;
  /** What is told to the host is encrypted for this key, in base64url; null: the host takes nothing. */
  readonly report: string | null;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === "string";
const isCountOrNull = (value: unknown): value is number | null => value === null || isCount(value);

function isWishes(value: unknown): value is CircleWishes {
  if (!isRecord(value)) return false;
  const { most_buddies, most_people, together, paused_until, zone, quiet_from, quiet_to } = value;
  const areCounts = isCount(most_buddies) && isCount(most_people);
  return areCounts && typeof together === "boolean" && [paused_until, zone, quiet_from, quiet_to].every(isTextOrNull);
}

const isHerTie = (value: unknown): value is HerTie =>
  isRecord(value) &&
  isId(value["id"]) &&
  isCountOrNull(value["said"]) &&
  isCountOrNull(value["said_day"]) &&
  typeof value["agree"] === "boolean";

const STATES: readonly unknown[] = ["open", "handed", "well"];

const isNudge = (value: unknown): value is TheirNudge =>
  isRecord(value) &&
  isId(value["id"]) &&
  isTextOrNull(value["note"]) &&
  STATES.includes(value["state"]) &&
  isCount(value["said_today"]);

const isTheirTie = (value: unknown): value is TheirTie =>
  isRecord(value) &&
  isId(value["id"]) &&
  isId(value["card"]) &&
  typeof value["agree"] === "boolean" &&
  (value["nudge"] === null || isNudge(value["nudge"]));

export function readCircle(told: unknown): Circle | undefined {
  if (!isRecord(told)) return undefined;
  const { most, wishes, hers, theirs, free, report } = told;
  if (!isRecord(most) || !isCount(most["buddies"]) || !isCount(most["people"]) || !isWishes(wishes)) return undefined;
  if (!Array.isArray(hers) || !hers.every(isHerTie)) return undefined;
  if (!Array.isArray(theirs) || !theirs.every(isTheirTie)) return undefined;
  if (typeof free !== "boolean" || !isTextOrNull(report)) return undefined;
  return { most: { buddies: most["buddies"], people: most["people"] }, wishes, hers, theirs, free, report };
}

export const askCircle = (): Promise<Reply<Circle>> => ask("GET", "/s/circle", undefined, readCircle);

export const putCircle = (wishes: CircleWishes): Promise<Reply<undefined>> => tell("PUT", "/s/circle", wishes);

/** One's own end is gone at once; on the other side there is no news. */
export const stopTie = (id: string): Promise<Reply<undefined>> => tell("POST", "/s/circle/stop", { id });

/** Three notes, sealed for the pair and joined, in base64url. */
export const putNotes = (id: string, notes: string): Promise<Reply<undefined>> =>
  tell("POST", "/s/circle/notes", { id, notes });

export const agreeAgain = (id: string): Promise<Reply<undefined>> => tell("POST", "/s/circle/agree", { id });

/** 1: on it; 2: reached her; 3: cannot today; 4 to 9: kind phrases. "later" after three in a day. */
export const sayBack = (id: string, says: number): Promise<Reply<undefined>> =>
  tell("POST", "/s/circle/say", { id, says });

/** For the host's eyes, encrypted for its key; of one pair, or of none. */
export const tellHost = (id: string | null, content: string): Promise<Reply<undefined>> =>
  tell("POST", "/s/report", { id, content });

const SEALED = /^[\w-]+$/;
const isSealed = (value: unknown): value is string => typeof value === "string" && SEALED.test(value);

const readContent = (told: unknown): string | undefined => {
  const content = isRecord(told) ? told["content"] : undefined;
  return isSealed(content) ? content : undefined;
};

/** What has come of a card, as either side may see it; sealed parts in base64url. */
export interface CardState {
  readonly state: "waiting" | "taken" | "declined";
  /** The guest's half of the keys, for her. */
  readonly reply: string | null;
  /** Her half, for the guest. */
  readonly shown: string | null;
}

const CARD_STATES = ["waiting", "taken", "declined"] as const;

function readCardState(told: unknown): CardState | undefined {
  if (!isRecord(told)) return undefined;
  const { reply, shown } = told;
  const state = CARD_STATES.find((each) => each === told["state"]);
  if (!state || !isTextOrNull(reply) || !isTextOrNull(shown)) return undefined;
  return { state, reply, shown };
}

const readId = (told: unknown): string | undefined => {
  const id = isRecord(told) ? told["id"] : undefined;
  return isId(id) ? id : undefined;
};

/** "refused" where she has as many as she may. It holds for 24 hours, once. */
export const layCard = (lookup: string, content: string): Promise<Reply<undefined>> =>
  tell("POST", "/s/card", { lookup, content });

/** Needs no account. "nothing": unknown, over, taken, or turned down. */
export const readCard = (lookup: string): Promise<Reply<string>> =>
  ask("POST", "/s/card/read", { lookup }, readContent);

export const takeCard = (lookup: string, reply: string): Promise<Reply<undefined>> =>
  tell("POST", "/s/card/take", { lookup, reply });

/** "Not right now", without an account. */
export const passCard = (lookup: string): Promise<Reply<undefined>> => tell("POST", "/s/card/pass", { lookup });

export const lookAtCard = (lookup: string): Promise<Reply<CardState>> =>
  ask("POST", "/s/card/look", { lookup }, readCardState);

export const showCard = (lookup: string, shown: string): Promise<Reply<undefined>> =>
  tell("POST", "/s/card/show", { lookup, shown });

/** Only now there is a pair. Gives the id of her end. */
export const finishCard = (lookup: string, notes: string): Promise<Reply<string>> =>
  ask("POST", "/s/card/done", { lookup, notes }, readId);

/** Taken back, by whoever of the two. */
export const dropCard = (lookup: string): Promise<Reply<undefined>> => tell("POST", "/s/card/off", { lookup });
