// Lays by all that one version needs, or nothing: a version whose parts do not all arrive whole is not installed.

import { bytesOf, layPack, sealPacksIn } from "../vault/lay-pack.ts";
import { chosenLanguage } from "./language.ts";
import { cacheName, isOwnOldCache, plan, type Part } from "./plan.ts";

export async function digestOf(body: ArrayBuffer): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return btoa(String.fromCharCode(...bytes));
}

/** Fetches one part and checks it against the plan. Rejects when it is missing or other bytes. */
async function fetchPart(part: Part): Promise<Response> {
  const response = await fetch(part.address, { credentials: "omit" });
  // A browser refuses to open a page with an answer that came by a redirect, online as well as offline.
  if (!response.ok || response.redirected) throw new Error("missing part", { cause: response.status });
  const body = await response.clone().arrayBuffer();
  if ((await digestOf(body)) !== part.digest) throw new Error("another version");
  return response;
}

type Fetched = readonly (readonly [address: string, response: Response])[];

async function fetchMissing(cache: Cache, parts: readonly Part[]): Promise<Fetched> {
  const missing = [];
  for (const part of parts) if (!(await cache.match(part.address))) missing.push(part);
  return Promise.all(missing.map(async (part) => [part.address, await fetchPart(part)] as const));
}

/** What belongs to one language: its page, as it comes, and its pack, in the form in which packs may rest. */
function inLanguage(name: string): { pages: Part[]; packs: Part[] } {
  const [page, pack] = [plan.languages[name], plan.packs[name]];
  return { pages: page ? [page] : [], packs: pack ? [pack] : [] };
}

async function layByAllOrNone(cache: Cache, parts: readonly Part[], packs: readonly Part[]): Promise<void> {
  // All are fetched and checked before the first is put, so that a failure leaves nothing half-done.
  const [asTheyCome, packed] = await Promise.all([fetchMissing(cache, parts), fetchMissing(cache, packs)]);
  // The packs first: a page in a language whose pack is not there would lead nowhere.
  for (const [address, response] of packed) await layPack(cache, address, await bytesOf(response));
  await Promise.all(asTheyCome.map(([address, response]) => cache.put(address, response)));
}

/** Rejects when not all could be had. What was there before stays: another worker may be serving from it. */
export async function layByVersion(): Promise<void> {
  const { pages, packs } = inLanguage(await chosenLanguage());
  const isNew = !(await caches.has(cacheName));
  const cache = await caches.open(cacheName);
  try {
    await layByAllOrNone(cache, [...plan.shell, ...pages], packs);
  } catch (error) {
    if (isNew) await caches.delete(cacheName);
    throw error;
  }
}

export async function layByLanguage(name: string): Promise<boolean> {
  const { pages, packs } = inLanguage(name);
  if (pages.length === 0) return false;
  try {
    await layByAllOrNone(await caches.open(cacheName), pages, packs);
    return true;
  } catch {
    // No network, or no room: the page stays in the language it has, and says so.
    return false;
  }
}

/** Seals what was laid by plainly before there was a passcode, wherever the page that set it could not do so itself. */
export async function sealLaidBy(): Promise<void> {
  await sealPacksIn(await caches.open(cacheName));
}

/** Deletes this cover's older versions; the caches of other covers are not its own. */
export async function clearOldVersions(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter(isOwnOldCache).map((name) => caches.delete(name)));
}
