// First behind the door: somebody asks to be reached, or all is well again. How, and the answers, are one tap away.

import { now } from "../../shared/clock.ts";
import { askingOf, type Asking } from "../asking/asking.ts";
import { part, Rows, show } from "../keeping/rows.ts";
import { currentVisit } from "../room.ts";
import { fill } from "../said.ts";
import { pending, settle } from "./invite.ts";
import { aroundOf, type Around } from "./look.ts";
import { isNewlyWell, noteCalm, noteSeen, peopleOf, type Person } from "./people.ts";

const LOST: readonly unknown[] = ["denied", "late", "failed"];

export class AskedCard extends HTMLElement {
  readonly #rows = new Rows(this);
  readonly #unwatch: (() => void)[] = [];

  connectedCallback(): void {
    const visit = currentVisit();
    const around = aroundOf(visit);
    if (around) void this.#begin(around, askingOf(visit));
  }

  disconnectedCallback(): void {
    for (const stop of this.#unwatch.splice(0)) stop();
  }

  async #begin(around: Around, asking: Asking | undefined): Promise<void> {
    try {
      await around.look();
      if (!around.isOfUse) return;
      await settle(around);
      await noteSeen(around, await peopleOf(around), now().getTime());
      if (!this.isConnected) return;
      if (asking) this.#unwatch.push(asking.watch(() => this.#drawLost(around, asking)));
      this.#unwatch.push(around.watch(() => void this.#draw(around)));
      await this.#draw(around);
      if (asking) this.#drawLost(around, asking);
    } catch {
      // What is kept cannot be read: the view of people says so to whoever looks there.
    }
  }

  async #draw(around: Around): Promise<void> {
    const people = await peopleOf(around);
    if (!this.isConnected) return;
    const open = people.filter(({ nudge }) => nudge?.state === "open").map((person) => this.#row("open", person));
    const well = people.filter(isNewlyWell).map((person) => {
      const row = this.#row("well", person);
      part(row, "[data-read]").addEventListener("click", () => {
        row.hidden = true;
        void noteCalm(around, [person]).catch(() => undefined);
      });
      return row;
    });
    part(this, "[data-asked]").replaceChildren(...open, ...well);
    show(this, "[data-waits]", pending(around).length > 0);
  }

  #row(name: string, person: Person): HTMLElement {
    const row = this.#rows.make(name);
    if (person.name !== "") fill(row, "[data-name]", person.name);
    return row;
  }

  /** Whoever has check-ins too is told there. */
  #drawLost(around: Around, { wishes, reach }: Asking): void {
    show(this, "[data-lost]", around.pairs("theirs").length > 0 && wishes === null && LOST.includes(reach));
  }
}
