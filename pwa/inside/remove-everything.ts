// Removes all that the inside has put on this phone. What the cover keeps stays, and so does its worker: without it the
// cover would not open offline, which would be the one thing to notice. The pack goes from every cache; it is fetched
// again when the door is next opened, as on a phone that has only just been given the app.

import type { InsidePlace } from "../door/door.ts";
import { forgetAnswers } from "../shared/answers.ts";
import { forgetNotes } from "../shared/notes.ts";
import { markPending, settlePending } from "../shell/pending.ts";
import type { Vault } from "../vault/store.ts";
import { findAccount } from "./account.ts";
import { endEveryReach } from "./asking/reach.ts";
import { forgetPacks } from "./seal-packs.ts";

const PATIENCE_MS = 2000;

/** Resolves to whether all of it is gone from the phone. Works without a network, and never rejects. */
export async function removeEverything(place: InsidePlace): Promise<boolean> {
  // Marked before the vault goes: a phone that dies in between still erases what the server has.
  if (await mayHaveAccount(place.vault)) markPending();
  const wiped = await place.vault.wipe().then(
    () => true,
    () => false,
  );
  return (await removeTraces(place)) && wiped;
}

/** While it is locked nobody can look; then it may. */
async function mayHaveAccount(vault: Vault): Promise<boolean> {
  try {
    if ((await vault.kind()) === "absent") return false;
    return !vault.isOpen() || (await findAccount(vault)) !== undefined;
  } catch {
    return true;
  }
}

/** What lies outside the vault: packs laid by, small choices, answers on their way, the way pushes take, the account. */
export async function removeTraces(place: InsidePlace): Promise<boolean> {
  for (const key of [NAMES.countryKey, NAMES.emergencyKey, NAMES.exitSeenKey, NAMES.slipsKey]) place.dropKept(key);
  // Begun now, finished on this connection or a later one; nobody waits for a network here.
  void settlePending();
  try {
    if (!(globalThis as { caches?: CacheStorage }).caches) return true;
    await forgetAnswers();
    await forgetPacks();
    await forgetNotes([NAMES.insideEntry, NAMES.reachKeyEntry, NAMES.lastLineEntry]);
    // Some browsers ask their push service first, and she waits for no network.
    await Promise.race([endEveryReach(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
    return true;
  } catch {
    return false;
  }
}
