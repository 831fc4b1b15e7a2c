// The copy that lies with the server: made when she turns it on, brought up to date once a day, erased when she turns it
// off. The server gets bytes that only her eight words open; the words themselves are kept nowhere.

import { now } from "../../shared/clock.ts";
import { bytesOfName, nameOf, randomBytes, type Bytes } from "../../shared/bytes.ts";
import type { Kept } from "../../vault/export-contents.ts";
import { NONCE_BYTES, nonceOf, PaddedError } from "../../vault/padded.ts";
import { openBlob, sealBlob } from "../../vault/saved-blob.ts";
import type { Entry, Store } from "../../vault/store.ts";
import type { WordKeys } from "../../vault/stretched-keys.ts";
import { gatherPairs } from "../circle/carry.ts";
import { gather } from "../copy-file.ts";
import { dropCopy, fetchCopy, putCopy, putWords } from "../../shared/phones-api.ts";
import { failed, type Reply, type Trouble } from "../../shared/asking.ts";
import { ACCOUNT, findAccount, openAccount, signedIn } from "../account.ts";

export const SPARE = "spare";

/** Kept in the vault for as long as the copy is on. */
export interface Spare {
  /** What her words open the copy with. */
  readonly key: string;
  /** When the server last took it, in milliseconds since 1970. */
  readonly savedAt: number;
  /** What the copy was made of then: unchanged, there is nothing to save. */
  readonly holds: string;
  /** The copies this phone may have sent last: any other is another phone's, and is not written over unasked. */
  readonly ours: readonly string[];
  /** Whose copy it is: with another account, its words lead elsewhere. */
  readonly account: string;
  /** She has turned it off; it is not done yet. */
  readonly ending: boolean;
}

/**
 * elsewhere: another phone has saved since, under the same words; ended: the copy is off, or has other words, by way of
 * another phone, and so it is off here; too-big: it holds more than the server takes.
 */
export type SpareTrouble = Trouble | "elsewhere" | "ended" | "too-big";
export type Saved =
  { readonly ok: true; readonly savedAt: number } | { readonly ok: false; readonly trouble: SpareTrouble };

// More tries than anybody makes without one that gets through; the oldest name goes first.
const MOST_NAMES = 8;
const A_DAY_MS = 24 * 60 * 60 * 1000;

export async function readSpare(store: Store): Promise<Entry<Spare> | undefined> {
  const entry = (await store.load(SPARE)).entries.at(-1);
  if (!entry || !isSpare(entry.value)) return undefined;
  // Opened anew since, after all was erased from another phone: nobody's words lead to this account.
  const isThisOnes = entry.value.account === (await findAccount(store))?.account;
  return isThisOnes ? (entry as Entry<Spare>) : undefined;
}

/**
 * Sends the copy, and only then lets the words sign in: they never lead to nothing. Older words of hers stop first.
 */
export async function turnOn(store: Store, keys: WordKeys): Promise<Saved> {
  const opened = await openAccount(store);
  if (!opened.ok) return opened;
  const before = await readSpare(store);
  if (before) {
    // The old words must not lead to what they do not open, should one of the next steps fail.
    const gone = await signedIn(store, () => putWords(null));
    if (!gone.ok) return gone;
  }
  const { account } = opened.value;
  const begun: Spare = { key: nameOf(keys.key), savedAt: 0, holds: "", ours: [], account, ending: false };
  const sent = await send(store, (await store.save(SPARE, begun, before)).entry as Entry<Spare>);
  if (!sent.ok) return undo(store, sent);
  const { lookup, proof } = keys;
  const known = await signedIn(store, () => putWords({ lookup, proof }));
  return known.ok ? sent : undo(store, known);
}

/** What has not begun is not left half on: she is told, and can begin again with new words. */
async function undo<T>(store: Store, failed: T): Promise<T> {
  await forgetSpare(store);
  return failed;
}

/** For "save now". With `takeOver`, also in place of a copy that another phone has saved under the same words. */
export async function saveNow(store: Store, { takeOver = false } = {}): Promise<Saved> {
  const spare = await readSpare(store);
  if (!spare) return failed("nothing");
  if (spare.value.ending) return end(store, await turnOff(store));
  const lies = await signedIn(store, fetchCopy);
  // Words that do not lead to what is saved would be worse than no copy: then it is off, and she can turn it on again.
  if (!lies.ok) return lies.trouble === "nothing" ? end(store) : lies;
  if (spare.value.ours.includes(nameOf(nonceOf(lies.value)))) return send(store, spare);
  if (!(await opens(lies.value, spare.value))) return end(store);
  return takeOver ? send(store, spare) : { ok: false, trouble: "elsewhere" };
}

async function end(store: Store, off: Reply<undefined> = { ok: true, value: undefined }): Promise<Saved> {
  if (!off.ok) return off;
  await forgetSpare(store);
  return { ok: false, trouble: "ended" };
}

async function opens(blob: Bytes, { key }: Spare): Promise<boolean> {
  try {
    await openBlob(blob, bytesOfName(key));
    return true;
  } catch (error) {
    if (!(error instanceof PaddedError)) throw error;
    // A later version's cannot be told from one under other words; neither is written over.
    return false;
  }
}

/** Whenever she is inside: nothing where nothing has changed, and at most once a day. Undefined: it was not due. */
export async function saveIfDue(store: Store): Promise<Saved | undefined> {
  const spare = await readSpare(store);
  if (!spare) return undefined;
  if (spare.value.ending) return saveNow(store);
  const since = now().getTime() - spare.value.savedAt;
  // A clock that was set back proves nothing.
  if (since >= 0 && since < A_DAY_MS) return undefined;
  return (await digestOf(await gatherForSpare(store))) === spare.value.holds ? undefined : saveNow(store);
}

/**
 * First the words, so that they never lead to nothing, then the copy, then what this phone knows of both. Where it fails
 * halfway, it is finished on a later look.
 */
export async function turnOff(store: Store): Promise<Reply<undefined>> {
  const spare = await readSpare(store);
  if (spare) await store.save(SPARE, { ...spare.value, ending: true } satisfies Spare, spare);
  const words = await signedIn(store, () => putWords(null));
  if (!words.ok) return words;
  const erased = await signedIn(store, dropCopy);
  if (erased.ok) await forgetSpare(store);
  return erased;
}

export async function forgetSpare(store: Store): Promise<void> {
  for (const entry of (await store.load(SPARE)).entries) await store.remove(entry);
}

/**
 * What the copy holds: all she wrote, the people she has a pair with, and what signs in. What is this phone's own - its
 * number, its settings - stays.
 */
export async function gatherForSpare(store: Store): Promise<readonly Kept[]> {
  const own = await findAccount(store);
  const entries: readonly Kept[] = [...(await gather(store)), ...(await gatherPairs(store))];
  if (!own) return entries;
  const { account, secret } = own;
  return [...entries, { kind: ACCOUNT, value: { account, secret }, at: 0 }];
}

/** Remembers, in place of what is remembered, what this phone has sent or found. */
export async function noteSpare(store: Store, key: Bytes, blob: Bytes): Promise<void> {
  const ours = [nameOf(nonceOf(blob))];
  const holds = await digestOf(await gatherForSpare(store));
  const account = (await findAccount(store))?.account ?? "";
  const found: Spare = { key: nameOf(key), savedAt: now().getTime(), holds, ours, account, ending: false };
  await store.save(SPARE, found, await readSpare(store));
}

async function send(store: Store, spare: Entry<Spare>): Promise<Saved> {
  const entries = await gatherForSpare(store);
  const nonce = randomBytes(NONCE_BYTES);
  let blob: Bytes;
  try {
    blob = await sealBlob(entries, bytesOfName(spare.value.key), nonce);
  } catch (error) {
    if (error instanceof PaddedError) return { ok: false, trouble: "too-big" };
    throw error;
  }
  // Noted before it is sent: an answer may get lost on the way back, and the next save must know this copy for its own.
  const name = nameOf(nonce);
  const { ours } = spare.value;
  const noted = await store.save(
    SPARE,
    { ...spare.value, ours: [...ours.slice(1 - MOST_NAMES), name] } satisfies Spare,
    spare,
  );
  const answer = await signedIn(store, () => putCopy(blob));
  if (!answer.ok) return answer;
  const savedAt = now().getTime();
  const holds = await digestOf(entries);
  await store.save(SPARE, { ...spare.value, savedAt, holds, ours: [name] } satisfies Spare, noted.entry);
  return { ok: true, savedAt };
}

async function digestOf(entries: readonly Kept[]): Promise<string> {
  const plain = entries.map(({ kind, value, at }) => ({ kind, value, at }));
  const bytes = new TextEncoder().encode(JSON.stringify(plain));
  return nameOf(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

function isSpare(value: unknown): value is Spare {
  if (typeof value !== "object" || value === null) return false;
  const { key, savedAt, holds, ours, account } = value as Partial<Record<keyof Spare, unknown>>;
  if (typeof account !== "string") return false;
  return typeof key === "string" && typeof savedAt === "number" && typeof holds === "string" && Array.isArray(ours);
}
