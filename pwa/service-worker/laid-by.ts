// What lies on the phone, for whoever answers the page.

import { cacheName } from "./plan.ts";

/** Keeps the worker running until the work is done; without it some phones stop it as soon as the answer is given. */
export type StayAwake = (work: Promise<unknown>) => void;

/** What is laid by under an address. A phone that refuses its storage has nothing laid by: the network answers then. */
export async function laidBy(address: string): Promise<Response | undefined> {
  try {
    const cache = await caches.open(cacheName);
    return await cache.match(address);
  } catch {
    return undefined;
  }
}
