// A vault as the inside sees it, with nothing behind it; set its fields to have it refuse, wait, or hold a passcode.
import {
  VaultError,
  type Entry,
  type Loaded,
  type Opened,
  type Saved,
  type Vault,
  type VaultKind,
  type VaultTrouble,
} from "../../pwa/vault/store.ts";

export class VaultInMemory implements Vault {
  /** undefined: no vault yet; empty: kept without a passcode. */
  first: string | undefined;
  second: string | undefined;
  deviceFile = true;
  fullCost = true;
  wipeTries = 0;
  open = false;
  /** Thrown by whatever is asked next, as long as it is set. */
  trouble: VaultTrouble | undefined;
  /** Unlocking waits for it. */
  stretching: Promise<void> = Promise.resolve();
  readonly tried: string[] = [];
  locks = 0;
  wipes = 0;
  #entries: Entry[] = [];
  #writes = 0;

  kind(): Promise<VaultKind> {
    return this.#trying(() => (this.first === undefined ? "absent" : this.first ? "passcode" : "free"));
  }

  isOpen(): boolean {
    return this.open;
  }

  create(passcode: string): Promise<void> {
    return this.#trying(() => {
      this.first = passcode;
      this.open = true;
    });
  }

  async unlock(passcode: string): Promise<Opened> {
    this.tried.push(passcode);
    await this.stretching;
    return this.#trying(() => {
      if (passcode === this.first) {
        this.open = true;
        return "first";
      }
      return passcode === this.second ? "second" : "wrong";
    });
  }

  lock(): void {
    this.locks += 1;
    this.open = false;
  }

  changePasscode(passcode: string): Promise<boolean> {
    return this.#opened(() => {
      if (passcode === this.second) return false;
      this.first = passcode;
      return true;
    });
  }

  setSecond(passcode: string): Promise<boolean> {
    return this.#opened(() => {
      if (passcode === this.first) return false;
      this.second = passcode;
      return true;
    });
  }

  removeSecond(): Promise<void> {
    return this.#opened(() => {
      this.second = undefined;
    });
  }

  hasSecond(): Promise<boolean> {
    return this.#opened(() => this.second !== undefined);
  }

  hasDeviceFile(): Promise<boolean> {
    return this.#opened(() => this.deviceFile);
  }

  hasFullCost(): Promise<boolean> {
    return this.#opened(() => this.fullCost);
  }

  wipeAfter(): Promise<number> {
    return this.#opened(() => this.wipeTries);
  }

  setWipeAfter(tries: number): Promise<void> {
    return this.#opened(() => {
      this.wipeTries = tries;
    });
  }

  openSealed(box: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    return this.#opened(() => box);
  }

  wipe(): Promise<void> {
    return this.#trying(() => {
      this.wipes += 1;
      this.open = false;
      this.first = this.second = undefined;
      this.#entries = [];
    });
  }

  load(kind: string): Promise<Loaded> {
    return this.#opened(() => ({ entries: this.#entries.filter((entry) => entry.kind === kind), unreadable: 0 }));
  }

  save(kind: string, value: unknown, over?: Entry): Promise<Saved> {
    return this.#opened(() => {
      this.#writes += 1;
      const revision = String(this.#writes);
      const isKept = this.#entries.some((each) => each.id === over?.id && each.revision === over.revision);
      const conflict = over !== undefined && !isKept;
      const id = over && !conflict ? over.id : `id ${revision}`;
      const entry = { id, kind, value, at: this.#writes, revision, ...(conflict ? { copyOf: over.id } : {}) };
      this.#entries = [...this.#entries.filter((each) => each.id !== id), entry];
      return { entry, conflict };
    });
  }

  remove(entry: Entry): Promise<void> {
    return this.#opened(() => {
      this.#entries = this.#entries.filter((each) => each.id !== entry.id);
    });
  }

  #opened<T>(act: () => T): Promise<T> {
    return this.#trying(() => {
      if (!this.open) throw new VaultError("locked");
      return act();
    });
  }

  async #trying<T>(act: () => T): Promise<T> {
    await Promise.resolve();
    if (this.trouble) throw new VaultError(this.trouble);
    return act();
  }
}
