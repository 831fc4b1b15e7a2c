// Between what is kept and a file: gathering it, handing the file over, and opening one with whatever was typed.

import type { Derive } from "../vault/derive.ts";
import type { Kept } from "../vault/export-contents.ts";
import { ExportError, readBackup, readExport } from "../vault/export-file.ts";
import { readWords } from "../vault/recovery-words.ts";
import type { Entry, Store } from "../vault/store.ts";
import { KEPT_KINDS } from "./add-beside.ts";

// A name that says nothing, among all the others in a folder of downloads.
export const FILE_NAME = "backup.dat";
export const TEXT_NAME = "list.txt";

const UNTIL_TAKEN_MS = 10_000;

export async function gather(store: Store): Promise<readonly Entry[]> {
  const loaded = await Promise.all(KEPT_KINDS.map((kind) => store.load(kind)));
  return loaded.flatMap(({ entries }) => entries);
}

/** Hands bytes to the browser as a download; nothing is kept under its address longer than that takes. */
export function handOver(contents: BlobPart, name: string): void {
  const address = URL.createObjectURL(new Blob([contents], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, UNTIL_TAKEN_MS);
}

/** What was typed may be a passphrase or eight words; eight words may also have been taken for a passphrase. */
export async function openFile(
  file: Uint8Array<ArrayBuffer>,
  typed: string,
  list: readonly string[],
  derive: Derive,
): Promise<readonly Kept[]> {
  const secret = await readWords(typed, list);
  if (!secret) return readExport(file, typed, derive);
  try {
    return await readBackup(file, secret, derive);
  } catch (error) {
    if (!(error instanceof ExportError && error.code === "wrong")) throw error;
    return readExport(file, typed, derive);
  }
}
