// The device key: random bytes that never leave the phone and without which no passcode opens anything. They lie in a
// private file, since a database keeps deleted bytes on the disk (measured); where the phone has none, in the database.

import { hexOf, type Bytes } from "../shared/bytes.ts";
import type { Database } from "./database.ts";
import type { KeyWorker } from "./key-worker.ts";
import { VaultError } from "./store.ts";

export class DeviceKey {
  readonly #db: Database;
  readonly #keys: KeyWorker;

  constructor(db: Database, keys: KeyWorker) {
    this.#db = db;
    this.#keys = keys;
  }

  /** Rejects with VaultError "damaged" when the browser has cleared it: nothing can be opened any more. */
  async read(name: Bytes): Promise<Bytes> {
    const beside = await this.#db.get(hexOf(name));
    if (beside) return beside;
    try {
      return await this.#keys.readFile(hexOf(name));
    } catch (error) {
      throw new VaultError("damaged", { cause: error });
    }
  }

  async write(name: Bytes, bytes: Bytes): Promise<void> {
    try {
      await this.#keys.writeFile(hexOf(name), bytes);
    } catch {
      // A private window, or a phone without such files.
      await this.#db.put(hexOf(name), bytes);
    }
  }

  async hasFile(name: Bytes): Promise<boolean> {
    return (await this.#db.get(hexOf(name))) === undefined;
  }

  /** Removes every other device key: that of an older passcode, or one left by a phone that died between two steps. */
  async removeBut(name: Bytes): Promise<void> {
    await this.#db.removeDeviceKeysBut(hexOf(name));
    try {
      await this.#keys.removeFilesBut(hexOf(name));
    } catch {
      // No such files on this phone. What a moment's trouble leaves goes at the next unlocking.
    }
  }
}
