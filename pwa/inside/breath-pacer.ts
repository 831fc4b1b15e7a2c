// A slow picture to breathe along with: in for some seconds, out for longer, no hold unless one is chosen, no sound
// (requirements part 4). With reduced motion only the words change. Leaving the page, or stopping, ends it.

import { fill, show } from "./said.ts";

export class BreathPacer extends HTMLElement {
  #timer: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    const begin = this.querySelector<HTMLElement>("[data-begin]");
    const pause = this.querySelector<HTMLElement>("[data-pause]");
    if (!begin || !pause) return;
    begin.hidden = false;
    begin.addEventListener("click", () => {
      begin.hidden = true;
      pause.hidden = false;
      show(this, "[data-after]", false);
      pause.focus({ preventScroll: true });
      // On a small screen too, the picture and the button that stops it are in sight for as long as it runs.
      this.querySelector("[data-words]")?.scrollIntoView({ block: "end" });
      this.#breathe(0);
    });
    pause.addEventListener("click", () => {
      this.#rest();
      pause.hidden = true;
      begin.hidden = false;
      show(this, "[data-after]");
      begin.focus();
    });
  }

  disconnectedCallback(): void {
    this.#rest();
  }

  /** Its phases in their order, of as many seconds as each has now: a change counts from the next phase on. */
  #beats(): HTMLSelectElement[] {
    return [...this.querySelectorAll<HTMLSelectElement>("[data-beat]")];
  }

  #breathe(at: number): void {
    clearTimeout(this.#timer);
    const beats = this.#beats();
    // The first one is never left out, so this ends.
    const beat = [...beats.slice(at), ...beats].find(({ value }) => Number(value) > 0);
    if (!beat) return;
    fill(this, "[data-words]", beat.dataset["told"] ?? "");
    // Both drive a transition in the style sheet, which also knows about reduced motion.
    this.style.setProperty("--beat", `${beat.value}s`);
    this.dataset["phase"] = beat.dataset["beat"] ?? "";
    this.#timer = setTimeout(
      () => {
        this.#breathe(beats.indexOf(beat) + 1);
      },
      Number(beat.value) * 1000,
    );
  }

  #rest(): void {
    clearTimeout(this.#timer);
    delete this.dataset["phase"];
    fill(this, "[data-words]", "");
  }
}
