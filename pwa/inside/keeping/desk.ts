// What one visit has at hand to keep words with: the open vault, and what could not be saved yet. No document.

import type { Vault } from "../../vault/store.ts";
import type { Visit } from "../room.ts";

export class Desk {
  readonly vault: Vault;
  /** By a name of the view's own: typed, refused by the phone, and still here when she comes back to that view. */
  readonly unsaved = new Map<string, unknown>();
  readonly #saving = new Set<Promise<void>>();

  constructor(vault: Vault) {
    this.vault = vault;
  }

  /** The last words of a view that has gone; the next one reads only when they are through. */
  follow(saving: Promise<void>): void {
    this.#saving.add(saving);
    void saving.finally(() => this.#saving.delete(saving));
  }

  async settled(): Promise<void> {
    await Promise.all(this.#saving);
  }
}

// Held by the visit alone, so that what it holds goes with it.
const desks = new WeakMap<Visit, Desk>();

/** Undefined where nothing can be kept: no vault yet, or a locked one. */
export function deskOf(visit: Visit | undefined): Desk | undefined {
  if (!visit?.place.vault.isOpen()) return undefined;
  const desk = desks.get(visit) ?? new Desk(visit.place.vault);
  desks.set(visit, desk);
  return desk;
}
