// What leaves the phone sealed under a key that words or a code give: of a few sizes, so that the size tells little.

import { joined, randomBytes, type Bytes } from "../shared/bytes.ts";

export const NONCE_BYTES = 12;

const VERSION = 1;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;
const NONCE_AT = 1;
const SECRET_AT = NONCE_AT + NONCE_BYTES;

/**
 * too-big: more than the largest size holds; wrong: another key, or changed on the way; newer: of a later version;
 * damaged: of no size that we write, or its inside is not what it must be.
 */
export type PaddedTrouble = "too-big" | "wrong" | "newer" | "damaged";

export class PaddedError extends Error {
  readonly code: PaddedTrouble;

  constructor(code: PaddedTrouble, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

/** Version, nonce, AES-256-GCM of length, content and zeros; the whole as long as the smallest size it fits. */
export async function sealPadded(
  key: Bytes,
  content: unknown,
  sizes: readonly number[],
  nonce = randomBytes(NONCE_BYTES),
): Promise<Bytes> {
  const bytes = new TextEncoder().encode(JSON.stringify(content));
  const needed = SECRET_AT + LENGTH_BYTES + bytes.length + TAG_BYTES;
  const size = sizes.find((each) => each >= needed);
  if (size === undefined) throw new PaddedError("too-big");
  const plain = new Uint8Array(size - SECRET_AT - TAG_BYTES);
  new DataView(plain.buffer).setUint32(0, bytes.length);
  plain.set(bytes, LENGTH_BYTES);
  const head = Uint8Array.of(VERSION);
  const sealed = await crypto.subtle.encrypt(howTo(head, nonce), await importKey(key, "encrypt"), plain);
  return joined(head, nonce, new Uint8Array(sealed));
}

/** Rejects with PaddedError. What comes back is JSON of anybody who had the key: the caller checks its shape. */
export async function openPadded(key: Bytes, sealed: Bytes, sizes: readonly number[]): Promise<unknown> {
  if (!sizes.includes(sealed.length) || sealed[0] === 0) throw new PaddedError("damaged");
  if (sealed[0] !== VERSION) throw new PaddedError("newer");
  let plain: Bytes;
  try {
    const how = howTo(sealed.slice(0, NONCE_AT), nonceOf(sealed));
    plain = new Uint8Array(
      await crypto.subtle.decrypt(how, await importKey(key, "decrypt"), sealed.subarray(SECRET_AT)),
    );
  } catch (error) {
    throw new PaddedError("wrong", { cause: error });
  }
  const length = new DataView(plain.buffer).getUint32(0);
  try {
    if (length > plain.length - LENGTH_BYTES) throw new RangeError("length");
    const text = new TextDecoder("utf-8", { fatal: true });
    return JSON.parse(text.decode(plain.subarray(LENGTH_BYTES, LENGTH_BYTES + length))) as unknown;
  } catch (error) {
    throw new PaddedError("damaged", { cause: error });
  }
}

/** Drawn anew with every sealing, so that it names one. */
export function nonceOf(sealed: Bytes): Bytes {
  return sealed.slice(NONCE_AT, SECRET_AT);
}

function howTo(head: Bytes, nonce: Bytes): AesGcmParams {
  return { name: "AES-GCM", iv: nonce, additionalData: head };
}

function importKey(key: Bytes, use: KeyUsage): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, "AES-GCM", false, [use]);
}
