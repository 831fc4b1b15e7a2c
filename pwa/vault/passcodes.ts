// Header, slots, tries and device key together: which passcode opens what, and how that changes. A change writes the
// new device key first, then the header that names it, then removes the old one: a phone that dies in between opens
// with one of the two, and an old header in the database's files opens nothing once its device key is gone.

import { readTries, waitAfter, writeTries, type Tries } from "./attempts.ts";
import { randomBytes, type Bytes } from "../shared/bytes.ts";
import { FLOOR } from "./cost.ts";
import type { Database } from "./database.ts";
import { DeviceKey } from "./device-key.ts";
import { DEVICE_NAME_BYTES, readHeader, SALT_BYTES, writeHeader, type Header } from "./header.ts";
import type { KeyWorker } from "./key-worker.ts";
import { stretchAnew, stretchFor } from "./passcode.ts";
import { emptySlot, fillSlot, HALF_BYTES, halfOf, trySlots, type Found, type SlotNumber, type Which } from "./slots.ts";
import { VaultError } from "./store.ts";

/** What goes into a slot: a key under a passcode already stretched. */
interface Filling {
  readonly which: Which;
  readonly key: Bytes;
  readonly stretched: Bytes;
}

type Stretching = Pick<Header, "isFree" | "cost" | "salt">;

export const otherThan = (slot: SlotNumber): SlotNumber => (slot === 0 ? 1 : 0);

function withSlot(slots: Header["slots"], slot: SlotNumber, content: Bytes): Header["slots"] {
  return slot === 0 ? [content, slots[1]] : [slots[0], content];
}

const pause = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

export class Passcodes {
  readonly #db: Database;
  readonly #keys: KeyWorker;
  readonly #deviceKey: DeviceKey;

  constructor(db: Database, keys: KeyWorker) {
    this.#db = db;
    this.#keys = keys;
    this.#deviceKey = new DeviceKey(db, keys);
  }

  async header(): Promise<Header> {
    const bytes = await this.#db.header();
    if (!bytes) throw new VaultError("locked");
    return readHeader(bytes);
  }

  hasDeviceFile({ deviceName }: Header): Promise<boolean> {
    return this.#deviceKey.hasFile(deviceName);
  }

  /** The first header, not yet written: until it is, there is no vault. */
  async make(
    passcode: string,
    key: Bytes,
    publicKey: Bytes,
  ): Promise<{ readonly header: Header; readonly slot: SlotNumber }> {
    const { stretched, ...stretching } = await this.#stretchAnew(passcode);
    const slot: SlotNumber = (randomBytes(1)[0] ?? 0) < 128 ? 0 : 1;
    const empty: Header = { ...stretching, deviceName: randomBytes(0), slots: [emptySlot(), emptySlot()], publicKey };
    const header = await this.#refilled(empty, randomBytes(2 * HALF_BYTES), { which: "first", key, stretched }, slot);
    await this.#db.putTries(writeTries({ wrong: 0, wipeAfter: 0 }));
    return { header, slot };
  }

  /** One try, answered after the wait that earlier wrong ones have earned. */
  async try(passcode: string): Promise<Found | undefined> {
    const header = await this.header();
    if (header.isFree) return this.#find(header, "");
    // Nothing typed is no try.
    if (passcode === "") return undefined;
    const before = await this.tries();
    await pause(waitAfter(before.wrong));
    // Counted before it is known to be wrong: ending the app in between saves nobody a wait.
    const counted = { ...before, wrong: before.wrong + 1 };
    await this.setTries(counted);
    const found = await this.#find(header, passcode);
    // A second passcode earns no new start: whoever was given it could else go on guessing at the first.
    const after = found === undefined ? counted : found.which === "second" ? before : { ...before, wrong: 0 };
    await this.setTries(after);
    if (found?.which === "first") await this.#deviceKey.removeBut(header.deviceName);
    return found;
  }

  async tries(): Promise<Tries> {
    return readTries(await this.#db.tries());
  }

  setTries(tries: Tries): Promise<void> {
    return this.#db.putTries(writeTries(tries));
  }

  /** False, and nothing done, when this passcode opens the other slot. The other slot stays as it is. */
  async change(passcode: string, which: Which, key: Bytes, slot: SlotNumber): Promise<boolean> {
    const header = await this.header();
    const stretched = await stretchFor(header, passcode, this.#keys);
    const found = await trySlots(header.slots, stretched, await this.#deviceKey.read(header.deviceName));
    if (found && found.slot !== slot) return false;
    await this.#rewrite(header, { which, key, stretched }, slot);
    return true;
  }

  /** From no passcode to one, or from one to none: a new salt and cost; a second passcode does not outlive it. */
  async changeKind(passcode: string, key: Bytes, slot: SlotNumber): Promise<void> {
    const { stretched, ...stretching } = await this.#stretchAnew(passcode);
    const header = { ...(await this.header()), ...stretching, slots: [emptySlot(), emptySlot()] as const };
    // Nothing of the old device key stays: an old header could else still confirm a second passcode.
    await this.#rewrite(header, { which: "first", key, stretched }, slot, randomBytes(2 * HALF_BYTES));
  }

  async empty(slot: SlotNumber): Promise<void> {
    await this.#rewrite(await this.header(), undefined, slot);
  }

  async #stretchAnew(passcode: string): Promise<Stretching & { readonly stretched: Bytes }> {
    const salt = randomBytes(SALT_BYTES);
    const isFree = passcode === "";
    if (isFree) {
      const free = { isFree, cost: FLOOR, salt };
      return { ...free, stretched: await stretchFor(free, "", this.#keys) };
    }
    const { cost, bytes } = await stretchAnew(passcode, salt, this.#keys);
    return { isFree, cost, salt, stretched: bytes };
  }

  async #find(header: Header, passcode: string): Promise<Found | undefined> {
    const stretched = await stretchFor(header, passcode, this.#keys);
    return trySlots(header.slots, stretched, await this.#deviceKey.read(header.deviceName));
  }

  /** The header with one slot filled anew, under a new device key that has been written. */
  async #refilled(header: Header, deviceKey: Bytes, filling: Filling | undefined, slot: SlotNumber): Promise<Header> {
    const fresh = deviceKey.slice();
    fresh.set(randomBytes(HALF_BYTES), slot * HALF_BYTES);
    const deviceName = randomBytes(DEVICE_NAME_BYTES);
    await this.#deviceKey.write(deviceName, fresh);
    const content = filling
      ? await fillSlot(filling.which, filling.key, filling.stretched, halfOf(fresh, slot), slot)
      : emptySlot();
    return { ...header, deviceName, slots: withSlot(header.slots, slot, content) };
  }

  async #rewrite(header: Header, filling: Filling | undefined, slot: SlotNumber, deviceKey?: Bytes): Promise<void> {
    const other = deviceKey ?? (await this.#deviceKey.read(header.deviceName));
    const rewritten = await this.#refilled(header, other, filling, slot);
    await this.#db.putHeader(writeHeader(rewritten));
    await this.#deviceKey.removeBut(rewritten.deviceName);
  }
}
