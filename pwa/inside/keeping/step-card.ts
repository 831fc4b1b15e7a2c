// One step that was picked: its words, how it felt, and a note, each kept as it is given.

import type { Entry } from "../../vault/store.ts";
import type { Desk } from "./desk.ts";
import { grow } from "./growing.ts";
import { Keeper, troubleOf } from "./keeper.ts";
import { part, show, write, type Rows } from "./rows.ts";
import type { SavingLine } from "./saving-line.ts";
import { isFelt, STEPS, type Felt, type Step } from "./steps.ts";

export interface StepsAround {
  readonly desk: Desk;
  readonly line: SavingLine;
  readonly rows: Rows;
  /** Another window had changed it meanwhile: that one stands in the store too. */
  readonly beside: () => void;
  readonly removed: (card: StepCard) => void;
  readonly smaller: (card: StepCard) => void;
}

/** What waits for room on the phone, under a name that begins so. */
export interface Unsaved {
  readonly value: Step;
  readonly entry: Entry | undefined;
}

export const UNSAVED = `${STEPS} `;

let made = 0;

export class StepCard {
  readonly root: HTMLElement;
  readonly #around: StepsAround;
  readonly #keeper: Keeper;
  #value: Step;

  constructor(value: Step, entry: Entry | undefined, around: StepsAround) {
    this.#value = value;
    this.#around = around;
    const { desk, line, rows, beside, smaller } = around;
    const name = `${UNSAVED}${(made += 1)}`;
    this.#keeper = new Keeper(
      desk.vault,
      STEPS,
      {
        saved: () => {
          desk.unsaved.delete(name);
          line.saved();
        },
        failed: (trouble) => {
          desk.unsaved.set(name, { value: this.#value, entry: this.#keeper.entry } satisfies Unsaved);
          line.failed(trouble);
        },
        beside,
      },
      entry,
    );
    this.root = rows.make("picked");
    this.#layOut();
    part(this.root, "[data-smaller]").addEventListener("click", () => smaller(this));
    part(this.root, "[data-remove]").addEventListener("click", () => void this.remove());
  }

  get id(): string | undefined {
    return this.#keeper.entry?.id;
  }

  get value(): Step {
    return this.#value;
  }

  flush(): Promise<void> {
    return this.#keeper.flush();
  }

  leave(): Promise<void> {
    return this.#keeper.leave();
  }

  /** Keeps it at once, as it is. */
  keep(): void {
    this.#change({});
    void this.flush();
  }

  focus(): void {
    part(this.root, this.#value.step === undefined ? "[data-own] textarea" : "[data-title]").focus();
  }

  async remove(): Promise<void> {
    try {
      await this.#keeper.remove();
      this.#around.removed(this);
    } catch (error) {
      this.#around.line.failed(troubleOf(error));
    }
  }

  #layOut(): void {
    const { step, text, note, felt } = this.#value;
    const isOwn = step === undefined;
    show(this.root, "[data-own]", isOwn);
    show(this.root, "[data-title]", !isOwn);
    if (!isOwn) write(this.root, "[data-title]", text);
    this.#field("[data-own] textarea", text, (typed) => this.#change({ text: typed }));
    this.#field("[data-note] textarea", note, (typed) => this.#change({ note: typed }));
    for (const button of this.#feelings()) {
      button.addEventListener("click", () => this.#feel(button.dataset["felt"]));
    }
    this.#showFelt(felt);
    this.#tellApart();
  }

  #field(selector: string, text: string, typed: (text: string) => void): void {
    const area = part<HTMLTextAreaElement>(this.root, selector);
    area.value = text;
    area.addEventListener("input", () => typed(area.value));
    grow(area);
  }

  #feelings(): NodeListOf<HTMLElement> {
    return this.root.querySelectorAll("[data-felt]");
  }

  /** A second tap on the same one takes it back. */
  #feel(tapped: string | undefined): void {
    const felt = isFelt(tapped) && tapped !== this.#value.felt ? tapped : undefined;
    const { felt: _, ...rest } = this.#value;
    this.#value = felt ? { ...rest, felt } : rest;
    this.#showFelt(felt);
    this.keep();
  }

  #showFelt(felt: Felt | undefined): void {
    for (const button of this.#feelings()) button.setAttribute("aria-pressed", String(button.dataset["felt"] === felt));
    show(this.root, "[data-kind]", felt === "hard");
  }

  #change(changed: Partial<Step>): void {
    this.#value = { ...this.#value, ...changed };
    if (changed.text !== undefined) this.#tellApart();
    this.#around.line.typing();
    this.#keeper.change(this.#value);
  }

  /** Read out one after the other, the buttons of many steps would all be called the same. */
  #tellApart(): void {
    for (const button of this.root.querySelectorAll<HTMLElement>("[data-smaller], [data-remove]")) {
      button.setAttribute("aria-label", [button.textContent.trim(), this.#value.text].filter(Boolean).join(", "));
    }
  }
}
