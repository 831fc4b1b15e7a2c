// The vault's one plain record: how a passcode is stretched, which file holds the device key, two slots, the public key.
// Always the same length, whatever is set; docs/VAULT.md gives the layout byte by byte.

import { VaultError } from "./store.ts";

/** Argon2id's cost (RFC 9106): memory in KiB, passes over it. One lane: a phone's worker has one core. */
export interface Cost {
  readonly memoryKib: number;
  readonly time: number;
}

export interface Header {
  /** Without a passcode nothing is stretched; the device key alone opens it. */
  readonly isFree: boolean;
  readonly cost: Cost;
  readonly salt: Uint8Array<ArrayBuffer>;
  /** Names the device key's file. */
  readonly deviceName: Uint8Array<ArrayBuffer>;
  readonly slots: readonly [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>];
  /** P-256, uncompressed (SEC 1, section 2.3.3): what arrives while the vault is locked is sealed to it. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
}

/** Where it lies. Here and not in database.ts, so that who only reads it carries nothing else. */
export const STORE = "items";
export const HEADER_ID = "index";

export const VERSION = 1;
export const SALT_BYTES = 16;
export const DEVICE_NAME_BYTES = 8;
export const PUBLIC_KEY_BYTES = 65;
/** Nonce, sealed payload, tag. */
export const SLOT_BYTES = 12 + 80 + 16;

const FREE = 1;
const FIXED_BYTES = 11;
export const HEADER_BYTES = FIXED_BYTES + SALT_BYTES + DEVICE_NAME_BYTES + 2 * SLOT_BYTES + PUBLIC_KEY_BYTES;

export function writeHeader(header: Header): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES);
  const numbers = new DataView(bytes.buffer);
  numbers.setUint8(0, VERSION);
  numbers.setUint8(1, header.isFree ? FREE : 0);
  numbers.setUint32(2, header.cost.memoryKib);
  numbers.setUint32(6, header.cost.time);
  numbers.setUint8(10, 1);
  let at = FIXED_BYTES;
  for (const part of [header.salt, header.deviceName, ...header.slots, header.publicKey]) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Throws VaultError "newer" for a later version's, "damaged" for what is no header. */
export function readHeader(bytes: Uint8Array<ArrayBuffer>): Header {
  if ((bytes[0] ?? 0) > VERSION) throw new VaultError("newer");
  if (bytes[0] !== VERSION || bytes.length !== HEADER_BYTES) throw new VaultError("damaged");
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = FIXED_BYTES;
  const take = (length: number): Uint8Array<ArrayBuffer> => bytes.slice(at, (at += length));
  return {
    isFree: (numbers.getUint8(1) & FREE) !== 0,
    cost: { memoryKib: numbers.getUint32(2), time: numbers.getUint32(6) },
    salt: take(SALT_BYTES),
    deviceName: take(DEVICE_NAME_BYTES),
    slots: [take(SLOT_BYTES), take(SLOT_BYTES)],
    publicKey: take(PUBLIC_KEY_BYTES),
  };
}
