// One record: an entry sealed under the vault's key and padded to a size class, so that its length tells little (VA).
// docs/VAULT.md gives the layout byte by byte.

import type { Bytes } from "../shared/bytes.ts";
import { VaultError, type Entry } from "./store.ts";

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;
/** A stored record is one of these long, give or take nothing: version, nonce and tag are counted in. */
const CLASSES = [256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576] as const;
const AROUND = 1 + NONCE_BYTES + TAG_BYTES;

type Written = Omit<Entry, "id" | "revision">;

function frame(text: string): Bytes {
  const json = new TextEncoder().encode(text);
  const size = CLASSES.find((size) => json.length + LENGTH_BYTES + AROUND <= size);
  if (size === undefined) throw new VaultError("full");
  const framed = new Uint8Array(size - AROUND);
  new DataView(framed.buffer).setUint32(0, json.length);
  framed.set(json, LENGTH_BYTES);
  return framed;
}

function unframe(framed: Bytes): string {
  const length = new DataView(framed.buffer).getUint32(0);
  return new TextDecoder("utf-8", { fatal: true }).decode(framed.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
}

/** Binds a record to its place: one copied over another does not open there. */
function parameters(id: string, nonce: Bytes): AesGcmParams {
  const place = new TextEncoder().encode(id);
  const additionalData = new Uint8Array(1 + place.length);
  additionalData[0] = VERSION;
  additionalData.set(place, 1);
  return { name: "AES-GCM", iv: nonce, additionalData };
}

/** Tells one writing of a record from every other: its nonce, which is never used twice. */
export function revisionOf(record: Bytes): string {
  return btoa(String.fromCharCode(...record.subarray(1, 1 + NONCE_BYTES)));
}

export async function sealRecord(key: CryptoKey, id: string, entry: Written): Promise<Bytes> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealed = await crypto.subtle.encrypt(parameters(id, nonce), key, frame(JSON.stringify(entry)));
  const record = new Uint8Array(1 + NONCE_BYTES + sealed.byteLength);
  record[0] = VERSION;
  record.set(nonce, 1);
  record.set(new Uint8Array(sealed), 1 + NONCE_BYTES);
  return record;
}

function isWritten(value: unknown): value is Written {
  if (typeof value !== "object" || value === null) return false;
  const { kind, at } = value as Partial<Record<keyof Written, unknown>>;
  return typeof kind === "string" && typeof at === "number";
}

/** Rejects with VaultError "newer" for a later version's record, "damaged" for one that is not as it was written. */
export async function openRecord(key: CryptoKey, id: string, record: Bytes): Promise<Entry> {
  if ((record[0] ?? 0) > VERSION) throw new VaultError("newer");
  try {
    const nonce = record.slice(1, 1 + NONCE_BYTES);
    const framed = await crypto.subtle.decrypt(parameters(id, nonce), key, record.slice(1 + NONCE_BYTES));
    const entry: unknown = JSON.parse(unframe(new Uint8Array(framed)));
    if (record[0] !== VERSION || !isWritten(entry)) throw new VaultError("damaged");
    return { ...entry, id, revision: revisionOf(record) };
  } catch (error) {
    throw new VaultError("damaged", { cause: error });
  }
}
