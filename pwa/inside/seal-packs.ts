// The packs of every cover on this phone, seen from the page: one origin, one vault, one store of caches.

import { forgetPacksIn, sealPacksIn } from "../vault/lay-pack.ts";

async function inEveryCache(act: (cache: Cache) => Promise<void>): Promise<void> {
  const done = (await caches.keys()).map(async (name) => act(await caches.open(name)));
  await Promise.all(done);
}

/**
 * After a passcode was set: no plain pack of any cover, version or language stays. Does nothing where there is no
 * passcode; sealed ones still open in a vault without. Each worker lays the next ones by sealed. Never rejects: at its
 * next start a worker seals what is left here.
 */
export async function sealPacks(): Promise<void> {
  try {
    await inEveryCache((cache) => sealPacksIn(cache).catch(() => undefined));
  } catch {
    // The phone refuses its storage: then it keeps no packs either, or lets nobody reach them.
  }
}

/** When all is removed: as on a phone that has not fetched any yet. Rejects where the phone refuses. */
export async function forgetPacks(): Promise<void> {
  await inEveryCache(forgetPacksIn);
}
