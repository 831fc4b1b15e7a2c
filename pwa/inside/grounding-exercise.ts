// A grounding exercise, one step at a time. On a plain page it is a list to read; stopping leads to the others.

import { onPress, show } from "./said.ts";

export class GroundingExercise extends HTMLElement {
  #at = 0;

  connectedCallback(): void {
    show(this, "[data-controls]");
    onPress(this, "[data-next]", () => {
      this.#move(1);
    });
    onPress(this, "[data-back]", () => {
      this.#move(-1);
    });
    this.#move(0);
  }

  #steps(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[data-step]")];
  }

  #move(by: number): void {
    const steps = this.#steps();
    this.#at = Math.min(Math.max(this.#at + by, 0), steps.length - 1);
    steps.forEach((step, index) => (step.hidden = index !== this.#at));
    const last = steps.length - 1;
    show(this, "[data-back]", this.#at > 0);
    show(this, "[data-next]", this.#at < last);
    // Nobody counts to the end: after a few of many, the closing words are there.
    show(this, "[data-closing]", this.#at >= Math.min(Number(this.dataset["enough"] ?? last), last));
    if (by !== 0) steps[this.#at]?.focus({ preventScroll: true });
  }
}
