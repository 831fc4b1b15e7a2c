// Choosing a passcode: typed twice, with how long it holds said as it is typed. What it is for is the view's to know.

import { codeIn, faultOf } from "./code-field.ts";
import { fill } from "./said.ts";
import { strengthOf, type Span } from "./strength.ts";

/** same: the second code may not be the first one; refused: the view has said why. */
export type CodeFault = "short" | "long" | "different" | "same" | "refused";

export class CodeForm extends HTMLElement {
  /** Takes a code that is fit to use. While it works the form waits; resolves to what is wrong with it, if anything. */
  onCode: (code: string) => Promise<CodeFault | undefined> = () => Promise.resolve(undefined);

  connectedCallback(): void {
    const form = this.querySelector("form");
    const [first, again] = this.#fields();
    if (!form || !first || !again) return;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#submit(form, first, again);
    });
    first.addEventListener("input", () => {
      this.#rate(codeIn(first));
    });
    this.#onTick("[data-sight]", (isOn) => {
      for (const field of this.#fields()) field.type = isOn ? "text" : "password";
    });
    this.#onTick("[data-letters]", (isOn) => {
      for (const field of this.#fields()) field.inputMode = isOn ? "text" : "numeric";
    });
  }

  #fields(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("[data-code]")];
  }

  #onTick(selector: string, act: (isOn: boolean) => void): void {
    const box = this.querySelector<HTMLInputElement>(selector);
    box?.addEventListener("change", () => {
      act(box.checked);
    });
  }

  async #submit(form: HTMLFormElement, first: HTMLInputElement, again: HTMLInputElement): Promise<void> {
    if (first.readOnly) return;
    const code = codeIn(first);
    const fault = faultOf(code) ?? (codeIn(again) === code ? undefined : "different");
    this.#complain(fault);
    if (fault) {
      (fault === "different" ? again : first).focus();
      return;
    }
    this.#wait(form, true);
    try {
      const refused = await this.onCode(code);
      this.#complain(refused);
      if (!refused) form.reset();
      if (!refused) this.#rate("");
    } finally {
      this.#wait(form, false);
    }
  }

  #wait(form: HTMLFormElement, isBusy: boolean): void {
    for (const field of this.#fields()) field.readOnly = isBusy;
    form.setAttribute("aria-busy", String(isBusy));
    fill(this, "[data-busy]", isBusy ? (this.dataset["wait"] ?? "") : "");
  }

  #complain(fault: CodeFault | undefined): void {
    fill(this, "[data-error]", (fault && this.dataset[fault]) ?? "");
    for (const field of this.#fields()) {
      if (fault && fault !== "refused") field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  }

  #rate(code: string): void {
    const box = this.querySelector<HTMLElement>("[data-strength]");
    if (!box) return;
    box.hidden = faultOf(code) !== undefined;
    if (box.hidden) return;
    const { byHand, fromCopy } = strengthOf(code);
    this.#tell("[data-hand]", byHand);
    this.#tell("[data-copy]", fromCopy);
  }

  #tell(selector: string, span: Span): void {
    const spot = this.querySelector(selector);
    const words = this.dataset[span] ?? "";
    // Said once, not again with every letter.
    if (spot && spot.textContent !== words) spot.textContent = words;
  }
}
