// The other side of a pairing: somebody was given eight words, reads what is asked, and accepts or does not. What is
// known so far is kept after each step, so that a phone that dies in between goes on where it was. No document.

import type { Reply, Trouble } from "../../shared/asking.ts";
import { dropCard, lookAtCard, passCard, readCard, takeCard } from "../../shared/circle-api.ts";
import { now } from "../../shared/clock.ts";
import { bytesOfName, nameOf, type Bytes } from "../../shared/bytes.ts";
import type { Derive } from "../../vault/derive.ts";
import { PaddedError } from "../../vault/padded.ts";
import { agree, keysOfSecret, makeReply, openOffer, openShown, type Asks, type Shown } from "../../vault/pairing.ts";
import { readWords, splitWords, unknownWords, WORD_COUNT } from "../../vault/recovery-words.ts";
import type { Entry } from "../../vault/store.ts";
import { openAccount } from "../account.ts";
import type { Around } from "./look.ts";
import { dropCardEntry, saveCard, savePair, type Card, type Half, type Pair } from "./pairs.ts";

/** What eight words lead to, opened. */
export interface Invite {
  readonly lookup: string;
  readonly key: Bytes;
  readonly commit: Bytes;
  readonly asks: Asks;
}

/**
 * unknown: words that are not in the list; eight: not as many; closed: they do not belong together. over: nobody asks
 * there, or not any more; own: it was made on this phone. newer, damaged: as of any sealed bytes.
 */
export type Fault = "unknown" | "eight" | "closed" | "over" | "own" | "newer" | "damaged" | Trouble;

/** How far it has come. wrong: the other phone did not keep to what it had shown first. made: it is a pair now. */
export type Stage = "sent" | "compare" | "agreed" | "made" | "over" | "wrong" | Trouble;

const halfOf = ({ publicKey, nonce }: Shown): Half => ({ publicKey: nameOf(publicKey), nonce: nameOf(nonce) });
const shownOf = ({ publicKey, nonce }: Half): Shown => ({
  publicKey: bytesOfName(publicKey),
  nonce: bytesOfName(nonce),
});

/** What eight typed words stand for, or what is wrong with them. */
export async function readTyped(typed: string, list: readonly string[]): Promise<Bytes | Fault> {
  if (unknownWords(typed, list).length > 0) return "unknown";
  if (splitWords(typed).length !== WORD_COUNT) return "eight";
  return (await readWords(typed, list)) ?? "closed";
}

/** Asks what is asked. Needs neither an account nor a place to keep anything. */
export async function openInvite(secret: Bytes, derive: Derive, around: Around | undefined): Promise<Invite | Fault> {
  const { lookup, key } = await keysOfSecret(secret, derive);
  await around?.load();
  if (around?.cards("hers").some(({ value }) => value.lookup === lookup)) return "own";
  const lies = await readCard(lookup);
  if (!lies.ok) return lies.trouble === "nothing" ? "over" : lies.trouble;
  try {
    const { commit, asks } = await openOffer(bytesOfName(lies.value), key);
    return { lookup, key, commit, asks };
  } catch (error) {
    if (error instanceof PaddedError) return error.code === "newer" ? "newer" : "damaged";
    throw error;
  }
}

/** "Not right now": to whoever asked it is no more than that. */
export const passOn = ({ lookup }: Invite): Promise<Reply<undefined>> => passCard(lookup);

/** Opens an account if there is none, and accepts. Rejects with VaultError, as all here do from now on. */
export async function accept(around: Around, invite: Invite, name: string): Promise<Reply<Entry<Card>>> {
  const opened = await openAccount(around.vault);
  if (!opened.ok) return opened;
  await around.reload();
  const { lookup, key, commit, asks } = invite;
  const before = around.cards("theirs").find(({ value }) => value.lookup === lookup);
  const entry = before ?? (await saveCard(around.vault, await makeCard(lookup, key, commit, asks, name)));
  await around.reload();
  // Kept before it is sent: an answer that is lost on its way back must not be the last that is heard of it.
  const taken = await take(around, entry.value);
  if (taken.ok) return { ok: true, value: entry };
  if (taken.trouble !== "offline" && taken.trouble !== "later") await forget(around, lookup);
  return taken;
}

async function makeCard(lookup: string, key: Bytes, commit: Bytes, asks: Asks, name: string): Promise<Card> {
  const made = await makeReply(key);
  return {
    ...{ side: "theirs", state: "sent", name, asks, lookup, madeAt: now().getTime() },
    ...halfOf(made),
    key: nameOf(key),
    commit: nameOf(commit),
    privateKey: nameOf(made.privateKey),
    shown: nameOf(made.content),
  };
}

/** May come again: the same bytes are taken twice as once. */
const take = (around: Around, { lookup, shown }: Card): Promise<Reply<undefined>> =>
  around.ask(() => takeCard(lookup, shown ?? ""));

/** Those that can still become a pair. */
export const pending = (around: Around): readonly Entry<Card>[] =>
  around.cards("theirs").filter(({ value }) => value.state !== "over");

/** Asks what has become of it, and does what is next. */
export async function lookAfter(around: Around, entry: Entry<Card>): Promise<Stage> {
  const { lookup, state, other } = entry.value;
  const told = await around.ask(() => lookAtCard(lookup));
  if (!told.ok) return told.trouble === "nothing" ? afterNothing(around, entry) : told.trouble;
  if (other) return state === "agreed" ? "agreed" : "compare";
  return told.value.shown === null ? "sent" : takeHalf(around, entry, told.value.shown);
}

/** It may have become a pair, or be over, or never have arrived. */
async function afterNothing(around: Around, { value: card }: Entry<Card>): Promise<Stage> {
  const trouble = await around.refresh();
  if (trouble) return trouble;
  if ((await settle(around)).some(({ lookup }) => lookup === card.lookup)) return "made";
  if (card.state === "sent" && !card.other) {
    const taken = await take(around, card);
    if (taken.ok) return "sent";
    if (taken.trouble !== "nothing" && taken.trouble !== "refused") return taken.trouble;
  }
  await forget(around, card.lookup);
  return "over";
}

async function takeHalf(around: Around, entry: Entry<Card>, shown: string): Promise<Stage> {
  const { key, commit = "" } = entry.value;
  try {
    const other = halfOf(await openShown(bytesOfName(shown), bytesOfName(key), bytesOfName(commit)));
    await saveCard(around.vault, { ...entry.value, other, state: "compare" }, entry);
    await around.reload();
    return "compare";
  } catch (error) {
    if (!(error instanceof PaddedError)) throw error;
    await stepBack(around, entry);
    return "wrong";
  }
}

/** Four places in a list of words, for both to say aloud; undefined where there is nothing to compare. */
export const fourPlaces = async ({ value }: Entry<Card>): Promise<readonly number[] | undefined> =>
  (await keysOf(value))?.places;

async function keysOf(card: Card): Promise<Awaited<ReturnType<typeof agree>> | undefined> {
  if (!card.other) return undefined;
  try {
    return await agree({
      key: bytesOfName(card.key),
      lookup: card.lookup,
      hers: shownOf(card.other),
      theirs: shownOf(card),
      ownPrivate: bytesOfName(card.privateKey),
    });
  } catch (error) {
    if (error instanceof PaddedError) return undefined;
    throw error;
  }
}

/** The four words are the same: what is left is for the other side to say so too. */
export async function matched(around: Around, entry: Entry<Card>): Promise<void> {
  await saveCard(around.vault, { ...entry.value, state: "agreed" }, entry);
  await around.reload();
}

/**
 * The words differ, or it was not meant: to the other side it is as if it had been turned down. Without a network it is
 * over on this phone, and the server is told when it can be.
 */
export async function stepBack(around: Around, entry: Entry<Card>): Promise<void> {
  await saveCard(around.vault, { ...entry.value, state: "over" }, entry);
  await around.reload();
  if (!(await around.refresh())) await settle(around);
}

/** Where the other side was quicker, it is a pair already, and ends as one. */
async function endCard(around: Around, { lookup }: Card): Promise<void> {
  const dropped = await around.ask(() => dropCard(lookup));
  if (!dropped.ok) return;
  await around.refresh();
  const made = around.told?.theirs.find(({ card }) => card === lookup);
  if (made) await around.stop(made.id);
  await forget(around, lookup);
}

async function forget(around: Around, lookup: string): Promise<void> {
  await dropCardEntry(around.vault, lookup);
  await around.reload();
}

/**
 * Of what was on its way, what the server now has as a pair; the cards that it was. A half that never reached this phone
 * leaves no key: the pair is there all the same, since somebody counts on it, and shows no note.
 */
export async function settle(around: Around): Promise<readonly Card[]> {
  const made: Card[] = [];
  for (const { value: card } of around.cards("theirs")) {
    if (card.state === "over") {
      await endCard(around, card);
      continue;
    }
    const tie = around.told?.theirs.find((each) => each.card === card.lookup);
    if (!tie) continue;
    if (!around.pairOf(tie.id)) await savePair(around.vault, await pairFrom(card, tie.id));
    await dropCardEntry(around.vault, card.lookup);
    made.push(card);
  }
  if (made.length > 0) await around.reload();
  return made;
}

async function pairFrom(card: Card, id: string): Promise<Pair> {
  const keys = await keysOf(card);
  const key = keys ? nameOf(keys.pairKey) : "";
  return { side: "theirs", id, name: card.name, key, asks: card.asks, agreed_at: now().getTime() };
}

export const isInvite = (found: Invite | Fault): found is Invite => typeof found === "object";
