// Those this phone's owner looks out for: who they are here, whether they ask to be reached, and what is said back.
// No document.

import type { Trouble } from "../../shared/asking.ts";
import { sayBack, type TheirTie } from "../../shared/circle-api.ts";
import { bytesOfName } from "../../shared/bytes.ts";
import { openNote, type Asks } from "../../vault/pairing.ts";
import type { Entry } from "../../vault/store.ts";
import type { Around } from "./look.ts";
import { savePair, type Pair } from "./pairs.ts";

export interface Person {
  readonly id: string;
  /** undefined: this phone has no name for them, as after a copy that is older than the pair. */
  readonly pair: Entry<Pair> | undefined;
  readonly name: string;
  readonly asks: Asks | undefined;
  /** It is time to say again that this is still right. */
  readonly isToAgree: boolean;
  readonly nudge: ShownHere | undefined;
}

export interface ShownHere {
  readonly id: string;
  readonly state: "open" | "handed" | "well";
  readonly note: string | undefined;
  /** As often as the server takes it today. */
  readonly mayStillSay: boolean;
}

// A day; the server counts, so that two phones do too.
const MOST_SAID = 3;

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const MANY = 3;
// As many as could ever matter.
const REMEMBERED = 20;

/** Those who ask to be reached come first. */
export async function peopleOf(around: Around): Promise<readonly Person[]> {
  const people = await Promise.all(tiesOf(around).map((tie) => personOf(around, tie)));
  const rank = ({ nudge }: Person): number => ["open", "handed"].indexOf(nudge?.state ?? "") >>> 0;
  return people.sort((one, other) => rank(one) - rank(other));
}

/** Without a network, those that this phone keeps, of whom nobody knows what they ask. */
function tiesOf(around: Around): readonly TheirTie[] {
  const known = around.pairs("theirs").map(({ value: { id } }) => ({ id, card: "", agree: false, nudge: null }));
  return around.told?.theirs ?? known;
}

async function personOf(around: Around, { id, agree, nudge }: TheirTie): Promise<Person> {
  const pair = around.pairOf(id);
  return {
    ...{ id, pair, name: pair?.value.name ?? "", asks: pair?.value.asks, isToAgree: agree },
    nudge: nudge
      ? {
          id: nudge.id,
          state: nudge.state,
          note: await noteOf(pair?.value, nudge.note),
          mayStillSay: nudge.said_today < MOST_SAID,
        }
      : undefined,
  };
}

/** undefined where nothing was written, or this phone has no key to it. */
async function noteOf(pair: Pair | undefined, box: string | null): Promise<string | undefined> {
  if (!pair?.key || box === null) return undefined;
  try {
    return await openNote(bytesOfName(pair.key), bytesOfName(box));
  } catch {
    // Not of the alphabet.
    return undefined;
  }
}

/** Passed to the server, which passes it on. What it changes here is asked for at once. */
export async function say(around: Around, id: string, says: number): Promise<Trouble | undefined> {
  const said = await around.ask(() => sayBack(id, says));
  if (!said.ok) return said.trouble;
  await around.refresh();
  return undefined;
}

/** Counted on this phone alone, each nudge once, when it is first seen. */
export async function noteSeen(around: Around, people: readonly Person[], at: number): Promise<void> {
  for (const { pair, nudge } of people) {
    if (!pair || nudge?.state !== "open" || nudge.id === pair.value.seen) continue;
    const nudges = [...(pair.value.nudges ?? []), at].slice(-REMEMBERED);
    await savePair(around.vault, { ...pair.value, nudges, seen: nudge.id }, pair);
  }
  await around.reload();
}

/** That all is well again has been read, so it need not come first any more. */
export async function noteCalm(around: Around, people: readonly Person[]): Promise<void> {
  const unread = people.filter(isNewlyWell);
  for (const { pair, nudge } of unread) {
    if (pair && nudge) await savePair(around.vault, { ...pair.value, calm: nudge.id }, pair);
  }
  if (unread.length > 0) await around.reload();
}

export const isNewlyWell = ({ pair, nudge }: Person): boolean =>
  nudge?.state === "well" && pair !== undefined && pair.value.calm !== nudge.id;

/** Three within a week, from whomever they came: a question, never more. */
export function isTimeToRest(pairs: readonly Entry<Pair>[], at: number): boolean {
  const lately = pairs.flatMap(({ value }) => value.nudges ?? []).filter((each) => each > at - WEEK_MS && each <= at);
  return lately.length >= MANY;
}

export async function rename(around: Around, { id, pair }: Person, name: string): Promise<void> {
  const value: Pair = pair?.value ?? { side: "theirs", id, name, key: "", agreed_at: 0 };
  await savePair(around.vault, { ...value, name }, pair);
  await around.reload();
}
