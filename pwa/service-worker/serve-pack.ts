// Answers the page's request for a pack. Only the page, once the vault is open, can look into a sealed one.

import { bytesOf, isSealed, layPack } from "../vault/lay-pack.ts";
import { laidBy, type StayAwake } from "./laid-by.ts";
import { cacheName } from "./plan.ts";
import { digestOf, sealLaidBy } from "./precache.ts";

/** The pack laid by, if it may still be whole: a page that cannot open a sealed one asks again. */
async function laidByPack(address: string, digest: string, stayAwake: StayAwake): Promise<Response | undefined> {
  const kept = await laidBy(address);
  if (!kept) return undefined;
  try {
    const bytes = await bytesOf(kept.clone());
    if (isSealed(bytes)) return kept;
    if ((await digestOf(bytes.buffer)) !== digest) return undefined;
  } catch {
    return undefined;
  }
  // Handed on as it is; if there is a passcode by now, it does not stay like this.
  stayAwake(sealLaidBy().catch(() => undefined));
  return kept;
}

async function layByPackIfRoom(address: string, digest: string, response: Response): Promise<void> {
  try {
    const bytes = await bytesOf(response);
    if ((await digestOf(bytes.buffer)) === digest) await layPack(await caches.open(cacheName), address, bytes);
  } catch {
    // No room, or half the pack: the next visit asks the network again.
  }
}

/**
 * A pack: the one laid by, or the network's where that is missing, damaged, or to be replaced ("reload"). After an update
 * on the server the network's may be newer than the scripts laid by: tonight a newer pack is far better than none (the
 * page checks whether it can read it), but it is not laid by among them. Nobody waits for it to be laid by.
 */
export async function servePack(
  request: Request,
  address: string,
  digest: string,
  stayAwake: StayAwake,
): Promise<Response> {
  const kept = request.cache === "reload" ? undefined : await laidByPack(address, digest, stayAwake);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) stayAwake(layByPackIfRoom(address, digest, response.clone()));
  return response;
}
