// A phone for the vault's tests: a real database (fake-indexeddb), real WebCrypto, real Argon2, files in memory.

import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { vi } from "vitest";
import type { Bytes } from "../../../pwa/shared/bytes.ts";
import type { Cost } from "../../../pwa/vault/header.ts";
import type { KeyWorker } from "../../../pwa/vault/key-worker.ts";
import { VaultError } from "../../../pwa/vault/store.ts";
import { PhoneVault } from "../../../pwa/vault/vault.ts";
import { stretch } from "../../../pwa/vault/worker/stretch.ts";

export interface TestPhone {
  readonly files: Map<string, Bytes>;
  /** Every cost a passcode was stretched with. */
  readonly costs: Cost[];
  /** The most memory it gives to a worker. */
  memoryKib: number;
  hasFiles: boolean;
  /** As if the app were ended while a passcode is being stretched. */
  isStuck: boolean;
  /** A window of the app with its own vault over the same storage. */
  window(): PhoneVault;
  /** Every stored value by its key, as a byte scan of the database would find it. */
  stored(): Promise<Map<string, Bytes>>;
  store(id: string, bytes: Bytes | undefined): Promise<void>;
}

/** Stretches cheaply, so that a test of order and shape is not a test of patience; the cost asked for is noted. */
const CHEAP: Cost = { memoryKib: 64, time: 1 };

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("archive");
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(new Error("no database"));
    };
  });
}

function inStore<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return open().then(
    (db) =>
      new Promise((resolve) => {
        const request = act(db.transaction("items", mode).objectStore("items"));
        request.onsuccess = () => {
          db.close();
          resolve(request.result);
        };
      }),
  );
}

/** Locks as the browser has them: one after the other, over all windows. */
function newLocks(): { request<T>(name: string, act: () => Promise<T>): Promise<T> } {
  let last: Promise<unknown> = Promise.resolve();
  return {
    request(_name, act) {
      const mine = last.then(act);
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

export function newPhone(): TestPhone {
  vi.stubGlobal("navigator", { locks: newLocks() });
  globalThis.indexedDB = new IDBFactory();
  globalThis.IDBKeyRange = IDBKeyRange;
  const files = new Map<string, Bytes>();
  const phone: TestPhone = {
    files,
    costs: [],
    memoryKib: Infinity,
    hasFiles: true,
    isStuck: false,
    window: () => new PhoneVault(keys),
    async stored() {
      const ids = (await inStore("readonly", (store) => store.getAllKeys())) as string[];
      const values = (await inStore("readonly", (store) => store.getAll())) as Bytes[];
      return new Map(ids.map((id, at) => [id, values[at] ?? new Uint8Array()]));
    },
    async store(id, bytes) {
      if (bytes) await inStore("readwrite", (store) => store.put(bytes, id));
      else await inStore("readwrite", (store) => store.delete(id));
    },
  };
  const filed = <T>(act: () => T): Promise<T> =>
    phone.hasFiles ? Promise.resolve(act()) : Promise.reject(new VaultError("blocked"));
  const keys: KeyWorker = {
    stretch(secret, salt, cost) {
      phone.costs.push(cost);
      if (phone.isStuck) return new Promise(() => undefined);
      return cost.memoryKib > phone.memoryKib ? Promise.reject(new VaultError("memory")) : stretch(secret, salt, CHEAP);
    },
    writeFile: (name, bytes) =>
      filed(() => {
        files.set(name, bytes.slice());
      }),
    readFile: (name) =>
      filed(() => {
        const file = files.get(name);
        if (!file) throw new VaultError("blocked");
        return file;
      }),
    removeFilesBut: (kept) =>
      filed(() => {
        for (const name of files.keys()) if (name !== kept) files.delete(name);
      }),
  };
  return phone;
}
