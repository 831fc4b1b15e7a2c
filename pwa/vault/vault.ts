// The vault: one per phone, whichever cover's door leads to it. Opens with a passcode, keeps entries, forgets its keys.

import { alone } from "./alone.ts";
import { bytesOfName, nameOf, randomBytes, type Bytes } from "../shared/bytes.ts";
import { isBelowFloor } from "./cost.ts";
import { Database } from "./database.ts";
import { Entries } from "./entries.ts";
import { readHeader, writeHeader } from "./header.ts";
import type { KeyWorker } from "./key-worker.ts";
import { otherThan, Passcodes } from "./passcodes.ts";
import { importPrivate, makePair, openBox } from "./sealed-box.ts";
import { KEY_BYTES, type SlotNumber } from "./slots.ts";
import { VaultError, type Entry, type Loaded, type Opened, type Saved, type Vault, type VaultKind } from "./store.ts";

/** What there is only while it is open. */
interface Open {
  readonly entries: Entries;
  /** Needed again when a passcode changes; zeros after locking. */
  readonly key: Bytes;
  readonly slot: SlotNumber;
}

/** Kept as an entry like any other, so that the records look the same with a second passcode and without. */
interface OwnKeys {
  readonly privateKey: string;
  readonly second: boolean;
}

const OWN = "key";

async function importKey(key: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
}

export function openVault(keys: KeyWorker): Vault {
  return new PhoneVault(keys);
}

export class PhoneVault implements Vault {
  readonly #keys: KeyWorker;
  #open: Open | undefined;
  #db: Database | undefined;

  constructor(keys: KeyWorker) {
    this.#keys = keys;
  }

  async kind(): Promise<VaultKind> {
    const header = await (await this.#find())?.header();
    if (!header) return "absent";
    return readHeader(header).isFree ? "free" : "passcode";
  }

  isOpen(): boolean {
    return this.#open !== undefined;
  }

  create(passcode: string): Promise<void> {
    return alone(async () => {
      const db = (this.#db = await Database.create());
      // One that exists is never written over.
      if (await db.header()) throw new VaultError("blocked");
      // What a phone that died half-way through has left belongs to no vault.
      await db.clear();
      const key = randomBytes(KEY_BYTES);
      const pair = await makePair();
      const { header, slot } = await new Passcodes(db, this.#keys).make(passcode, key, pair.publicKey);
      const open = { entries: new Entries(db, await importKey(key)), key, slot };
      await open.entries.save(OWN, { privateKey: nameOf(pair.privateKey), second: false } satisfies OwnKeys);
      await db.putHeader(writeHeader(header));
      this.#open = open;
    });
  }

  unlock(passcode: string): Promise<Opened> {
    return alone(async () => {
      const db = await this.#find();
      if (!db || !(await db.header())) return "wrong";
      const passcodes = new Passcodes(db, this.#keys);
      const found = await passcodes.try(passcode);
      if (found?.which === "first") {
        this.lock();
        this.#open = { entries: new Entries(db, await importKey(found.key)), key: found.key, slot: found.slot };
      } else if (!found) {
        const { wrong, wipeAfter } = await passcodes.tries();
        if (wipeAfter > 0 && wrong >= wipeAfter) await this.#removeAll();
      }
      return found?.which ?? "wrong";
    });
  }

  /** The database stays open: what was being saved in this moment is written still. */
  lock(): void {
    const open = this.#open;
    this.#open = undefined;
    open?.key.fill(0);
    open?.entries.forget();
  }

  load(kind: string): Promise<Loaded> {
    return this.#entries((entries) => entries.load(kind));
  }

  save(kind: string, value: unknown, over?: Entry): Promise<Saved> {
    return this.#entries((entries) => entries.save(kind, value, over));
  }

  remove(entry: Entry): Promise<void> {
    return this.#entries((entries) => entries.remove(entry));
  }

  changePasscode(passcode: string): Promise<boolean> {
    return this.#changing(async (passcodes, key, { slot }) => {
      const { isFree } = await passcodes.header();
      if (!isFree && passcode !== "") return passcodes.change(passcode, "first", key, slot);
      await passcodes.changeKind(passcode, key, slot);
      await this.#noteSecond(false);
      return true;
    });
  }

  setSecond(passcode: string): Promise<boolean> {
    return this.#changing(async (passcodes, _key, { slot }) => {
      // A key like any other, to nothing.
      const isSet = await passcodes.change(passcode, "second", randomBytes(KEY_BYTES), otherThan(slot));
      if (isSet) await this.#noteSecond(true);
      return isSet;
    });
  }

  removeSecond(): Promise<void> {
    return this.#changing(async (passcodes, _key, { slot }) => {
      await passcodes.empty(otherThan(slot));
      await this.#noteSecond(false);
    });
  }

  async hasSecond(): Promise<boolean> {
    return (await this.#own()).value.second;
  }

  async hasDeviceFile(): Promise<boolean> {
    const passcodes = await this.#passcodes();
    return passcodes.hasDeviceFile(await passcodes.header());
  }

  async hasFullCost(): Promise<boolean> {
    const { isFree, cost } = await (await this.#passcodes()).header();
    return isFree || !isBelowFloor(cost);
  }

  async wipeAfter(): Promise<number> {
    return (await (await this.#passcodes()).tries()).wipeAfter;
  }

  setWipeAfter(tries: number): Promise<void> {
    return this.#changing(async (passcodes) => {
      await passcodes.setTries({ ...(await passcodes.tries()), wipeAfter: tries });
    });
  }

  async openSealed(box: Bytes): Promise<Bytes> {
    const { value } = await this.#own();
    return openBox(await importPrivate(bytesOfName(value.privateKey)), box);
  }

  wipe(): Promise<void> {
    return alone(() => this.#removeAll());
  }

  async #removeAll(): Promise<void> {
    this.lock();
    // First what opens everything; whatever may fail after this, nothing can be read.
    await this.#keys.removeFilesBut().catch(() => undefined);
    // Where a phone has no such files, the device key lies in here: it goes first as well, on its own.
    await (await this.#find().catch(() => undefined))?.clear().catch(() => undefined);
    this.#db?.close();
    this.#db = undefined;
    await Database.remove();
    // Where somebody has only looked, as every cover's worker does, Safari's engine lists an empty one: then here, too.
    void Database.open().then(
      (db) => db?.close(),
      () => undefined,
    );
  }

  async #find(): Promise<Database | undefined> {
    if (this.#db?.isClosed()) this.#db = undefined;
    return (this.#db ??= await Database.open());
  }

  async #passcodes(): Promise<Passcodes> {
    const db = await this.#find();
    if (!db) throw new VaultError("locked");
    return new Passcodes(db, this.#keys);
  }

  /** At once, without a turn of the event loop: what is saved in the moment of leaving still finds its key. */
  #entries<T>(act: (entries: Entries) => Promise<T>): Promise<T> {
    return this.#open ? act(this.#open.entries) : Promise.reject(new VaultError("locked"));
  }

  #changing<T>(act: (passcodes: Passcodes, key: Bytes, open: Open) => Promise<T>): Promise<T> {
    return alone(async () => {
      const open = this.#open;
      if (!open) throw new VaultError("locked");
      // A copy: locking meanwhile makes zeros of the key, and zeros must never be what a slot holds.
      const key = open.key.slice();
      try {
        return await act(await this.#passcodes(), key, open);
      } finally {
        key.fill(0);
      }
    });
  }

  async #own(): Promise<Entry<OwnKeys>> {
    const [own] = (await this.load(OWN)).entries;
    if (!own) throw new VaultError("damaged");
    return own as Entry<OwnKeys>;
  }

  async #noteSecond(second: boolean): Promise<void> {
    const own = await this.#own();
    await this.save(OWN, { ...own.value, second } satisfies OwnKeys, own);
  }
}
