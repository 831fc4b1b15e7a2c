// A grounding exercise, one step at a time. On a plain page it is a list to read; stopping leads to the others.

export class GroundingExercise extends HTMLElement {
  #at = 0;

  connectedCallback(): void {
    this.#steps().forEach((step, index) => (step.hidden = index > 0));
    const controls = this.querySelector<HTMLElement>("[data-controls]");
    if (controls) controls.hidden = false;
    this.querySelector("[data-next]")?.addEventListener("click", () => {
      this.#move(1);
    });
    this.querySelector("[data-back]")?.addEventListener("click", () => {
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
    this.#toggle("[data-back]", this.#at > 0);
    this.#toggle("[data-next]", this.#at < last);
    // Nobody counts to the end: after a few of many, the closing words are there.
    this.#toggle("[data-closing]", this.#at >= Math.min(Number(this.dataset["enough"] ?? last), last));
    if (by !== 0) steps[this.#at]?.focus({ preventScroll: true });
  }

  #toggle(selector: string, shown: boolean): void {
    const part = this.querySelector<HTMLElement>(selector);
    if (part) part.hidden = !shown;
  }
}
