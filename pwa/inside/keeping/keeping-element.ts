// What every view that keeps words has in common: it opens with what is kept, or says kindly why it cannot.

import type { Entry, Loaded } from "../../vault/store.ts";
import { currentVisit } from "../room.ts";
import { deskOf, type Desk } from "./desk.ts";
import { troubleOf } from "./keeper.ts";
import { Rows, show } from "./rows.ts";

export abstract class KeepingElement extends HTMLElement {
  protected readonly rows = new Rows(this);

  /** The kinds of entries it opens with. */
  protected abstract readonly kinds: readonly string[];

  /** Called once everything is read, with the entries of each kind in the order of `kinds`. */
  protected abstract open(desk: Desk, entries: readonly (readonly Entry[])[]): void;

  connectedCallback(): void {
    const desk = deskOf(currentVisit());
    if (desk) void this.#begin(desk);
    else show(this, "[data-absent]");
  }

  async #begin(desk: Desk): Promise<void> {
    try {
      await desk.settled();
      const loaded = await Promise.all(this.kinds.map((kind) => desk.vault.load(kind)));
      // Whoever has gone on meanwhile gets nothing more.
      if (!this.isConnected) return;
      this.#sayUnreadable(loaded);
      show(this, "[data-open]");
      this.open(
        desk,
        loaded.map(({ entries }) => entries),
      );
    } catch (error) {
      if (!this.isConnected) return;
      show(this, troubleOf(error) === "locked" ? "[data-absent]" : "[data-unopened]");
    }
  }

  /** Of the whole store: what a record was that cannot be opened, nobody knows. */
  #sayUnreadable(loaded: readonly Loaded[]): void {
    const count = Math.max(...loaded.map(({ unreadable }) => unreadable));
    const line = this.querySelector<HTMLElement>("[data-unreadable]");
    if (!line || count === 0) return;
    line.textContent = (line.dataset[count === 1 ? "one" : "more"] ?? "").replace("{count}", String(count));
    line.hidden = false;
  }
}
