// Her side of a pairing, step by step: laid down, answered, compared by voice, done. What is known so far is kept after
// each step, so that a phone that dies in between goes on where it was. No document.

import { failed, type Reply } from "../../shared/asking.ts";
import { dropCard, finishCard, layCard, lookAtCard, showCard, type CardState } from "../../shared/circle-api.ts";
import { now } from "../../shared/clock.ts";
import { bytesOfName, nameOf } from "../../shared/bytes.ts";
import type { Derive } from "../../vault/derive.ts";
import { PaddedError } from "../../vault/padded.ts";
import { agree, makeOffer, openReply, sealNotes, sealShown, type Asks, type Shown } from "../../vault/pairing.ts";
import type { Entry } from "../../vault/store.ts";
import { openAccount } from "../account.ts";
import type { Around } from "./look.ts";
import { dropCardEntry, saveCard, savePair, type Card, type Half, type Notes, type Pair } from "./pairs.ts";

export interface Wanted {
  readonly name: string;
  readonly asks: Asks;
  readonly notes: Notes;
  readonly language: string;
}

const halfOf = ({ publicKey, nonce }: Shown): Half => ({ publicKey: nameOf(publicKey), nonce: nameOf(nonce) });
const shownOf = ({ publicKey, nonce }: Half): Shown => ({
  publicKey: bytesOfName(publicKey),
  nonce: bytesOfName(nonce),
});

/** Opens an account if there is none. "refused": she has as many as she may. Rejects with VaultError, as all here do. */
export async function layDownCard(around: Around, derive: Derive, wanted: Wanted): Promise<Reply<Entry<Card>>> {
  const { vault } = around;
  const opened = await openAccount(vault);
  if (!opened.ok) return opened;
  const { name, asks, notes, language } = wanted;
  const made = await makeOffer(asks, language, derive);
  const laid = await around.ask(() => layCard(made.lookup, nameOf(made.content)));
  if (!laid.ok) return laid;
  const card: Card = {
    ...{ side: "hers", state: "waiting", name, asks, notes, lookup: made.lookup, madeAt: now().getTime() },
    ...halfOf(made),
    key: nameOf(made.key),
    privateKey: nameOf(made.privateKey),
    secret: nameOf(made.secret),
  };
  try {
    const entry = await saveCard(vault, card);
    await around.reload();
    return { ok: true, value: entry };
  } catch (error) {
    // Nobody could ever go on with it.
    await around.ask(() => dropCard(made.lookup));
    throw error;
  }
}

/** Asks what has become of it, and does what is next. The card as it is then; trouble only where the server has none to tell. */
export async function lookAfterCard(around: Around, entry: Entry<Card>): Promise<Reply<Entry<Card>>> {
  const told = await around.ask(() => lookAtCard(entry.value.lookup));
  if (!told.ok) return told.trouble === "nothing" ? keep(around, entry, { state: "over" }) : told;
  if (told.value.state === "declined") return keep(around, entry, { state: "declined" });
  if (entry.value.state !== "waiting" || told.value.state !== "taken") return { ok: true, value: entry };
  const answered = await takeReply(around, entry, told.value);
  return answered.ok ? show(around, answered.value) : answered;
}

async function keep(around: Around, entry: Entry<Card>, changed: Partial<Card>): Promise<Reply<Entry<Card>>> {
  const value = await saveCard(around.vault, { ...entry.value, ...changed }, entry);
  await around.reload();
  return { ok: true, value };
}

/** The first half that comes is kept, and none that comes later counts: a server could try many until the words fit. */
async function takeReply(around: Around, entry: Entry<Card>, { reply }: CardState): Promise<Reply<Entry<Card>>> {
  const card = entry.value;
  if (card.other && card.shown !== undefined) return { ok: true, value: entry };
  const key = bytesOfName(card.key);
  try {
    const other = halfOf(await openReply(bytesOfName(reply ?? ""), key));
    return await keep(around, entry, { other, shown: nameOf(await sealShown(shownOf(card), key)) });
  } catch (error) {
    if (!(error instanceof PaddedError)) throw error;
    // Whoever answered does not know the words.
    await around.ask(() => dropCard(card.lookup));
    return keep(around, entry, { state: "over" });
  }
}

async function show(around: Around, entry: Entry<Card>): Promise<Reply<Entry<Card>>> {
  const { lookup, shown, state } = entry.value;
  if (state !== "waiting" || shown === undefined) return { ok: true, value: entry };
  const sent = await around.ask(() => showCard(lookup, shown));
  return sent.ok ? keep(around, entry, { state: "compare" }) : sent;
}

/** Four places in a list of words, for both to say aloud; undefined before the other half is there, or where it is none. */
export async function placesOf({ value }: Entry<Card>): Promise<readonly number[] | undefined> {
  return (await agreed(value))?.places;
}

async function agreed(card: Card): Promise<Awaited<ReturnType<typeof agree>> | undefined> {
  if (!card.other) return undefined;
  try {
    return await agree({
      key: bytesOfName(card.key),
      lookup: card.lookup,
      hers: shownOf(card),
      theirs: shownOf(card.other),
      ownPrivate: bytesOfName(card.privateKey),
    });
  } catch (error) {
    if (error instanceof PaddedError) return undefined;
    throw error;
  }
}

/** The words match: only now there is a pair. */
export async function finish(around: Around, begun: Entry<Card>): Promise<Reply<Entry<Pair>>> {
  const keys = await agreed(begun.value);
  if (!keys) return failed("nothing");
  const ready = await noteKnown(around, begun);
  if (!ready.ok) return ready;
  const card = ready.value.value;
  const notes = card.notes ?? ["", "", ""];
  const sealed = nameOf(await sealNotes(keys.pairKey, notes));
  const done = await around.ask(() => finishCard(card.lookup, sealed));
  const id = done.ok ? done.value : done.trouble === "nothing" ? await idMadeBefore(around, card) : undefined;
  if (id === undefined) return done.ok ? failed("nothing") : done;
  const pair: Pair = {
    ...{ side: "hers", id, name: card.name, notes },
    key: nameOf(keys.pairKey),
    agreed_at: now().getTime(),
  };
  const entry = await savePair(around.vault, pair);
  await dropCardEntry(around.vault, card.lookup);
  await around.reload();
  await around.refresh();
  return { ok: true, value: entry };
}

/** Which pairs there were before: what comes of it is told from them, should the answer get lost on its way back. */
async function noteKnown(around: Around, begun: Entry<Card>): Promise<Reply<Entry<Card>>> {
  if (begun.value.known) return { ok: true, value: begun };
  const trouble = await around.refresh();
  if (trouble || !around.told) return failed(trouble ?? "offline");
  return keep(around, begun, { known: around.told.hers.map(({ id }) => id) });
}

async function idMadeBefore(around: Around, { known }: Card): Promise<string | undefined> {
  await around.refresh();
  const fresh = around.told?.hers.filter(({ id }) => !known?.includes(id)) ?? [];
  return fresh.length === 1 ? fresh[0]?.id : undefined;
}

/** Taken back, or the words do not match. Here it is gone at once; without a network the server lets it run out. */
export async function takeBack(around: Around, { value }: Entry<Card>): Promise<void> {
  await dropCardEntry(around.vault, value.lookup);
  await around.reload();
  if (value.state === "waiting" || value.state === "compare") await around.ask(() => dropCard(value.lookup));
}
