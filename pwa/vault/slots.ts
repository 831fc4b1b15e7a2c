// Two slots, always: one holds the vault's key, the other is a second passcode's or random bytes, and nobody can tell.
// Both are tried every time, so that neither which one opened, nor whether both can, shows in the time it takes.

import { joined, randomBytes, type Bytes } from "../shared/bytes.ts";
import { SLOT_BYTES } from "./header.ts";

export type Which = "first" | "second";
export type SlotNumber = 0 | 1;

export interface Found {
  readonly which: Which;
  readonly slot: SlotNumber;
  /** The vault's key for the first; for a second passcode nothing that opens anything. */
  readonly key: Bytes;
}

/** Bytes of the device key that belong to one slot. */
export const HALF_BYTES = 32;
export const KEY_BYTES = 32;

const NONCE_BYTES = 12;
const PAYLOAD_BYTES = 80;
const KIND: Readonly<Record<Which, number>> = { first: 1, second: 2 };

export function halfOf(deviceKey: Bytes, slot: SlotNumber): Bytes {
  return deviceKey.slice(slot * HALF_BYTES, (slot + 1) * HALF_BYTES);
}

/** HKDF (RFC 5869) over the stretched passcode and this slot's half of the device key. */
async function slotKey(stretched: Bytes, half: Bytes, slot: SlotNumber): Promise<CryptoKey> {
  const secret = joined(stretched, half);
  const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  secret.fill(0);
  const info = new TextEncoder().encode(`slot${slot}`);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info },
    base,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

export async function fillSlot(
  which: Which,
  key: Bytes,
  stretched: Bytes,
  half: Bytes,
  slot: SlotNumber,
): Promise<Bytes> {
  const payload = new Uint8Array(PAYLOAD_BYTES);
  payload[0] = KIND[which];
  payload.set(key, 1);
  const iv = randomBytes(NONCE_BYTES);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await slotKey(stretched, half, slot), payload);
  payload.fill(0);
  return joined(iv, new Uint8Array(sealed));
}

export function emptySlot(): Bytes {
  return randomBytes(SLOT_BYTES);
}

async function trySlot(content: Bytes, stretched: Bytes, half: Bytes, slot: SlotNumber): Promise<Found | undefined> {
  const key = await slotKey(stretched, half, slot);
  try {
    const iv = content.slice(0, NONCE_BYTES);
    const payload = new Uint8Array(
      await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, content.slice(NONCE_BYTES)),
    );
    return { which: payload[0] === KIND.first ? "first" : "second", slot, key: payload.slice(1, 1 + KEY_BYTES) };
  } catch {
    return undefined;
  }
}

export async function trySlots(
  slots: readonly [Bytes, Bytes],
  stretched: Bytes,
  deviceKey: Bytes,
): Promise<Found | undefined> {
  const [one, other] = await Promise.all([
    trySlot(slots[0], stretched, halfOf(deviceKey, 0), 0),
    trySlot(slots[1], stretched, halfOf(deviceKey, 1), 1),
  ]);
  return one ?? other;
}
