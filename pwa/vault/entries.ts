// What she keeps, opened with the vault's key: read, written and removed one record at a time.

import { now } from "../shared/clock.ts";
import { nameOf, randomBytes, type Bytes } from "../shared/bytes.ts";
import type { Database } from "./database.ts";
import { openRecord, revisionOf, sealRecord } from "./record-format.ts";
import type { Entry, Loaded, Saved, Store } from "./store.ts";

const ID_BYTES = 16;

export class Entries implements Store {
  readonly #db: Database;
  readonly #key: CryptoKey;
  /** What has been opened already, by id; its revision tells whether it is still what is stored. */
  readonly #opened = new Map<string, Entry>();
  #latest = 0;

  constructor(db: Database, key: CryptoKey) {
    this.#db = db;
    this.#key = key;
  }

  async load(kind: string): Promise<Loaded> {
    const records = await this.#db.records();
    for (const id of this.#opened.keys()) if (!records.has(id)) this.#opened.delete(id);
    const opened = await Promise.all([...records].map(([id, record]) => this.#read(id, record)));
    const entries = opened.filter((entry): entry is Entry => entry?.kind === kind);
    return {
      entries: entries.sort((one, next) => one.at - next.at),
      unreadable: opened.filter((entry) => entry === undefined).length,
    };
  }

  async save(kind: string, value: unknown, over?: Entry): Promise<Saved> {
    if (!over) return { entry: await this.#write(kind, value), conflict: false };
    const { id, revision } = over;
    const written = { kind, value, at: this.#moment(), ...(over.copyOf === undefined ? {} : { copyOf: over.copyOf }) };
    const record = await sealRecord(this.#key, id, written);
    if (await this.#db.replace(id, (stored) => revisionOf(stored) === revision, record)) {
      return { entry: this.#remember({ ...written, id, revision: revisionOf(record) }), conflict: false };
    }
    return { entry: await this.#write(kind, value, id), conflict: true };
  }

  async remove({ id }: Entry): Promise<void> {
    await this.#db.remove(id);
    this.#opened.delete(id);
  }

  /** Nothing decrypted stays within reach. */
  forget(): void {
    this.#opened.clear();
  }

  async #write(kind: string, value: unknown, copyOf?: string): Promise<Entry> {
    const id = nameOf(randomBytes(ID_BYTES));
    const written = { kind, value, at: this.#moment(), ...(copyOf === undefined ? {} : { copyOf }) };
    const record = await sealRecord(this.#key, id, written);
    await this.#db.put(id, record);
    return this.#remember({ ...written, id, revision: revisionOf(record) });
  }

  /** Undefined for a record that does not open: the others still do, and she is told how many do not. */
  async #read(id: string, record: Bytes): Promise<Entry | undefined> {
    const known = this.#opened.get(id);
    if (known?.revision === revisionOf(record)) return known;
    try {
      return this.#remember(await openRecord(this.#key, id, record));
    } catch {
      return undefined;
    }
  }

  /** Later than all that was written before, whatever the phone's clock says: by it versions are put in order. */
  #moment(): number {
    return Math.max(now().getTime(), this.#latest + 1);
  }

  #remember(entry: Entry): Entry {
    this.#latest = Math.max(this.#latest, entry.at);
    this.#opened.set(entry.id, entry);
    return entry;
  }
}
