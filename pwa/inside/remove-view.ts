// Removing everything: explained, tried out without harm, and done only after a second yes.

import { HOLD_TO_REMOVE_MS } from "./gate-form.ts";
import { removeEverything } from "./remove-everything.ts";
import { currentVisit, type Visit } from "./room.ts";

export class RemoveView extends HTMLElement {
  connectedCallback(): void {
    const visit = currentVisit();
    const practice = this.#part("[data-practice]");
    const ask = this.#part("[data-ask]");
    const sure = this.#part("[data-sure]");
    if (!visit || !practice || !ask || !sure) return;
    visit.place.onHold(
      practice,
      () => {
        this.#show("[data-held]");
      },
      HOLD_TO_REMOVE_MS,
    );
    ask.addEventListener("click", () => {
      sure.hidden = false;
      ask.hidden = true;
      this.#part("[data-keep]")?.focus();
    });
    this.#part("[data-keep]")?.addEventListener("click", () => {
      sure.hidden = true;
      ask.hidden = false;
      ask.focus();
    });
    this.#part("[data-remove]")?.addEventListener("click", () => void this.#remove(visit), { once: true });
  }

  async #remove({ place }: Visit): Promise<void> {
    this.#show("[data-busy]");
    if (await removeEverything(place)) place.coverUpEverywhere();
    else {
      this.#show("[data-failed]");
      this.#show("[data-busy]", false);
    }
  }

  #part(selector: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(selector);
  }

  #show(selector: string, isShown = true): void {
    const part = this.#part(selector);
    if (part) part.hidden = !isShown;
  }
}
