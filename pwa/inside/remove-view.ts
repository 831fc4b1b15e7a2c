// Removing everything: explained, tried out without harm, and done only after a second yes.

import { HOLD_TO_REMOVE_MS } from "./gate-form.ts";
import { removeEverything } from "./remove-everything.ts";
import { currentVisit, type Visit } from "./room.ts";
import { askTwice, show } from "./said.ts";

export class RemoveView extends HTMLElement {
  connectedCallback(): void {
    const visit = currentVisit();
    const practice = this.querySelector<HTMLElement>("[data-practice]");
    if (!visit || !practice) return;
    visit.place.onHold(
      practice,
      () => {
        show(this, "[data-held]");
      },
      HOLD_TO_REMOVE_MS,
    );
    askTwice(this, "[data-keep]");
    this.querySelector("[data-remove]")?.addEventListener("click", () => void this.#remove(visit), { once: true });
  }

  async #remove({ place }: Visit): Promise<void> {
    show(this, "[data-busy]");
    if (await removeEverything(place)) place.coverUpEverywhere();
    else {
      show(this, "[data-failed]");
      show(this, "[data-busy]", false);
    }
  }
}
