// One database with a dull name, one store: the header, the count of tries, and opaque records under random ids.

import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Bytes } from "../shared/bytes.ts";
import { HEADER_ID, STORE } from "./header.ts";
import { VaultError } from "./store.ts";

const TRIES_ID = "state";
/** Base64url of 16 bytes. */
const RECORD_ID_LENGTH = 22;
/** Hex of 8 bytes, where a device key has no file. */
const DEVICE_ID_LENGTH = 16;
// Another window lets go at once; one that is frozen must not keep everything from being removed.
const BLOCKED_MS = 1000;

interface Schema extends DBSchema {
  [STORE]: { key: string; value: Bytes };
}

interface Items {
  get(id: string): Promise<Bytes | undefined>;
  put(record: Bytes, id: string): Promise<unknown>;
  delete(id: string): Promise<void>;
  clear(): Promise<void>;
  getAllKeys(): Promise<string[]>;
}

function troubleOf(error: unknown): VaultError {
  if (error instanceof VaultError) return error;
  const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
  return new VaultError(isFull ? "full" : "blocked", { cause: error });
}

/** Every method rejects with VaultError "full" or "blocked" when the browser refuses. */
export class Database {
  readonly #db: IDBPDatabase<Schema>;
  #isClosed = false;

  private constructor(db: IDBPDatabase<Schema>) {
    this.#db = db;
    // Another window removes everything: this one must not hold it up.
    db.addEventListener("versionchange", () => {
      this.close();
    });
    // The browser has closed it by itself, as when somebody clears its data.
    db.addEventListener("close", () => {
      this.#isClosed = true;
    });
  }

  static async create(): Promise<Database> {
    try {
      return new Database(
        await openDB<Schema>(NAMES.vaultDatabase, 1, { upgrade: (db) => db.createObjectStore(STORE) }),
      );
    } catch (error) {
      throw troubleOf(error);
    }
  }

  /** Undefined where there is none; looking must not leave an empty one behind. */
  static async open(): Promise<Database | undefined> {
    const found = { isMissing: false };
    try {
      const db = await openDB<Schema>(NAMES.vaultDatabase, 1, {
        upgrade(_db, _from, _to, transaction) {
          found.isMissing = true;
          transaction.done.catch(() => undefined);
          transaction.abort();
        },
      });
      return new Database(db);
    } catch (error) {
      if (found.isMissing) return undefined;
      throw troubleOf(error);
    }
  }

  static async remove(): Promise<void> {
    const late = new Promise<void>((resolve) => setTimeout(resolve, BLOCKED_MS));
    await Promise.race([deleteDB(NAMES.vaultDatabase).catch(() => undefined), late]);
  }

  header(): Promise<Bytes | undefined> {
    return this.get(HEADER_ID);
  }

  putHeader(header: Bytes): Promise<void> {
    return this.put(HEADER_ID, header);
  }

  tries(): Promise<Bytes | undefined> {
    return this.get(TRIES_ID);
  }

  putTries(tries: Bytes): Promise<void> {
    return this.put(TRIES_ID, tries);
  }

  get(id: string): Promise<Bytes | undefined> {
    return this.#trying(() => this.#db.get(STORE, id));
  }

  /** What she keeps, by id, in no order that means anything. */
  records(): Promise<ReadonlyMap<string, Bytes>> {
    return this.#trying(async () => {
      const items = this.#db.transaction(STORE).store;
      const [ids, values] = await Promise.all([items.getAllKeys(), items.getAll()]);
      const all = ids.map((id, at) => [id, values[at]] as const);
      return new Map(
        all.filter((item): item is [string, Bytes] => item[0].length === RECORD_ID_LENGTH && item[1] !== undefined),
      );
    });
  }

  put(id: string, record: Bytes): Promise<void> {
    return this.#write(async (items) => {
      await items.put(record, id);
    });
  }

  /** Writes over what stands there only if it is still as the caller knows it; else false, and nothing is written. */
  replace(id: string, isKnown: (record: Bytes) => boolean, record: Bytes): Promise<boolean> {
    return this.#write(async (items) => {
      const now = await items.get(id);
      if (!now || !isKnown(now)) return false;
      await items.put(record, id);
      return true;
    });
  }

  remove(id: string): Promise<void> {
    return this.#write((items) => items.delete(id));
  }

  removeDeviceKeysBut(kept: string): Promise<void> {
    return this.#write(async (items) => {
      const others = (await items.getAllKeys()).filter((id) => id.length === DEVICE_ID_LENGTH && id !== kept);
      await Promise.all(others.map((id) => items.delete(id)));
    });
  }

  clear(): Promise<void> {
    return this.#write((items) => items.clear());
  }

  isClosed(): boolean {
    return this.#isClosed;
  }

  close(): void {
    this.#isClosed = true;
    this.#db.close();
  }

  /** Told to have reached the disk before it is told to be done: a phone may die the next moment. */
  #write<T>(act: (items: Items) => Promise<T>): Promise<T> {
    return this.#trying(async () => {
      const transaction = this.#db.transaction(STORE, "readwrite", { durability: "strict" });
      try {
        const [result] = await Promise.all([act(transaction.store), transaction.done]);
        return result;
      } catch (error) {
        // The request only says that all was undone; the transaction says why.
        throw transaction.error ?? error;
      }
    });
  }

  async #trying<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw troubleOf(error);
    }
  }
}
