// What this phone knows of her check-ins, read from the vault once for a visit and written back at each change.

import type { Entry, Vault } from "../../vault/store.ts";
import { ASKING, flat, NOTHING, parseKept, type Kept } from "./kept.ts";

export class Remembered {
  readonly #vault: Vault;
  readonly #watchers = new Set<() => void>();
  #kept = NOTHING;
  #entry: Entry | undefined;
  #loading: Promise<void> | undefined;
  #saving: Promise<unknown> = Promise.resolve();

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  get now(): Kept {
    return this.#kept;
  }

  /** Rejects with VaultError. */
  load(): Promise<void> {
    return (this.#loading ??= this.#load());
  }

  async #load(): Promise<void> {
    const entries = [...(await this.#vault.load(ASKING)).entries];
    this.#entry = entries.pop();
    this.#kept = parseKept(this.#entry?.value);
    // Two windows kept one each; the later one counts.
    for (const older of entries) await this.#vault.remove(older);
  }

  /** Calls back after every change, until the returned function is called. */
  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }

  /** One save after the other, so that none takes the one before it for another window's. */
  keep(changed: Partial<Kept>): Promise<void> {
    this.#kept = { ...this.#kept, ...changed };
    const saving = this.#saving.then(() => this.#save());
    this.#saving = saving.catch(() => undefined);
    return saving;
  }

  async #save(): Promise<void> {
    const before = this.#entry;
    const { entry, conflict } = await this.#vault.save(ASKING, flat(this.#kept), before);
    this.#entry = entry;
    // Another window's, older now.
    if (conflict && before) await this.#vault.remove(before);
    this.tell();
  }

  async forget(): Promise<void> {
    if (this.#entry) await this.#vault.remove(this.#entry);
    this.#entry = undefined;
    this.#kept = NOTHING;
  }

  tell(): void {
    for (const changed of this.#watchers) changed();
  }
}
