// Two phones agree on a key through a server that may lie, from eight words said aloud; what they send each other is
// sealed, and of one size. docs/PAIRING.md gives every byte, and who could do what.

import { bytesOfName, joined, nameOf, randomBytes, type Bytes } from "../shared/bytes.ts";
import type { Derive } from "./derive.ts";
import { openPadded, PaddedError, sealPadded } from "./padded.ts";
import { SECRET_BYTES } from "./recovery-words.ts";
import { importPrivate, makePair, ownXOf, timesX, xOf } from "./sealed-box.ts";
import { part, rootFrom, rootOf } from "./stretched-keys.ts";

/** What she asks for. Names nobody. */
export interface Asks {
  /** To be reached when a check-in stays out. */
  readonly silence: boolean;
  /** To be reached when she would like some company. */
  readonly company: boolean;
  /** That no officers are called, unless a life is in danger. */
  readonly noOfficers: boolean;
  /** When to reach her, in her own words. */
  readonly hours?: string;
}

/** What each end shows the other. */
export interface Shown {
  /** P-256, uncompressed, 65 bytes. */
  readonly publicKey: Bytes;
  /** 32 random bytes. */
  readonly nonce: Bytes;
}

/** What eight words lead to. The server gets the first; the key stays on the two phones. */
export interface CardKeys {
  /** 22 letters. */
  readonly lookup: string;
  readonly key: Bytes;
}

interface OwnEnd extends Shown {
  /** PKCS8. Kept in the vault until the pair is made, then dropped. */
  readonly privateKey: Bytes;
  /** To be sent. */
  readonly content: Bytes;
}

interface MadeOffer extends OwnEnd, CardKeys {
  readonly secret: Bytes;
}

interface Offer {
  /** Holds her to the key that she shows later, and to what she asks for: openShown wants it as it is. */
  readonly commit: Bytes;
  readonly language: string;
  readonly asks: Asks;
}

interface Agreed {
  readonly pairKey: Bytes;
  /** From 0 to 2047: four words of a list, or four numbers. The same on both phones, or somebody is between them. */
  readonly places: readonly [number, number, number, number];
}

// The server takes no other size (server/invites.py, server/ties.py).
export const BOX_BYTES = 1024;
/** As a text field counts: UTF-16 units. As many of any script fit the box. */
export const NOTE_CHARACTERS = 300;

const SIZES = [BOX_BYTES];
const NONCE_BYTES = 32;
const KEY_BYTES = 32;
const LOOKUP_BYTES = 16;
const PUBLIC_BYTES = 65;
const DIGEST_BYTES = 32;
const MOST_HOURS = 120;
// Travels in the script, so it is dull; fixed for good, since the other phone knows nothing but the words.
const SALT = "seed for two v1.";
const FRAGMENT = /^#?([\w-]{14})$/;
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/;
const VERSION = 1;

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

async function digest(...parts: readonly Bytes[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
}

/** Rejects with PaddedError: "wrong" key or changed on the way, "newer" version, "damaged" inside. */
async function openAs(content: Bytes, key: Bytes, purpose: string): Promise<Readonly<Record<string, unknown>>> {
  const told = await openPadded(await part(await rootFrom(key), purpose, KEY_BYTES), content, SIZES);
  if (typeof told !== "object" || told === null) throw new PaddedError("damaged");
  const inside = told as Readonly<Record<string, unknown>>;
  if (typeof inside["v"] !== "number" || inside["v"] < VERSION) throw new PaddedError("damaged");
  if (inside["v"] !== VERSION) throw new PaddedError("newer");
  return inside;
}

/** Each box has a key of its own, so that none opens in the place of another. */
async function sealAs(inside: object, key: Bytes, purpose: string): Promise<Bytes> {
  return sealPadded(await part(await rootFrom(key), purpose, KEY_BYTES), { v: VERSION, ...inside }, SIZES);
}

function readBytes(value: unknown, length: number): Bytes {
  let bytes: Bytes | undefined;
  try {
    if (typeof value === "string") bytes = bytesOfName(value);
  } catch {
    // Not of the alphabet: as good as none.
  }
  if (bytes?.length !== length) throw new PaddedError("damaged");
  return bytes;
}

/** Both phones must take the same bytes for the same wishes, so these are not JSON. */
function asksBytes(language: string, asks: Asks): Bytes {
  const flags = Number(asks.silence) + 2 * Number(asks.company) + 4 * Number(asks.noOfficers);
  return joined(Uint8Array.of(flags), utf8(language), Uint8Array.of(0), utf8(asks.hours ?? ""));
}

function readAsks(value: unknown): Asks {
  if (typeof value !== "object" || value === null) throw new PaddedError("damaged");
  const { silence, company, noOfficers, hours } = value as Readonly<Record<string, unknown>>;
  const areSaid = typeof silence === "boolean" && typeof company === "boolean" && typeof noOfficers === "boolean";
  if (!areSaid || !(hours === undefined || isShort(hours))) throw new PaddedError("damaged");
  return { silence, company, noOfficers, ...(hours === undefined ? {} : { hours }) };
}

const isShort = (value: unknown): value is string => typeof value === "string" && value.length <= MOST_HOURS;

export async function keysOfSecret(secret: Bytes, derive: Derive): Promise<CardKeys> {
  const root = await rootOf(secret, SALT, derive);
  return { lookup: nameOf(await part(root, "lookup 1", LOOKUP_BYTES)), key: await part(root, "card 1", KEY_BYTES) };
}

async function makeEnd(): Promise<Omit<OwnEnd, "content">> {
  return { ...(await makePair()), nonce: randomBytes(NONCE_BYTES) };
}

/** Hers, first. Rejects with PaddedError "too-big" where the hours are too long. */
export async function makeOffer(asks: Asks, language: string, derive: Derive): Promise<MadeOffer> {
  if (!(asks.hours === undefined || isShort(asks.hours))) throw new PaddedError("too-big");
  const secret = randomBytes(SECRET_BYTES);
  const [keys, end] = await Promise.all([keysOfSecret(secret, derive), makeEnd()]);
  const commit = nameOf(await digest(end.publicKey, end.nonce, asksBytes(language, asks)));
  return { secret, ...keys, ...end, content: await sealAs({ commit, language, asks }, keys.key, "offer 1") };
}

/** Rejects with PaddedError. */
export async function openOffer(content: Bytes, key: Bytes): Promise<Offer> {
  const { commit, language, asks: asked } = await openAs(content, key, "offer 1");
  if (typeof language !== "string" || !LANGUAGE.test(language)) throw new PaddedError("damaged");
  const asks = readAsks(asked);
  return { commit: joined(readBytes(commit, DIGEST_BYTES), asksBytes(language, asks)), language, asks };
}

/** The buddy's, after the offer. */
export async function makeReply(key: Bytes): Promise<OwnEnd> {
  const end = await makeEnd();
  return { ...end, content: await sealEnd(end, key, "reply 1") };
}

export function openReply(content: Bytes, key: Bytes): Promise<Shown> {
  return openEnd(content, key, "reply 1");
}

/** Hers, once the reply is there: only now does anybody learn what she committed to. */
export function sealShown(shown: Shown, key: Bytes): Promise<Bytes> {
  return sealEnd(shown, key, "shown 1");
}

/** Rejects with PaddedError, "wrong" where she shows another key, or asks for something else, than she committed to. */
export async function openShown(content: Bytes, key: Bytes, commit: Bytes): Promise<Shown> {
  const shown = await openEnd(content, key, "shown 1");
  const held = await digest(shown.publicKey, shown.nonce, commit.slice(DIGEST_BYTES));
  if (nameOf(held) !== nameOf(commit.slice(0, DIGEST_BYTES))) throw new PaddedError("wrong");
  return shown;
}

function sealEnd({ publicKey, nonce }: Shown, key: Bytes, purpose: string): Promise<Bytes> {
  return sealAs({ publicKey: nameOf(publicKey), nonce: nameOf(nonce) }, key, purpose);
}

async function openEnd(content: Bytes, key: Bytes, purpose: string): Promise<Shown> {
  const { publicKey, nonce } = await openAs(content, key, purpose);
  return { publicKey: readBytes(publicKey, PUBLIC_BYTES), nonce: readBytes(nonce, NONCE_BYTES) };
}

/** The same on both phones. Rejects with PaddedError "damaged" where a key is none, or neither is one's own. */
export async function agree(ends: {
  readonly key: Bytes;
  readonly lookup: string;
  readonly hers: Shown;
  readonly theirs: Shown;
  readonly ownPrivate: Bytes;
}): Promise<Agreed> {
  const { key, lookup, hers, theirs } = ends;
  const transcript = await digest(
    utf8("pair 1"),
    utf8(lookup),
    hers.publicKey,
    hers.nonce,
    theirs.publicKey,
    theirs.nonce,
  );
  const compared = await part(await rootFrom(key), "words 1", 6, transcript);
  const shared = await sharedOf(ends.ownPrivate, hers.publicKey, theirs.publicKey);
  const secrets = joined(shared, key);
  const root = await rootFrom(secrets);
  // From here on only the browser holds them, where no script can read them.
  shared.fill(0);
  secrets.fill(0);
  const pairKey = await part(root, "pair key 1", KEY_BYTES, transcript);
  return { pairKey, places: placesOf(compared) };
}

/** Which of the two is one's own, the private key tells. */
async function sharedOf(ownPrivate: Bytes, hers: Bytes, theirs: Bytes): Promise<Bytes> {
  try {
    const own = await importPrivate(ownPrivate);
    const [ownX, herX, theirX] = [nameOf(await ownXOf(own)), nameOf(xOf(hers)), nameOf(xOf(theirs))];
    if (herX === theirX) throw new RangeError("sent back");
    if (ownX !== herX && ownX !== theirX) throw new RangeError("neither is one's own");
    return await timesX(own, ownX === herX ? theirs : hers);
  } catch (error) {
    throw new PaddedError("damaged", { cause: error });
  }
}

/** The first 44 bits, eleven a place. */
function placesOf(bytes: Bytes): Agreed["places"] {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const place = (at: number): number => parseInt(bits.slice(at * 11, (at + 1) * 11), 2);
  return [place(0), place(1), place(2), place(3)];
}

/** For silence, company, and an answer by a slip; "" for none. Rejects with PaddedError "too-big" for a note too long. */
export async function sealNotes(pairKey: Bytes, notes: readonly [string, string, string]): Promise<Bytes> {
  if (notes.some((text) => text.length > NOTE_CHARACTERS)) throw new PaddedError("too-big");
  const boxes: Bytes[] = [];
  for (const text of notes) boxes.push(await sealAs({ text }, pairKey, "note 1"));
  return joined(...boxes);
}

/** undefined for whatever this key does not open, as for a pair that is no more. */
export async function openNote(pairKey: Bytes, box: Bytes): Promise<string | undefined> {
  try {
    const { text } = await openAs(box, pairKey, "note 1");
    return typeof text === "string" ? text : undefined;
  } catch {
    return undefined;
  }
}

/** What stands after the link's "#": 14 letters. */
export function linkFragment(secret: Bytes): string {
  return nameOf(secret);
}

/** The secret of an address' "#..."; undefined for whatever else stands there. */
export function readFragment(hash: string): Bytes | undefined {
  const letters = FRAGMENT.exec(hash)?.[1];
  if (letters === undefined) return undefined;
  const secret = bytesOfName(letters);
  // The last letter has four bits to spare: only one way of writing them is ours.
  return nameOf(secret) === letters ? secret : undefined;
}
