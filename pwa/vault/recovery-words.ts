// Eight words to write down: 80 random bits and a checksum of 8, eleven bits a word. The lists are in the pack, one a
// language, and never change; a word's place in its list is its meaning (docs/VAULT.md).

import type { Bytes } from "../shared/bytes.ts";

export const WORD_COUNT = 8;
export const SECRET_BYTES = 10;

const BITS_PER_WORD = 11;
const LIST_LENGTH = 2 ** BITS_PER_WORD;
// So many letters tell a word from all others of its list.
const TELLING_LETTERS = 4;

export async function makeWords(list: readonly string[]): Promise<readonly string[]> {
  return wordsOf(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)), list);
}

export async function wordsOf(secret: Bytes, list: readonly string[]): Promise<readonly string[]> {
  if (list.length !== LIST_LENGTH || secret.length !== SECRET_BYTES) throw new RangeError("list");
  const bits = [...secret, await checksumOf(secret)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return Array.from({ length: WORD_COUNT }, (_, at) => {
    const place = parseInt(bits.slice(at * BITS_PER_WORD, (at + 1) * BITS_PER_WORD), 2);
    return list[place] ?? "";
  });
}

/** The secret of eight words typed in any case, with or without accents, or by their first four letters each. */
export async function readWords(typed: string, list: readonly string[]): Promise<Bytes | undefined> {
  const places = placesOf(typed, list);
  if (places.length !== WORD_COUNT || places.includes(-1)) return undefined;
  const bits = places.map((place) => place.toString(2).padStart(BITS_PER_WORD, "0")).join("");
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => parseInt(byte, 2));
  const secret = bytes.slice(0, SECRET_BYTES);
  return bytes[SECRET_BYTES] === (await checksumOf(secret)) ? secret : undefined;
}

/** What was typed and is not in the list, as it was understood: bare of case and accents. */
export function unknownWords(typed: string, list: readonly string[]): readonly string[] {
  const places = placesOf(typed, list);
  return splitWords(typed).filter((_, at) => places[at] === -1);
}

/** Whether what was typed is this word, whole or from its first letters on. */
export function isWord(typed: string, word: string): boolean {
  const [only = "", ...more] = splitWords(typed);
  const whole = bare(word);
  return more.length === 0 && (only === whole || (only.length >= TELLING_LETTERS && whole.startsWith(only)));
}

/** Letters only, small and without accents; whatever stands between them parts them. */
export function splitWords(typed: string): readonly string[] {
  return bare(typed).match(/\p{L}+/gu) ?? [];
}

function bare(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Each typed word's place in the list, -1 where it has none, or more than one. */
function placesOf(typed: string, list: readonly string[]): readonly number[] {
  const known = list.map(bare);
  return splitWords(typed).map((word) => {
    const whole = known.indexOf(word);
    if (whole >= 0 || word.length < TELLING_LETTERS) return whole;
    const meant = known.flatMap((other, place) => (other.startsWith(word) ? [place] : []));
    return meant.length === 1 ? (meant[0] ?? -1) : -1;
  });
}

async function checksumOf(secret: Bytes): Promise<number> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", secret))[0] ?? 0;
}
