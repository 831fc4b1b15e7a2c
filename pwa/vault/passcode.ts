// From what she types to 32 bytes that took the phone a while to make.

import type { Bytes } from "../shared/bytes.ts";
import { plainDigits } from "../shared/digits.ts";
import { BELOW_FLOOR, costFor, FLOOR } from "./cost.ts";
import type { Cost, Header } from "./header.ts";
import type { KeyWorker } from "./key-worker.ts";
import { VaultError } from "./store.ts";

export interface Stretched {
  readonly cost: Cost;
  readonly bytes: Bytes;
}

const NOTHING_TO_STRETCH = 32;

/**
 * One passcode however it was typed: an accent can be one sign or two (Unicode NFKC), and a keyboard in Arabic writes
 * digits that another one, on the same phone, does not have.
 */
function bytesOf(passcode: string): Bytes {
  return new TextEncoder().encode(plainDigits(passcode.normalize("NFKC")));
}

function isMemory(error: unknown): boolean {
  return error instanceof VaultError && error.code === "memory";
}

/** For a header that exists already. Without a passcode there is nothing to stretch: the device key does it alone. */
export function stretchFor(
  header: Pick<Header, "isFree" | "salt" | "cost">,
  passcode: string,
  keys: KeyWorker,
): Promise<Bytes> {
  if (header.isFree) return Promise.resolve(new Uint8Array(NOTHING_TO_STRETCH));
  return keys.stretch(bytesOf(passcode), header.salt, header.cost);
}

async function stretchAsFarAsMemoryGoes(secret: Bytes, salt: Bytes, keys: KeyWorker): Promise<Stretched> {
  for (const cost of [FLOOR, ...BELOW_FLOOR]) {
    try {
      return { cost, bytes: await keys.stretch(secret, salt, cost) };
    } catch (error) {
      if (!isMemory(error)) throw error;
    }
  }
  throw new VaultError("memory");
}

/** For a new one: finds out what this phone manages without a wait, and stretches the passcode by that. */
export async function stretchAnew(passcode: string, salt: Bytes, keys: KeyWorker): Promise<Stretched> {
  const secret = bytesOf(passcode);
  // The first run also waits for the worker to start; only the second is timed.
  const least = await stretchAsFarAsMemoryGoes(secret, salt, keys);
  if (least.cost !== FLOOR) return least;
  const began = performance.now();
  await keys.stretch(secret, salt, FLOOR);
  const cost = costFor(performance.now() - began);
  try {
    return { cost, bytes: await keys.stretch(secret, salt, cost) };
  } catch (error) {
    if (!isMemory(error)) throw error;
    return least;
  }
}
