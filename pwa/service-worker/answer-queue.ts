// When the network is back, or the push service has changed its mind: what the worker does without her. It knows no
// secret: where the session has ended, all waits for the next visit.

import { sendWaitingAnswers } from "../shared/answers.ts";
import { readNote } from "../shared/notes.ts";
import { keyOf, subscribeFor, tellReach } from "../shared/reach.ts";
import { plan } from "./plan.ts";

declare const self: ServiceWorkerGlobalScope;

/** Rejects while it is worth another try: the browser then comes back to it by itself. */
export async function sendAnswers(): Promise<void> {
  const trouble = await sendWaitingAnswers();
  if (trouble === "offline" || trouble === "later") throw new Error("not sent yet", { cause: trouble });
}

/** The page notes it, since Firefox does not tell the worker which key the lost subscription was for. */
const notedKey = (): Promise<string | undefined> => readNote(plan, NAMES.reachKeyEntry);

/** Subscribes again and tells the server; where either fails, the next visit finds it out and does it. Never rejects. */
export async function subscribeAgain(lost: PushSubscription | null | undefined): Promise<void> {
  try {
    const key = (lost && keyOf(lost)) ?? (await notedKey());
    if (key !== undefined) await tellReach(await subscribeFor(self.registration.pushManager, key), key);
  } catch {
    // Permission is gone, or no push service answers.
  }
}
