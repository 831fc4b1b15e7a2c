// Answers the page's requests: what is laid by from the store, everything else from the network.

import { chosenLanguage } from "./language.ts";
import { cacheName, plan } from "./plan.ts";
import { digestOf, layByVersion } from "./precache.ts";

const packs = new Map(Object.values(plan.languages).map(({ pack }) => [pack.address, pack.digest]));
const shell = new Set(plan.shell.map(({ address }) => address));

/** What is laid by under an address. A phone that refuses its storage has nothing laid by: the network answers then. */
async function laidBy(address: string): Promise<Response | undefined> {
  try {
    const cache = await caches.open(cacheName);
    return await cache.match(address);
  } catch {
    return undefined;
  }
}

async function layBy(address: string, response: Response): Promise<void> {
  try {
    const cache = await caches.open(cacheName);
    await cache.put(address, response);
  } catch {
    // No room: the next visit asks the network again.
  }
}

async function pageInAnyLanguage(): Promise<Response | undefined> {
  for (const { page } of Object.values(plan.languages)) {
    const kept = await laidBy(page.address);
    if (kept) return kept;
  }
  return undefined;
}

async function coverPage(request: Request): Promise<Response> {
  const kept = await laidBy(plan.languages[await chosenLanguage()]?.page.address ?? "");
  if (kept) return kept;
  // The browser has cleared it, or the language was chosen under another version: it is laid by again meanwhile.
  void layByVersion().catch(() => undefined);
  try {
    return await fetch(request);
  } catch (error) {
    const other = await pageInAnyLanguage();
    if (other) return other;
    throw error;
  }
}

/** An address nobody knows: the network says so; without one, the cover is the better answer than an error page. */
async function otherPage(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return coverPage(request);
  }
}

async function shellPart(request: Request): Promise<Response> {
  return (await laidBy(request.url)) ?? fetch(request);
}

/**
 * The pack laid by, or the network's. After an update on the server that may be a newer one than these scripts belong
 * to: tonight it is far better than none (the page checks whether it can read it), but it is not laid by among them.
 */
async function pack(request: Request): Promise<Response> {
  const kept = request.cache === "reload" ? undefined : await laidBy(request.url);
  if (kept) return kept;
  const response = await fetch(request);
  if (!response.ok) return response;
  const body = await response.clone().arrayBuffer();
  if ((await digestOf(body)) === packs.get(new URL(request.url).pathname)) await layBy(request.url, response.clone());
  return response;
}

/** The answer to a request, or undefined where the browser should do as if there were no worker. */
export function serveRequest(request: Request): Promise<Response> | undefined {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return undefined;
  if (request.mode === "navigate") return pathname === plan.scope ? coverPage(request) : otherPage(request);
  if (packs.has(pathname)) return pack(request);
  return shell.has(pathname) ? shellPart(request) : undefined;
}
