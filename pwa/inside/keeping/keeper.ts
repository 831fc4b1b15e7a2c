// Keeps one entry as it is typed: a change is saved within half a second, and at once when asked. No document.
// One save at a time, so that a save never meets the one before it and takes it for another window's.

import { VaultError, type Entry, type Store, type VaultTrouble } from "../../vault/store.ts";

/** Not put off by further typing: whatever happens to the phone, no more than this is lost. */
export const SAVE_AFTER_MS = 500;

export interface Told {
  /** All that was typed is kept. */
  readonly saved: () => void;
  /** It is not, and what was kept before still is; the change waits for the next try. */
  readonly failed: (trouble: VaultTrouble) => void;
  /** Another window had written it meanwhile: that stays too, and what was typed here stands beside it. */
  readonly beside?: () => void;
}

export function troubleOf(error: unknown): VaultTrouble {
  return error instanceof VaultError ? error.code : "blocked";
}

export class Keeper {
  readonly #store: Store;
  readonly #kind: string;
  readonly #told: Told;
  #entry: Entry | undefined;
  #waiting: { readonly value: unknown } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;

  constructor(store: Store, kind: string, told: Told, entry?: Entry) {
    this.#store = store;
    this.#kind = kind;
    this.#told = told;
    this.#entry = entry;
  }

  get entry(): Entry | undefined {
    return this.#entry;
  }

  /** Whether something typed is not kept yet. */
  get isWaiting(): boolean {
    return this.#waiting !== undefined;
  }

  change(value: unknown): void {
    this.#waiting = { value };
    this.#timer ??= setTimeout(() => void this.flush(), SAVE_AFTER_MS);
  }

  /** Saves at once what waits, if anything does; resolves when it is kept or could not be. */
  async flush(): Promise<void> {
    this.#rest();
    if (this.#waiting) this.#running ??= this.#run();
    await this.#running;
  }

  /**
   * The last words: the keys may be gone before a save that is under way is through, so this one does not wait for it.
   * Then both stand in the store, and as the later holds the earlier, the next opening keeps the later.
   */
  async leave(): Promise<void> {
    this.#rest();
    const last = this.#waiting;
    if (last && this.#running) {
      await this.#store.save(this.#kind, last.value, this.#entry).catch(() => undefined);
    } else {
      await this.flush();
    }
  }

  /** Takes the entry away, with whatever waits for it. */
  async remove(): Promise<void> {
    this.#rest();
    await this.#running;
    this.#waiting = undefined;
    const entry = this.#entry;
    this.#entry = undefined;
    if (entry) await this.#store.remove(entry);
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #run(): Promise<void> {
    for (let next = this.#waiting; next; next = this.#waiting) {
      this.#waiting = undefined;
      try {
        const { entry, conflict } = await this.#store.save(this.#kind, next.value, this.#entry);
        this.#entry = entry;
        if (conflict) this.#told.beside?.();
      } catch (error) {
        // What has been typed since is newer, and holds this too.
        this.#waiting ??= next;
        this.#running = undefined;
        this.#told.failed(troubleOf(error));
        return;
      }
    }
    this.#rest();
    this.#running = undefined;
    this.#told.saved();
  }
}
