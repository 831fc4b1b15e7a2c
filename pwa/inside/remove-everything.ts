// Removes all that the inside has put on this phone. What the cover keeps stays, and so does its worker: without it the
// cover would not open offline, which would be the one thing to notice. The pack goes from every cache; it is fetched
// again when the door is next opened, as on a phone that has only just been given the app.

import type { InsidePlace } from "../door/door.ts";
import { forgetAnswers } from "../shared/answers.ts";
import { endEveryReach } from "./asking/reach.ts";
import { forgetPacks } from "./seal-packs.ts";

/** Resolves to whether all of it is gone. Works without a network, and never rejects. */
export async function removeEverything(place: InsidePlace): Promise<boolean> {
  const wiped = await place.vault.wipe().then(
    () => true,
    () => false,
  );
  return (await removeTraces(place)) && wiped;
}

/** What lies outside the vault: the packs laid by, answers on their way, the way pushes take, and the few small choices. */
export async function removeTraces(place: InsidePlace): Promise<boolean> {
  for (const key of [NAMES.countryKey, NAMES.emergencyKey, NAMES.exitSeenKey, NAMES.slipsKey]) place.dropKept(key);
  try {
    if (!(globalThis as { caches?: CacheStorage }).caches) return true;
    await forgetAnswers();
    await endEveryReach();
    await forgetPacks();
    return true;
  } catch {
    return false;
  }
}
