// Adding a phone: a short code is shown on the first and typed on the second; what travels under it is the account, and
// the keys shared with others. What she has written travels with the backup only.

import type { Bytes } from "../shared/bytes.ts";
import { isContents, type Kept } from "./export-contents.ts";
import { openPadded, PaddedError, sealPadded } from "./padded.ts";

// The server takes no other size (server/handovers.py).
export const HANDOVER_SIZES = [4096] as const;

// Crockford's base 32: no letter that looks like another, and hardly a word that could be spelt with it.
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const LOOKS_LIKE: Readonly<Record<string, string>> = { o: "0", i: "1", l: "1" };
/** 50 bits: stretched, that is out of reach of anybody who has the few minutes, and of who keeps a copy of the database. */
export const CODE_LETTERS = 10;

/** As it is stretched: ten letters without a gap. */
export function makeCode(): string {
  const drawn = crypto.getRandomValues(new Uint8Array(CODE_LETTERS));
  return [...drawn].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
}

/** For eyes and ears: two groups of five. */
export function codeToShow(code: string): string {
  return `${code.slice(0, CODE_LETTERS / 2)} ${code.slice(CODE_LETTERS / 2)}`;
}

/** What was typed, in any case and with any gaps, as it is stretched; undefined if it can be no code. */
export function readCode(typed: string): string | undefined {
  const bare = typed
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s.-]/g, "");
  const letters = Array.from(bare, (letter) => LOOKS_LIKE[letter] ?? letter);
  const isCode = letters.length === CODE_LETTERS && letters.every((letter) => ALPHABET.includes(letter));
  return isCode ? letters.join("") : undefined;
}

export function sealHandover(entries: readonly Kept[], key: Bytes, nonce?: Bytes): Promise<Bytes> {
  return sealPadded(key, { entries }, HANDOVER_SIZES, nonce);
}

export async function openHandover(content: Bytes, key: Bytes): Promise<readonly Kept[]> {
  const contents = await openPadded(key, content, HANDOVER_SIZES);
  if (!isContents(contents)) throw new PaddedError("damaged");
  return contents.entries;
}
