// From eight words, or from the code that adds a phone, to what the server may see of them and what it may not. One
// stretching, then a part for each purpose: none of them leads to another (docs/VAULT.md, "From words to sign-in and
// backup").

import { nameOf, type Bytes } from "../shared/bytes.ts";
import type { Derive } from "./derive.ts";
import type { Cost } from "./header.ts";

/** What eight words are good for. The server gets the first two; the key stays on her phones. */
export interface WordKeys {
  /** 22 letters: finds the account. */
  readonly lookup: string;
  /** 43 letters: signs in to it. */
  readonly proof: string;
  readonly key: Bytes;
}

export interface CodeKeys {
  readonly lookup: string;
  readonly key: Bytes;
}

const LOOKUP_BYTES = 16;
const PROOF_BYTES = 32;
const KEY_BYTES = 32;

// Fixed for good, since a new phone knows nothing but the words: with another cost they would lead elsewhere. It is the
// vault's floor, which a phone that can have a vault can pay.
const COST: Cost = { memoryKib: 46 * 1024, time: 1 };

// For the same reason no salt is drawn. Words and codes are random and too many to be worked out beforehand. The salts
// travel in the script, so they are dull.
const WORDS_SALT = "seed for one v1.";
const CODE_SALT = "one phone more 1";

export async function keysOfWords(secret: Bytes, derive: Derive): Promise<WordKeys> {
  const root = await rootOf(secret, WORDS_SALT, derive);
  return {
    lookup: nameOf(await part(root, "lookup 1", LOOKUP_BYTES)),
    proof: nameOf(await part(root, "proof 1", PROOF_BYTES)),
    key: await part(root, "saved 1", KEY_BYTES),
  };
}

export async function keysOfCode(code: string, derive: Derive): Promise<CodeKeys> {
  const root = await rootOf(new TextEncoder().encode(code), CODE_SALT, derive);
  return {
    lookup: nameOf(await part(root, "lookup 1", LOOKUP_BYTES)),
    key: await part(root, "handed 1", KEY_BYTES),
  };
}

/** Slow: HKDF's input from what was drawn at random, under a salt that says what for. */
export async function rootOf(secret: Bytes, salt: string, derive: Derive): Promise<CryptoKey> {
  const stretched = await derive(secret, new TextEncoder().encode(salt), COST);
  const root = await rootFrom(stretched);
  stretched.fill(0);
  return root;
}

/** HKDF's input from what is a key already. */
export function rootFrom(key: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, "HKDF", false, ["deriveBits"]);
}

export async function part(root: CryptoKey, info: string, bytes: number, salt = new Uint8Array()): Promise<Bytes> {
  const how = { name: "HKDF", hash: "SHA-256", salt, info: new TextEncoder().encode(info) };
  return new Uint8Array(await crypto.subtle.deriveBits(how, root, bytes * 8));
}
