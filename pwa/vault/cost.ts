// How hard a passcode is stretched: as hard as this phone manages without a wait, and never less than the floor,
// unless the phone cannot give the memory (OWASP Password Storage Cheat Sheet, Argon2id).

import type { Cost } from "./header.ts";

export const FLOOR: Cost = { memoryKib: 46 * 1024, time: 1 };

/** For phones that refuse the floor's memory: less memory, more passes (the same cheat sheet's other choices). */
export const BELOW_FLOOR: readonly Cost[] = [
  { memoryKib: 19 * 1024, time: 2 },
  { memoryKib: 12 * 1024, time: 3 },
  { memoryKib: 7 * 1024, time: 5 },
];

/**
 * A phone that saves power, or is hot, may be six times slower tonight than on the day the vault was made: then this
 * becomes a second and a half, which is as long as anybody should wait at a door.
 */
const WANTED_MS = 250;
/** More would get a background tab killed on a phone with little memory. */
const MOST_KIB = 128 * 1024;
const MOST_PASSES = 4;

/** The cost that takes about a quarter of a second on a phone that needs `floorMs` for the floor. Rises in steps of 1 MiB. */
export function costFor(floorMs: number): Cost {
  const times = Math.max(1, WANTED_MS / Math.max(1, floorMs));
  const memoryKib = Math.min(MOST_KIB, Math.floor((FLOOR.memoryKib * times) / 1024) * 1024);
  const time = Math.floor((FLOOR.memoryKib * times) / memoryKib);
  return { memoryKib, time: Math.min(MOST_PASSES, Math.max(1, time)) };
}

export function isBelowFloor({ memoryKib }: Cost): boolean {
  return memoryKib < FLOOR.memoryKib;
}
