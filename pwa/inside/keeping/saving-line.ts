// The quiet line that says whether all is kept: "Saved", what went wrong and what can be done, or a way to undo.

import type { VaultTrouble } from "../../vault/store.ts";
import { showOnly } from "../said.ts";
import { part, show } from "./rows.ts";

// The troubles that have words of their own; all others mean the same to her.
const TOLD_APART: readonly VaultTrouble[] = ["full", "locked"];

// Between a field and the line below it.
const ROOM_PX = 16;

export class SavingLine {
  readonly #line: HTMLElement;
  #undo: (() => void) | undefined;
  /** Where she was before she came to a button here, which goes as soon as it has done its work. */
  #before: HTMLElement | undefined;

  constructor(root: HTMLElement, tryAgain: () => void) {
    this.#line = part(root, "[data-saving]");
    root.addEventListener("focusin", ({ target }) => {
      if (target instanceof HTMLElement && !this.#line.contains(target)) this.#before = target;
    });
    part(this.#line, "[data-again]").addEventListener("click", tryAgain);
    part(this.#line, "[data-undo-it]").addEventListener("click", () => {
      const undo = this.#undo;
      this.#stopOffering();
      undo?.();
    });
  }

  /** No live region says it: a screen reader would speak into every sentence that is typed. */
  saved(): void {
    this.#take("[data-trouble]");
    show(this.#line, "[data-said]");
  }

  typing(): void {
    show(this.#line, "[data-said]", false);
    this.#stopOffering();
  }

  failed(trouble: VaultTrouble): void {
    const told = TOLD_APART.includes(trouble) ? trouble : "other";
    showOnly(this.#line, "when", told);
    show(this.#line, "[data-said]", false);
    show(this.#line, "[data-trouble]");
    this.#keepFieldInSight();
  }

  /** On a small screen the words of trouble are tall: what she is writing must not be behind them. */
  #keepFieldInSight(): void {
    const field = this.#before;
    if (!field || field !== document.activeElement) return;
    field.style.scrollMarginBlockEnd = `${this.#line.offsetHeight + ROOM_PX}px`;
    field.scrollIntoView({ block: "nearest" });
  }

  offerUndo(undo: () => void): void {
    this.#undo = undo;
    show(this.#line, "[data-said]", false);
    show(this.#line, "[data-undo]");
  }

  #stopOffering(): void {
    this.#undo = undefined;
    this.#take("[data-undo]");
  }

  #take(selector: string): void {
    const box = part(this.#line, selector);
    const hadFocus = box.contains(document.activeElement);
    box.hidden = true;
    if (hadFocus) this.#before?.focus({ preventScroll: true });
  }
}
