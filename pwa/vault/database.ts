// One database with a dull name, one store of opaque records under random ids; "index" is the header's.

import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { HEADER_ID, STORE } from "./header.ts";
import { VaultError } from "./store.ts";

export { HEADER_ID };

export type Bytes = Uint8Array<ArrayBuffer>;

interface Schema extends DBSchema {
  [STORE]: { key: string; value: Bytes };
}

function troubleOf(error: unknown): VaultError {
  if (error instanceof VaultError) return error;
  const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
  return new VaultError(isFull ? "full" : "blocked", { cause: error });
}

/** An open database. Every method rejects with VaultError "full" or "blocked" when the browser refuses. */
export class Database {
  readonly #db: IDBPDatabase<Schema>;

  private constructor(db: IDBPDatabase<Schema>) {
    this.#db = db;
    // Another window removes everything: this one must not hold it up.
    db.addEventListener("versionchange", () => {
      db.close();
    });
  }

  /** Creates it where there is none: a phone without a vault has the same empty database as any. */
  static async open(): Promise<Database> {
    try {
      return new Database(
        await openDB<Schema>(NAMES.vaultDatabase, 1, {
          upgrade(db) {
            db.createObjectStore(STORE);
          },
        }),
      );
    } catch (error) {
      throw troubleOf(error);
    }
  }

  async get(id: string): Promise<Bytes | undefined> {
    return this.#trying(() => this.#db.get(STORE, id));
  }

  /** Every record but the header, in no order that means anything. */
  async all(): Promise<readonly (readonly [string, Bytes])[]> {
    return this.#trying(async () => {
      const items = this.#db.transaction(STORE).store;
      const [ids, records] = await Promise.all([items.getAllKeys(), items.getAll()]);
      return ids.flatMap((id, at) => {
        const record = records[at];
        return id === HEADER_ID || !record ? [] : [[id, record] as const];
      });
    });
  }

  async put(id: string, record: Bytes): Promise<void> {
    await this.#write(async (items) => {
      await items.put(record, id);
    });
  }

  /** Writes only over the bytes that were read before; false, and nothing written, when others stand there now. */
  async replace(id: string, read: Bytes, record: Bytes): Promise<boolean> {
    return this.#write(async (items) => {
      const now = await items.get(id);
      if (!now || !isEqual(now, read)) return false;
      await items.put(record, id);
      return true;
    });
  }

  async remove(id: string): Promise<void> {
    await this.#write(async (items) => {
      await items.delete(id);
    });
  }

  close(): void {
    this.#db.close();
  }

  /** Told to have reached the disk before it is told to be done: a phone may die the next moment. */
  async #write<T>(act: (items: Items) => Promise<T>): Promise<T> {
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

interface Items {
  get(id: string): Promise<Bytes | undefined>;
  put(record: Bytes, id: string): Promise<unknown>;
  delete(id: string): Promise<void>;
}

export function isEqual(one: Bytes, other: Bytes): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
