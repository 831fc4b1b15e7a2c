// Answers the page's requests: what is laid by from the store, everything else from the network.

import { chosenLanguage } from "./language.ts";
import { cacheName, plan } from "./plan.ts";

const packs = new Set(Object.values(plan.languages).map(({ pack }) => pack.address));
const shell = new Set(plan.shell.map(({ address }) => address));

async function coverPage(request: Request): Promise<Response> {
  const page = plan.languages[await chosenLanguage()]?.page.address;
  const cache = await caches.open(cacheName);
  return (page && (await cache.match(page))) || fetch(request);
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
  const cache = await caches.open(cacheName);
  return (await cache.match(request.url)) ?? fetch(request);
}

async function pack(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  const kept = request.cache === "reload" ? undefined : await cache.match(request.url);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request.url, response.clone()).catch(() => undefined);
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
