// Answers the page's requests: what is laid by from the store, everything else from the network.

import { chosenLanguage } from "./language.ts";
import { laidBy, type StayAwake } from "./laid-by.ts";
import { cacheName, plan, type Part } from "./plan.ts";
import { digestOf, layByVersion } from "./precache.ts";
import { servePack } from "./serve-pack.ts";

// Longer than a slow network takes for a page, shorter than anybody looks at an empty screen.
const NETWORK_MS = 4000;

const digestsOf = (parts: readonly Part[]) => new Map(parts.map(({ address, digest }) => [address, digest]));
const shell = digestsOf(plan.shell);
const packs = digestsOf(Object.values(plan.packs));

/** The same, where it is still what was laid by: storage rots, and what rots can even be impossible to read. */
async function laidByWhole(address: string, digest: string): Promise<Response | undefined> {
  const kept = await laidBy(address);
  try {
    return kept && (await digestOf(await kept.clone().arrayBuffer())) === digest ? kept : undefined;
  } catch {
    return undefined;
  }
}

async function layByIfRoom(address: string, response: Response): Promise<void> {
  try {
    const cache = await caches.open(cacheName);
    await cache.put(address, response);
  } catch {
    // No room: the next visit asks the network again.
  }
}

async function pageInAnyLanguage(): Promise<Response | undefined> {
  for (const { address } of Object.values(plan.languages)) {
    const kept = await laidBy(address);
    if (kept) return kept;
  }
  return undefined;
}

async function coverPage(request: Request, stayAwake: StayAwake): Promise<Response> {
  const kept = await laidBy(plan.languages[await chosenLanguage()]?.address ?? "");
  if (kept) return kept;
  // The browser has cleared it, or the language was chosen under another version: it is laid by again meanwhile.
  stayAwake(layByVersion().catch(() => undefined));
  const other = await pageInAnyLanguage();
  if (!other) return fetch(request);
  const late = new Promise<Response>((resolve) => {
    setTimeout(() => {
      resolve(other);
    }, NETWORK_MS);
  });
  return Promise.race([fetch(request).catch(() => other), late]);
}

/** An address nobody knows: the network says so; without one, the cover is the better answer than an error page. */
async function otherPage(request: Request, stayAwake: StayAwake): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return coverPage(request, stayAwake);
  }
}

/** A part of the shell: the one laid by, or the network's, which takes its place where it is missing or damaged. */
async function shellPart(request: Request, address: string, digest: string): Promise<Response> {
  const kept = request.cache === "reload" ? undefined : await laidByWhole(address, digest);
  if (kept) return kept;
  const response = await fetch(request);
  if (!response.ok) return response;
  const body = await response.clone().arrayBuffer();
  if ((await digestOf(body)) === digest) await layByIfRoom(address, response.clone());
  return response;
}

/** The answer to a request, or undefined where the browser should do as if there were no worker. */
export function serveRequest(request: Request, stayAwake: StayAwake): Promise<Response> | undefined {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return undefined;
  if (request.mode === "navigate") {
    return pathname === plan.scope ? coverPage(request, stayAwake) : otherPage(request, stayAwake);
  }
  const [part, packed] = [shell.get(pathname), packs.get(pathname)];
  if (packed !== undefined) return servePack(request, pathname, packed, stayAwake);
  return part === undefined ? undefined : shellPart(request, pathname, part);
}
