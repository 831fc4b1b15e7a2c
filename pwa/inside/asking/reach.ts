// Whether pushes reach this phone, and how to have them do so. Permission is asked for by her tap alone.

import { keyOf, subscribeFor, tellReach } from "../../shared/reach.ts";
import type { Reply } from "../../shared/api.ts";
import { pageData } from "../../shell/page-data.ts";

/**
 * ask: she has not been asked on this phone; denied: she or the phone said no; unsupported: this browser has no pushes;
 * late: the push service did not answer; failed: it refused, or the server could not be told.
 */
export type ReachState = "on" | "ask" | "denied" | "unsupported" | "late" | "failed";

export interface Reached {
  readonly state: ReachState;
  /** Where pushes go now; null unless the state is "on". */
  readonly endpoint: string | null;
}

// `subscribe` can hang for ever where no push service answers.
const SUBSCRIBE_MS = 20_000;

class LateError extends Error {}

function soon<T>(act: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new LateError());
    }, SUBSCRIBE_MS);
    void act
      .finally(() => {
        clearTimeout(timer);
      })
      .then(resolve, reject);
  });
}

const isSupported = (): boolean =>
  "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;

/** As far as that can be said without asking her: "on" is no more than that pushes are allowed. */
export function reachNow(): ReachState {
  if (!isSupported()) return "unsupported";
  if (Notification.permission === "granted") return "on";
  return Notification.permission === "denied" ? "denied" : "ask";
}

/** Asks her, if she has not been asked: to be called within her tap, before anything else is waited for. */
export async function askPermission(): Promise<ReachState> {
  if (reachNow() === "ask") await Notification.requestPermission();
  return reachNow();
}

async function managerOf(scope: string): Promise<PushManager | undefined> {
  const registration = await navigator.serviceWorker.getRegistration(scope);
  // Without an active worker nobody would be there to show a push.
  return registration?.active ? registration.pushManager : undefined;
}

/** For the worker, which may have to subscribe again by itself (pwa/service-worker/answer-queue.ts). */
async function noteKey(key: string | undefined): Promise<void> {
  const { cover, scope } = pageData();
  const kept = await caches.open(`${cover}-${NAMES.keptCache}`);
  const address = `${scope}${NAMES.reachKeyEntry}`;
  await (key === undefined ? kept.delete(address) : kept.put(address, new Response(key)));
}

async function subscribed(manager: PushManager, key: string): Promise<PushSubscription> {
  const before = await soon(manager.getSubscription());
  if (before) {
    if ((keyOf(before) ?? key) === key) return before;
    // The server has another key now, and its pushes would be turned away.
    await soon(before.unsubscribe());
  }
  return soon(subscribeFor(manager, key));
}

/**
 * Makes sure that pushes reach this phone: permission, subscription, the server's key, and that the server knows.
 * `told` is the endpoint that it was last told of, if it still keeps that. Never rejects, and never asks her.
 */
export async function ensureReach(
  scope: string,
  key: string,
  told: string | null,
  tell: (act: () => Promise<Reply<undefined>>) => Promise<Reply<undefined>>,
): Promise<Reached> {
  const off = (state: ReachState): Reached => ({ state, endpoint: null });
  if (reachNow() !== "on") return off(reachNow());
  try {
    const manager = await managerOf(scope);
    if (!manager) return off("failed");
    await noteKey(key);
    const subscription = await subscribed(manager, key);
    const on: Reached = { state: "on", endpoint: subscription.endpoint };
    if (subscription.endpoint === told) return on;
    return (await tell(() => tellReach(subscription, key))).ok ? on : off("failed");
  } catch (error) {
    if (error instanceof LateError) return off("late");
    return off(error instanceof DOMException && error.name === "NotAllowedError" ? "denied" : "failed");
  }
}

/**
 * Gives the subscription back to the browser: when she turns pushes off, or when the push service has forgotten it while
 * the browser still holds it. Never rejects.
 */
export async function endReach(scope: string): Promise<void> {
  try {
    await noteKey(undefined);
    const manager = isSupported() ? await managerOf(scope) : undefined;
    await (await manager?.getSubscription())?.unsubscribe();
  } catch {
    // The server forgets it all the same, and sends nothing more.
  }
}

/** When everything is removed: of every cover on this phone. Never rejects. */
export async function endEveryReach(): Promise<void> {
  try {
    for (const name of await caches.keys()) {
      if (!name.endsWith(`-${NAMES.keptCache}`)) continue;
      const kept = await caches.open(name);
      for (const { url } of await kept.keys()) {
        const { pathname } = new URL(url);
        const isOurs = [NAMES.reachKeyEntry, NAMES.lastLineEntry].some((entry) => pathname.endsWith(`/${entry}`));
        if (isOurs) await kept.delete(pathname);
      }
    }
    if (!isSupported()) return;
    for (const { pushManager } of await navigator.serviceWorker.getRegistrations())
      await (await pushManager.getSubscription())?.unsubscribe();
  } catch {
    // The phone refuses: then there is nothing to end, or nothing to be done about it.
  }
}
