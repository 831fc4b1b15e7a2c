// What the server has of her is erased with all the rest. Only the cookie, which no script can read, says whose it is,
// so it cannot be done without a network: then one opaque mark stays on the phone until it is done (design: Vault).

import { tell } from "../shared/asking.ts";
import { dropKept, keep, readKept } from "./kept.ts";

/** Marks that all the server has is to be erased. The mark is random, as long as any, and says nothing. */
export function markPending(): void {
  keep(NAMES.pendingKey, crypto.randomUUID());
}

/**
 * Erases it, if it is still to be done. Resolves to whether nothing is left to do. Whatever opens an account, or signs
 * in to one, waits for this first: the cookie would otherwise lead to the new one. Never rejects.
 */
export async function settlePending(): Promise<boolean> {
  if (readKept(NAMES.pendingKey) === undefined) return true;
  // Sent to its end also when the page goes: she may close the app at once.
  const done = await tell("POST", "/s/clear", "{}", true);
  // Or nobody is signed in here, or not any more.
  if (!done.ok && done.trouble !== "closed") return false;
  dropKept(NAMES.pendingKey);
  return true;
}

/** On whichever cover is opened next, and as soon as there is a network. */
export function settleWhenOnline(): void {
  void settlePending();
  addEventListener("online", () => void settlePending());
}
