// How long a passcode holds: against a hand at this phone, and against somebody who has copied its storage and has the
// machines to try. Every guess here is on the low side: people choose what others guess first.

import { plainDigits } from "../shared/digits.ts";

/** From "within a minute" to "longer than anybody waits". */
export type Span = "moment" | "minutes" | "hours" | "days" | "months" | "years" | "ages";

export interface Strength {
  readonly byHand: Span;
  readonly fromCopy: Span;
}

// The delay after wrong tries grows to 30 seconds; the first tries are quicker.
const HAND_SECONDS = 10;
// Argon2id over 46 MiB reads and writes some 100 MB for one guess, so memory bandwidth is the limit: about 10,000 a
// second on one graphics card of 1 TB/s. Ten of them.
const COPY_TRIES_PER_SECOND = 100_000;

// What lists of leaked passwords begin with, in both languages.
const COMMON =
  /^(password|passw0rd|qwerty\w*|letmein|iloveyou|welcome|admin|abc123|monkey|dragon|contrasena|contraseña|teamo|tequiero|hola|secret|secreto|1q2w3e4r)[\d!.]*$/;
const COMMON_TRIES = 100;
const KEYPAD = ["2580", "0852", "1379", "1397", "7931", "159753", "147258369", "123654"];

const DAY_SECONDS = 86_400;
const LIMITS: readonly (readonly [Span, number])[] = [
  ["moment", 60],
  ["minutes", 3600],
  ["hours", DAY_SECONDS],
  ["days", 60 * DAY_SECONDS],
  ["months", 730 * DAY_SECONDS],
  ["years", 36_500 * DAY_SECONDS],
];

function spanOf(seconds: number): Span {
  return LIMITS.find(([, limit]) => seconds < limit)?.[0] ?? "ages";
}

/** One character over and over, a row up or down, or a short piece repeated. */
function isPattern(text: string): boolean {
  const codes = Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, at) => code - (codes[at] ?? 0));
  const isRow = steps.every((step) => step === steps[0] && Math.abs(step) <= 1);
  return isRow || KEYPAD.includes(text) || /^(.{1,4}?)\1+$/u.test(text) || /^0?123456789?0?$/.test(text);
}

const isDay = (day: number, month: number): boolean => day >= 1 && day <= 31 && month >= 1 && month <= 12;

/** Days, years and birthdays, in whatever order: what somebody who knows her tries first. */
function triesOfDate(digits: string): number | undefined {
  const [a = 0, b = 0, c = 0] = (digits.match(/\d\d/g) ?? []).map(Number);
  if (digits.length === 4 && /^(19|20)/.test(digits)) return 100;
  if (digits.length === 4 && (isDay(a, b) || isDay(b, a))) return 730;
  const beginsWithDay = isDay(a, b) || isDay(b, a);
  if (digits.length === 6 && (beginsWithDay || isDay(c, b))) return 36_500;
  const ends = Number(digits.slice(6));
  const beginsWithYear = /^(19|20)/.test(digits) && isDay(ends, c);
  return digits.length === 8 && (beginsWithDay || beginsWithYear) ? 36_500 : undefined;
}

function triesOfDigits(digits: string): number {
  if (isPattern(digits)) return 20;
  // Of the codes people choose, a tenth of all there could be holds the most.
  return triesOfDate(digits) ?? 10 ** digits.length / 10;
}

/** Bits of one word of a passphrase. */
function bitsOfWord(word: string): number {
  if (/^\d+$/.test(word)) return Math.log2(triesOfDigits(word));
  if (word.length < 2 || isPattern(word)) return 2;
  if (COMMON.test(word.toLowerCase())) return Math.log2(COMMON_TRIES);
  // A word, whatever is done to its first letter and its end, counts as one of the few thousand that people think of.
  if (/^\p{L}[\p{Ll}\p{Lm}\p{Lo}\p{M}'’]*[\d!?.,]{0,4}$/u.test(word)) return Math.min(11, 2.2 * word.length);
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(word)).length;
  return word.length * (kinds >= 3 ? 4 : 2.5);
}

function triesOf(passcode: string): number {
  if (/^\d+$/.test(passcode)) return triesOfDigits(passcode);
  const words = new Set(
    passcode
      .toLowerCase()
      .split(/[\s\-_.]+/u)
      .filter(Boolean),
  );
  const spoken = passcode.split(/[\s\-_.]+/u).filter((word) => words.delete(word.toLowerCase()));
  return 2 ** spoken.reduce((bits, word) => bits + bitsOfWord(word), 0);
}

export function strengthOf(passcode: string): Strength {
  const tries = triesOf(plainDigits(passcode.normalize("NFKC"))) / 2;
  return { byHand: spanOf(tries * HAND_SECONDS), fromCopy: spanOf(tries / COPY_TRIES_PER_SECOND) };
}
