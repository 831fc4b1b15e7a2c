// What lies with the server: all she keeps, under a key of her eight words. The server knows its size class and no more.

import type { Bytes } from "../shared/bytes.ts";
import { isContents, type Kept } from "./export-contents.ts";
import { openPadded, PaddedError, sealPadded } from "./padded.ts";

// As the server takes them (server/backups.py).
export const BLOB_SIZES = [16 * 1024, 64 * 1024, 256 * 1024, 1024 * 1024] as const;

/** Rejects with PaddedError "too-big" for more than the largest size holds. */
export async function sealBlob(entries: readonly Kept[], key: Bytes, nonce?: Bytes): Promise<Bytes> {
  const plain = entries.map(({ kind, value, at }) => ({ kind, value: value ?? null, at }));
  return sealPadded(key, { entries: plain }, BLOB_SIZES, nonce);
}

export async function openBlob(blob: Bytes, key: Bytes): Promise<readonly Kept[]> {
  const contents = await openPadded(key, blob, BLOB_SIZES);
  if (!isContents(contents)) throw new PaddedError("damaged");
  return contents.entries.map(({ kind, value, at }) => ({ kind, value, at }));
}
