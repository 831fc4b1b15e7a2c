// A vault's plain record on a phone, with a key pair at hand to look into what was sealed for it.
import { HEADER_BYTES, HEADER_ID, SLOT_BYTES, STORE, writeHeader } from "../../pwa/vault/header.ts";
import { importPrivate, makePair, openBox } from "../../pwa/vault/sealed-box.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export interface VaultOnPhone {
  opens(box: Bytes): Promise<Bytes>;
}

/** Lays any record where the header belongs; the database is made where there is none. */
export function keepRecord(databases: IDBFactory, record: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = databases.open(NAMES.vaultDatabase, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onerror = () => {
      reject(new Error("no database", { cause: request.error }));
    };
    request.onsuccess = () => {
      const transaction = request.result.transaction(STORE, "readwrite");
      transaction.objectStore(STORE).put(record, HEADER_ID);
      transaction.oncomplete = () => {
        request.result.close();
        resolve();
      };
    };
  });
}

export async function makeVault(databases: IDBFactory, { isFree = false } = {}): Promise<VaultOnPhone> {
  const { publicKey, privateKey } = await makePair();
  const slot = new Uint8Array(SLOT_BYTES);
  const record = writeHeader({
    isFree,
    cost: { memoryKib: 47_104, time: 1 },
    salt: new Uint8Array(16),
    deviceName: new Uint8Array(8),
    slots: [slot, slot],
    publicKey,
  });
  await keepRecord(databases, record);
  const key = await importPrivate(privateKey);
  return { opens: (box) => openBox(key, box) };
}

/** A header of a version to come. */
export function newerRecord(): Bytes {
  const record = new Uint8Array(HEADER_BYTES);
  record[0] = 9;
  return record;
}
