// Fetches and opens the pack: gzip bytes that hold every word of the inside in one language. Once there is a passcode,
// those on the phone are sealed; what the network brings never is.

import { bytesOf, isSealed } from "../vault/lay-pack.ts";
import type { Vault } from "../vault/store.ts";

export interface Pack {
  readonly format: number;
  /** Each view's markup by its id. */
  readonly views: Readonly<Record<string, string>>;
  /** Each country's numbers by its code: markup, and the one number to keep for the worst case. */
  readonly countries: Readonly<Record<string, Country>>;
  /** The list that recovery words are drawn from (pwa/vault/recovery-words.ts). */
  readonly words: readonly string[];
}

export interface Country {
  readonly html: string;
  readonly dial: string | null;
}

const FORMAT = 1;

// Enough for a slow line; what hangs longer than this never comes.
const TRY_MS = 15_000;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isPack(value: unknown): value is Pack {
  if (!isRecord(value) || value["format"] !== FORMAT || !isRecord(value["views"])) return false;
  return isRecord(value["countries"]) && Array.isArray(value["words"]);
}

export type OpenSealed = Vault["openSealed"];

async function unpack(packed: Uint8Array<ArrayBuffer>): Promise<unknown> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

async function read(address: string, cache: RequestCache, openSealed: OpenSealed): Promise<Pack> {
  // AbortSignal.timeout() would be shorter; phones that never get a newer browser do not have it.
  const callOff = new AbortController();
  const timer = setTimeout(() => {
    callOff.abort();
  }, TRY_MS);
  try {
    const response = await fetch(address, { cache, signal: callOff.signal });
    if (!response.ok) throw new Error("no pack", { cause: response.status });
    const bytes = await bytesOf(response);
    const pack = await unpack(isSealed(bytes) ? await openSealed(bytes) : bytes);
    if (!isPack(pack)) throw new Error("not a pack");
    return pack;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Opens the pack laid by on the phone; one that is missing, damaged, or sealed for another vault is fetched anew, as long
 * as somebody waits for it. Rejects when neither works.
 */
export async function openPack(address: string, isAwaited: () => boolean, openSealed: OpenSealed): Promise<Pack> {
  try {
    return await read(address, "no-store", openSealed);
  } catch (error) {
    if (!isAwaited()) throw error;
    // "reload" tells the worker to pass its own copy by and to lay the new one in its place.
    return await read(address, "reload", openSealed);
  }
}
