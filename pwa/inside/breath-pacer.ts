// A slow picture to breathe along with: in for some seconds, out for longer, no hold, no sound (requirements part 4).
// With reduced motion only the words change. Leaving the page, or stopping, ends it.

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
      pause.focus({ preventScroll: true });
      // On a small screen too, the button that stops it is in sight for as long as it runs.
      this.scrollIntoView({ block: "end" });
      this.#breathe("in");
    });
    pause.addEventListener("click", () => {
      this.#rest();
      pause.hidden = true;
      begin.hidden = false;
      begin.focus();
    });
  }

  disconnectedCallback(): void {
    this.#rest();
  }

  #breathe(phase: "in" | "out"): void {
    clearTimeout(this.#timer);
    const seconds = Number(this.dataset[phase] ?? "4");
    const words = this.querySelector("[data-words]");
    if (words) words.textContent = this.dataset[phase === "in" ? "inWords" : "outWords"] ?? "";
    // The attribute drives a transition in the style sheet, which also knows about reduced motion.
    this.dataset["phase"] = phase;
    this.#timer = setTimeout(() => {
      this.#breathe(phase === "in" ? "out" : "in");
    }, seconds * 1000);
  }

  #rest(): void {
    clearTimeout(this.#timer);
    delete this.dataset["phase"];
    const words = this.querySelector("[data-words]");
    if (words) words.textContent = "";
  }
}
