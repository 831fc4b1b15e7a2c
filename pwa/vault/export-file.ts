// A file to keep elsewhere, which a passphrase opens, and the blob that recovery words open: one layout for both, byte by
// byte in docs/VAULT.md. Whoever gets hold of one can guess as long as they like, so the stretching is dearer than on
// the phone. A file may come from anybody: nothing of it is believed before it is checked.

import type { Bytes } from "../shared/bytes.ts";
import { plainDigits } from "../shared/digits.ts";
import type { Derive } from "./derive.ts";
import { isContents, type Kept } from "./export-contents.ts";
import { SALT_BYTES, type Cost } from "./header.ts";

/**
 * not-ours: no such file; wrong: the passphrase does not fit, or the file was changed; newer: of a later version;
 * too-big: more than a file may hold; damaged: cut short, or its inside is not what it must be.
 */
export type ExportTrouble = "not-ours" | "wrong" | "newer" | "too-big" | "damaged";

export class ExportError extends Error {
  readonly code: ExportTrouble;

  constructor(code: ExportTrouble, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

/** Given only by tests, which must make the same file twice, and cheaply. */
export interface Recipe {
  readonly cost?: Cost;
  readonly salt?: Bytes;
  readonly nonce?: Bytes;
}

const VERSION = 1;
// A first byte above this is no later version of ours: it is some other file.
const LAST_BELIEVABLE_VERSION = 15;
const NONCE_BYTES = 12;
const HEADER_BYTES = 1 + 4 + 4 + SALT_BYTES + NONCE_BYTES;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;

const SMALLEST_FILE_BYTES = 16 * 1024;
export const LARGEST_FILE_BYTES = 16 * 1024 * 1024;

// RFC 9106, section 4, second recommended option, on one lane.
const COST: Cost = { memoryKib: 64 * 1024, time: 3 };
const MOST_MEMORY_KIB = 256 * 1024;
const LEAST_MEMORY_KIB = 8;
const MOST_TIME = 16;

// Keeps the two apart: a passphrase that spells the words' bytes opens no blob, and no words open a file.
const EXPORT = "export 1";
const BACKUP = "backup 1";

export async function writeExport(
  entries: readonly Kept[],
  passphrase: string,
  derive: Derive,
  recipe: Recipe = {},
): Promise<Bytes> {
  return seal(entries, passphraseBytes(passphrase), EXPORT, derive, recipe);
}

/** Rejects with ExportError; a passphrase that does not fit is "wrong". */
export async function readExport(file: Bytes, passphrase: string, derive: Derive): Promise<readonly Kept[]> {
  return open(file, passphraseBytes(passphrase), EXPORT, derive);
}

/** The secret is that of eight recovery words. */
export async function writeBackup(
  entries: readonly Kept[],
  secret: Bytes,
  derive: Derive,
  recipe: Recipe = {},
): Promise<Bytes> {
  return seal(entries, secret, BACKUP, derive, recipe);
}

export async function readBackup(file: Bytes, secret: Bytes, derive: Derive): Promise<readonly Kept[]> {
  return open(file, secret, BACKUP, derive);
}

/** Keyboards differ in how they put an accented letter together. */
function passphraseBytes(passphrase: string): Bytes {
  return new TextEncoder().encode(plainDigits(passphrase.normalize("NFKC")));
}

async function seal(
  entries: readonly Kept[],
  secret: Bytes,
  purpose: string,
  derive: Derive,
  recipe: Recipe,
): Promise<Bytes> {
  const contents = new TextEncoder().encode(
    JSON.stringify({ entries: entries.map(({ kind, value, at }) => ({ kind, value: value ?? null, at })) }),
  );
  const file = new Uint8Array(sizeClass(HEADER_BYTES + LENGTH_BYTES + contents.length + TAG_BYTES));
  const { cost = COST, salt = randomBytes(SALT_BYTES), nonce = randomBytes(NONCE_BYTES) } = recipe;
  const numbers = new DataView(file.buffer);
  numbers.setUint8(0, VERSION);
  numbers.setUint32(1, cost.memoryKib);
  numbers.setUint32(5, cost.time);
  file.set(salt, 9);
  file.set(nonce, 9 + SALT_BYTES);
  const plain = new Uint8Array(file.length - HEADER_BYTES - TAG_BYTES);
  new DataView(plain.buffer).setUint32(0, contents.length);
  plain.set(contents, LENGTH_BYTES);
  const key = await keyFrom(await derive(secret, salt, cost), purpose);
  file.set(new Uint8Array(await crypto.subtle.encrypt(howTo(file), key, plain)), HEADER_BYTES);
  return file;
}

async function open(file: Bytes, secret: Bytes, purpose: string, derive: Derive): Promise<readonly Kept[]> {
  const cost = readHead(file);
  const key = await keyFrom(await derive(secret, file.slice(9, 9 + SALT_BYTES), cost), purpose);
  let plain: Bytes;
  try {
    plain = new Uint8Array(await crypto.subtle.decrypt(howTo(file), key, file.subarray(HEADER_BYTES)));
  } catch (error) {
    throw new ExportError("wrong", { cause: error });
  }
  return readContents(plain);
}

/** Everything that can be known without a key, so that a stranger's file costs the phone neither time nor memory. */
function readHead(file: Bytes): Cost {
  if (file.length > LARGEST_FILE_BYTES) throw new ExportError("too-big");
  const version = file[0] ?? 0;
  if (version < VERSION || version > LAST_BELIEVABLE_VERSION || file.length < HEADER_BYTES) {
    throw new ExportError("not-ours");
  }
  const isWhole = file.length === sizeClass(file.length);
  if (version > VERSION) throw new ExportError(isWhole ? "newer" : "not-ours");
  const numbers = new DataView(file.buffer, file.byteOffset, file.length);
  const cost = { memoryKib: numbers.getUint32(1), time: numbers.getUint32(5) };
  const isPayable = cost.memoryKib >= LEAST_MEMORY_KIB && cost.memoryKib <= MOST_MEMORY_KIB;
  if (!isPayable || cost.time < 1 || cost.time > MOST_TIME) throw new ExportError("not-ours");
  if (!isWhole) throw new ExportError("damaged");
  return cost;
}

function readContents(plain: Bytes): readonly Kept[] {
  const length = new DataView(plain.buffer, plain.byteOffset, plain.length).getUint32(0);
  if (length > plain.length - LENGTH_BYTES) throw new ExportError("damaged");
  let contents: unknown;
  try {
    const text = new TextDecoder("utf-8", { fatal: true });
    contents = JSON.parse(text.decode(plain.subarray(LENGTH_BYTES, LENGTH_BYTES + length)));
  } catch (error) {
    throw new ExportError("damaged", { cause: error });
  }
  if (!isContents(contents)) throw new ExportError("damaged");
  return contents.entries.map(({ kind, value, at }) => ({ kind, value, at }));
}

/** Whole files come in few sizes, so that theirs tells little of what is kept. */
function sizeClass(bytes: number): number {
  let size = SMALLEST_FILE_BYTES;
  while (size < bytes) size *= 2;
  if (size > LARGEST_FILE_BYTES) throw new ExportError("too-big");
  return size;
}

/** The head is bound to the rest: with another cost or salt the file does not open. */
function howTo(file: Bytes): AesGcmParams {
  return {
    name: "AES-GCM",
    iv: file.slice(9 + SALT_BYTES, HEADER_BYTES),
    additionalData: file.slice(0, HEADER_BYTES),
  };
}

async function keyFrom(derived: Bytes, purpose: string): Promise<CryptoKey> {
  const root = await crypto.subtle.importKey("raw", derived, "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: new TextEncoder().encode(purpose) },
    root,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

function randomBytes(count: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(count));
}
