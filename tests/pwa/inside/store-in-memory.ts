// A vault that is open and keeps its entries in memory, as the real one keeps them: revisions, copies beside, trouble.
import type { Entry, Loaded, Saved, Vault, VaultTrouble } from "../../../pwa/vault/store.ts";
import { VaultError } from "../../../pwa/vault/store.ts";

export class StoreInMemory {
  entries: Entry[] = [];
  unreadable = 0;
  isLocked = false;
  /** Set it to have the next saves and removals refused. */
  trouble: VaultTrouble | undefined;
  /** How often something was saved. */
  saves = 0;
  #count = 0;
  #held: (() => void)[] | undefined;

  /** Lays an entry down, as another window or an earlier day would have. */
  given(kind: string, value: unknown, more: Partial<Entry> = {}): Entry {
    const entry = { ...this.#stamp(), id: `id-${this.#count}`, kind, value: structuredClone(value), ...more };
    this.entries = [...this.entries.filter(({ id }) => id !== entry.id), entry];
    return entry;
  }

  /** Another window writes over an entry. */
  writtenElsewhere(entry: Entry, value: unknown): Entry {
    return this.given(entry.kind, value, { id: entry.id });
  }

  values(kind: string): unknown[] {
    return this.entries.filter((entry) => entry.kind === kind).map(({ value }) => value);
  }

  /** Saves take their time until `release`. */
  hold(): void {
    this.#held = [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const go of held) go();
  }

  isOpen(): boolean {
    return !this.isLocked;
  }

  async load(kind: string): Promise<Loaded> {
    await Promise.resolve();
    if (this.isLocked) throw new VaultError("locked");
    return { entries: this.entries.filter((entry) => entry.kind === kind), unreadable: this.unreadable };
  }

  async save(kind: string, value: unknown, over?: Entry): Promise<Saved> {
    const copy: unknown = structuredClone(value);
    const locked = this.isLocked;
    await new Promise<void>((go) => {
      if (this.#held) this.#held.push(go);
      else go();
    });
    if (locked) throw new VaultError("locked");
    if (this.trouble) throw new VaultError(this.trouble);
    this.saves += 1;
    const standing = over && this.entries.find(({ id }) => id === over.id);
    if (over && standing?.revision !== over.revision) {
      return { entry: this.given(kind, copy, { copyOf: over.id }), conflict: true };
    }
    return { entry: this.given(kind, copy, over ? { id: over.id } : {}), conflict: false };
  }

  async remove(entry: Entry): Promise<void> {
    await Promise.resolve();
    if (this.trouble) throw new VaultError(this.trouble);
    this.entries = this.entries.filter(({ id }) => id !== entry.id);
  }

  /** For places that ask for a whole vault. */
  asVault(): Vault {
    return this as unknown as Vault;
  }

  #stamp(): { at: number; revision: string } {
    this.#count += 1;
    return { at: this.#count, revision: `revision-${this.#count}` };
  }
}
