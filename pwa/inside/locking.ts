// When the vault is locked: at once when she leaves, after the time she chose when the page is only out of sight.
// Timers of hidden pages freeze, so the clock is looked at again whenever the page comes back.

import type { Leaving } from "../exit/exit.ts";
import { now } from "../shared/clock.ts";
import type { Vault } from "../vault/store.ts";

export class VaultLock {
  readonly vault: Vault;
  // Until her own choice has been read from the vault, no time is given.
  #seconds = 0;
  #leftAt: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(vault: Vault) {
    this.vault = vault;
  }

  readonly lockAfter = (seconds: number): void => {
    this.#seconds = seconds;
  };

  /** For the step in which everything is forgotten. */
  readonly forget = (leaving: Leaving): void => {
    if (leaving === "exit" || this.#seconds === 0) this.#lock();
    else if (this.vault.isOpen()) this.#waitForHer();
  };

  /** Locks it where the time is over. */
  readonly look = (): void => {
    if (this.#leftAt === undefined) return;
    const away = now().getTime() - this.#leftAt;
    // A clock that was set back proves nothing.
    if (away < 0 || away >= this.#seconds * 1000) this.#lock();
  };

  /** Whether she is back in time, and needs no passcode. */
  isHeld(): boolean {
    this.look();
    return this.vault.isOpen();
  }

  /** She is inside again. */
  stay(): void {
    clearTimeout(this.#timer);
    this.#leftAt = undefined;
  }

  #waitForHer(): void {
    // The time runs from when she left, however often the cover is looked at and put away meanwhile.
    if (this.#leftAt !== undefined) return;
    this.#leftAt = now().getTime();
    this.#timer = setTimeout(() => {
      this.#lock();
    }, this.#seconds * 1000);
  }

  #lock(): void {
    this.stay();
    this.#seconds = 0;
    this.vault.lock();
  }
}
