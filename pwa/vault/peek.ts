// Reads the vault's one plain record without opening or making anything: a phone without a vault stays as it is. In few
// lines of its own, since every cover's worker carries them.

import { HEADER_ID, readHeader, STORE, type Header } from "./header.ts";
import { VaultError } from "./store.ts";

/** Undefined where there is no database; it is not made. */
function openExisting(): Promise<IDBDatabase | undefined> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAMES.vaultDatabase);
    let isMissing = false;
    request.onupgradeneeded = () => {
      isMissing = true;
      request.transaction?.abort();
    };
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = (event) => {
      // Firefox takes an error that nobody has handled to the console.
      event.preventDefault();
      if (isMissing) resolve(undefined);
      else reject(new VaultError("blocked", { cause: request.error }));
    };
  });
}

function readFrom(database: IDBDatabase): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = database.transaction(STORE).objectStore(STORE).get(HEADER_ID);
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(new VaultError("blocked", { cause: request.error }));
    };
  });
}

/**
 * The header, or undefined where nothing is kept on this phone. Rejects with VaultError "blocked" where the browser
 * refuses, "newer" or "damaged" where the record cannot be read.
 */
export async function peekHeader(): Promise<Header | undefined> {
  const database = await openExisting();
  if (!database) return undefined;
  try {
    const record = await readFrom(database);
    if (record === undefined) return undefined;
    if (!(record instanceof Uint8Array)) throw new VaultError("damaged");
    return readHeader(Uint8Array.from(record));
  } finally {
    database.close();
  }
}
