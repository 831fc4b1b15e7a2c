// Each try after a wrong one is answered later. The wait is running time, not clock time: closing the app starts it
// anew, setting the clock changes nothing, and the count outlives both (VA).

import type { Bytes } from "../shared/bytes.ts";

const WAITS_S = [0, 1, 2, 4, 8, 16, 30] as const;
const MOST = 255;

/** Seconds before the next try is answered, after so many wrong ones in a row. */
export function waitAfter(wrong: number): number {
  return WAITS_S[Math.min(wrong, WAITS_S.length - 1)] ?? 30;
}

export interface Tries {
  /** Wrong ones in a row. */
  readonly wrong: number;
  /** After so many everything is removed; 0 for never, unless she chose otherwise. */
  readonly wipeAfter: number;
}

/** Two bytes: what they tell, somebody who tries codes by hand knows already. */
export function writeTries({ wrong, wipeAfter }: Tries): Bytes {
  return new Uint8Array([Math.min(wrong, MOST), wipeAfter]);
}

export function readTries(record: Bytes | undefined): Tries {
  return { wrong: record?.[0] ?? 0, wipeAfter: record?.[1] ?? 0 };
}
