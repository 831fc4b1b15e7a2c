// Seals bytes so that only who holds the private key can open them: what arrives while the vault is locked rests like
// that. A key agreed with a one-time pair (ECDH on P-256), HKDF, AES-GCM; docs/VAULT.md gives the layout byte by byte.

import { joined, randomBytes, type Bytes } from "../shared/bytes.ts";
import { VaultError } from "./store.ts";

export const SEALED = 1;
const PUBLIC_BYTES = 65;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NONCE_AT = 1 + PUBLIC_BYTES;
const SECRET_AT = NONCE_AT + NONCE_BYTES;
const LENGTH_BYTES = 4;
/** What is sealed is filled up to a multiple of this, so that the stored size tells little. */
export const STEP_BYTES = 16 * 1024;

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const COORDINATE_BITS = 256;

/** P-256's base point, uncompressed (SEC 2, section 2.4.2). */
const BASE_POINT = "BGsX0fLhLEJH+Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT+NC4v4af5uO5+tKfA+eFivOM1drMV7Oy7ZAaDe/UfU=";

export interface Pair {
  readonly publicKey: Bytes;
  /** PKCS8. */
  readonly privateKey: Bytes;
}

/** Only the x of the product, as ECDH gives it. */
export async function timesX(privateKey: CryptoKey, point: Bytes): Promise<Bytes> {
  const publicKey = await crypto.subtle.importKey("raw", point, CURVE, false, []);
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: "ECDH", public: publicKey }, privateKey, COORDINATE_BITS),
  );
}

export const xOf = (publicKey: Bytes): Bytes => publicKey.slice(1, 1 + COORDINATE_BITS / 8);

/** A private key tells no script its public one; its product with the base point is that one's x. */
export async function ownXOf(privateKey: CryptoKey): Promise<Bytes> {
  return timesX(
    privateKey,
    Uint8Array.from(atob(BASE_POINT), (character) => character.charCodeAt(0)),
  );
}

/** Bound to both public keys: nothing sealed for one vault, or moved under another one-time key, ever opens. */
async function boxKey(shared: Bytes, oneTimeKey: Bytes, ownerX: Bytes, use: KeyUsage): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const info = joined(new TextEncoder().encode("box 1"), ownerX);
  const how = { name: "HKDF", hash: "SHA-256", salt: oneTimeKey, info };
  return crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, [use]);
}

function filledUp(bytes: Bytes): Bytes {
  const steps = Math.ceil((LENGTH_BYTES + bytes.length) / STEP_BYTES);
  const filled = new Uint8Array(steps * STEP_BYTES);
  new DataView(filled.buffer).setUint32(0, bytes.length);
  filled.set(bytes, LENGTH_BYTES);
  return filled;
}

function withoutFilling(filled: Bytes): Bytes {
  const length = filled.length < LENGTH_BYTES ? Infinity : new DataView(filled.buffer).getUint32(0);
  if (length > filled.length - LENGTH_BYTES) throw new VaultError("damaged");
  return filled.slice(LENGTH_BYTES, LENGTH_BYTES + length);
}

export async function makePair(): Promise<Pair> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const [raw, pkcs8] = await Promise.all([
    crypto.subtle.exportKey("raw", publicKey),
    crypto.subtle.exportKey("pkcs8", privateKey),
  ]);
  return { publicKey: new Uint8Array(raw), privateKey: new Uint8Array(pkcs8) };
}

/** No script can read the key back. Rejects with VaultError "damaged" for what is no such key. */
export async function importPrivate(pkcs8: Bytes): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey("pkcs8", pkcs8, CURVE, false, ["deriveBits"]);
  } catch (error) {
    throw new VaultError("damaged", { cause: error });
  }
}

/** Rejects when the public key is none. */
export async function sealTo(publicKey: Bytes, bytes: Bytes): Promise<Bytes> {
  const oneTime = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const oneTimeKey = new Uint8Array(await crypto.subtle.exportKey("raw", oneTime.publicKey));
  const key = await boxKey(await timesX(oneTime.privateKey, publicKey), oneTimeKey, xOf(publicKey), "encrypt");
  const nonce = randomBytes(NONCE_BYTES);
  const secret = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, filledUp(bytes));
  return joined(Uint8Array.of(SEALED), oneTimeKey, nonce, new Uint8Array(secret));
}

/** Rejects with VaultError "newer" for a later version's box, "damaged" for what this key cannot open whole. */
export async function openBox(privateKey: CryptoKey, box: Bytes): Promise<Bytes> {
  if ((box[0] ?? 0) > SEALED) throw new VaultError("newer");
  if (box[0] !== SEALED || box.length < SECRET_AT + TAG_BYTES) throw new VaultError("damaged");
  const oneTimeKey = box.slice(1, NONCE_AT);
  try {
    const shared = await timesX(privateKey, oneTimeKey);
    const key = await boxKey(shared, oneTimeKey, await ownXOf(privateKey), "decrypt");
    const nonce = box.slice(NONCE_AT, SECRET_AT);
    const filled = await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce }, key, box.slice(SECRET_AT));
    return withoutFilling(new Uint8Array(filled));
  } catch (error) {
    throw error instanceof VaultError ? error : new VaultError("damaged", { cause: error });
  }
}
