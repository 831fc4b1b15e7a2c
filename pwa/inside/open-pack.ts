// Fetches and opens the pack: gzip bytes that hold every word of the inside in one language. Once there is a passcode,
// those on the phone are sealed; what the network brings never is.

import type { InsidePlace } from "../door/door.ts";
import { isRecord, patiently } from "../shared/asking.ts";
import { readNote } from "../shared/notes.ts";
import { pageData } from "../shell/page-data.ts";
import { bytesOf, isSealed } from "../vault/lay-pack.ts";
import type { Vault } from "../vault/store.ts";

export interface Pack {
  readonly format: number;
  readonly language: string;
  readonly direction: string;
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

function isPack(value: unknown): value is Pack {
  if (!isRecord(value) || value["format"] !== FORMAT || !isRecord(value["views"])) return false;
  return isRecord(value["countries"]) && Array.isArray(value["words"]);
}

export type OpenSealed = Vault["openSealed"];

async function unpack(packed: Uint8Array<ArrayBuffer>): Promise<unknown> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

function read(address: string, cache: RequestCache, openSealed: OpenSealed): Promise<Pack> {
  return patiently(async (signal) => {
    const response = await fetch(address, { cache, signal });
    if (!response.ok) throw new Error("no pack", { cause: response.status });
    const bytes = await bytesOf(response);
    const pack = await unpack(isSealed(bytes) ? await openSealed(bytes) : bytes);
    if (!isPack(pack)) throw new Error("not a pack");
    return pack;
  });
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

const opener = (place: InsidePlace, isAwaited: () => boolean) => (address: string) =>
  openPack(address, isAwaited, (box) => place.vault.openSealed(box));

/** Packs differ in nothing but the last part of their address (server/addresses.py). */
const addressIn = (language: string, { packAddress }: InsidePlace): string =>
  packAddress.replace(/\w+(?=\.bin$)/, language);

export function openPackIn(language: string, place: InsidePlace, isAwaited: () => boolean): Promise<Pack> {
  return opener(place, isAwaited)(addressIn(language, place));
}

/** The pack of the language chosen in here, or where none was, or it cannot be had now, the cover's. */
export async function openChosenPack(place: InsidePlace): Promise<Pack> {
  const open = opener(place, place.isAwaited);
  const chosen = await readNote(pageData(), NAMES.insideEntry);
  return chosen ? open(addressIn(chosen, place)).catch(() => open(place.packAddress)) : open(place.packAddress);
}
