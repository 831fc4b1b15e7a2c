// How a pack may rest on the phone: plainly as long as nothing is kept under a passcode, from then on sealed only. Used
// by the workers, which lay packs by, and by the page that makes a vault, which seals those of every cover.

import type { Bytes } from "../shared/bytes.ts";
import { peekHeader } from "./peek.ts";
import { SEALED, sealTo } from "./sealed-box.ts";
import { VaultError } from "./store.ts";

/** plainly; sealed to a key; or not at all, where there is a vault whose key this version cannot read. */
type Rest = "plainly" | "never" | Bytes;

async function howPacksRest(): Promise<Rest> {
  try {
    const header = await peekHeader();
    return !header || header.isFree ? "plainly" : header.publicKey;
  } catch (error) {
    if (error instanceof VaultError && error.code !== "blocked") return "never";
    throw error;
  }
}

/** Holds for every version and language (server/addresses.py), so old caches are found too. */
const isPackAddress = (address: string): boolean => new URL(address).pathname.endsWith(".bin");

export const isSealed = (bytes: Bytes): boolean => bytes[0] === SEALED;

export async function bytesOf(response: Response): Promise<Bytes> {
  return new Uint8Array(await response.arrayBuffer());
}

const answerOf = (bytes: Bytes): Response =>
  new Response(bytes, { headers: { "content-type": "application/octet-stream" } });

async function sealEntry(cache: Cache, address: string, rest: Exclude<Rest, "plainly">): Promise<void> {
  try {
    const kept = await cache.match(address);
    if (!kept) return;
    const bytes = await bytesOf(kept);
    if (isSealed(bytes)) return;
    if (rest === "never") throw new VaultError("newer");
    await cache.put(address, answerOf(await sealTo(rest, bytes)));
  } catch {
    // No room for it, or not to be read: none on the phone is better than a plain one. The next opening fetches it.
    await cache.delete(address);
  }
}

/** Seals whatever plain pack a cache holds, once there is a passcode. Rejects when the phone does not say whether. */
export async function sealPacksIn(cache: Cache): Promise<void> {
  const rest = await howPacksRest();
  if (rest === "plainly") return;
  for (const { url } of await cache.keys()) if (isPackAddress(url)) await sealEntry(cache, url, rest);
}

/** Lays a pack by in the one form that is right now. Rejects when there is no room, or the phone does not say which. */
export async function layPack(cache: Cache, address: string, packed: Bytes): Promise<void> {
  const rest = await howPacksRest();
  if (rest === "never") return;
  if (rest !== "plainly") {
    await cache.put(address, answerOf(await sealTo(rest, packed)));
    return;
  }
  await cache.put(address, answerOf(packed));
  // Another window may have set a passcode in between and found nothing here to seal.
  await sealPacksIn(cache);
}

export async function forgetPacksIn(cache: Cache): Promise<void> {
  const addresses = (await cache.keys()).map(({ url }) => url);
  await Promise.all(addresses.filter(isPackAddress).map((address) => cache.delete(address)));
}
