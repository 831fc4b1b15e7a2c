// Small steps to people: a ladder to read from lightest on, and those she picked, in the ladder's order. No score, no
// date, no streak: any step can be picked, put away and picked again.

import type { Entry } from "../vault/store.ts";
import type { Desk } from "./keeping/desk.ts";
import { KeepingElement } from "./keeping/keeping-element.ts";
import { part, show } from "./keeping/rows.ts";
import { SavingLine } from "./keeping/saving-line.ts";
import { StepCard, UNSAVED, type StepsAround, type Unsaved } from "./keeping/step-card.ts";
import { outgrownSteps, STEPS, stepsOf, type Step } from "./keeping/steps.ts";

export class SmallSteps extends KeepingElement {
  protected readonly kinds = [STEPS];
  #around: StepsAround | undefined;
  #cards: StepCard[] = [];

  protected override open(desk: Desk, [entries = []]: readonly (readonly Entry[])[]): void {
    this.#around = {
      desk,
      line: new SavingLine(this, () => void this.#flush()),
      rows: this.rows,
      beside: () => show(this, "[data-beside]"),
      removed: (card) => this.#removed(card),
      smaller: (card) => this.#showSmaller(card),
    };
    const steps = stepsOf(entries);
    const gone = outgrownSteps(steps);
    for (const { entry } of gone) desk.vault.remove(entry).catch(() => undefined);
    for (const { value, entry } of steps.filter((step) => !gone.includes(step))) this.#add(value, entry);
    for (const rung of this.#rungs()) {
      part(rung, "[data-pick]").addEventListener("click", () => this.#toggle(rung));
    }
    part(this, "[data-add]").addEventListener("click", () => this.#add({ text: "", note: "" })?.focus());
    this.addEventListener("focusout", () => void this.#flush());
    this.#bringBackUnsaved(desk);
    this.#showPicked();
  }

  disconnectedCallback(): void {
    for (const card of this.#cards) this.#around?.desk.follow(card.leave());
  }

  async #flush(): Promise<void> {
    await Promise.all(this.#cards.map((card) => card.flush()));
  }

  #rungs(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[data-rung]")];
  }

  /** Of the ladder; her own steps come after all of it. */
  #placeOf({ step }: Step): number {
    const rungs = this.#rungs();
    const at = rungs.findIndex((rung) => rung.dataset["rung"] === step);
    return at === -1 ? rungs.length : at;
  }

  #add(value: Step, entry?: Entry): StepCard | undefined {
    if (!this.#around) return undefined;
    const words = this.#rungs()[this.#placeOf(value)]?.querySelector("[data-text]")?.textContent;
    const card = new StepCard(words ? { ...value, text: words } : value, entry, this.#around);
    const next = this.#cards.find((other) => this.#placeOf(other.value) > this.#placeOf(value));
    this.#cards.splice(next ? this.#cards.indexOf(next) : this.#cards.length, 0, card);
    part(this, "[data-picked]").insertBefore(card.root, next?.root ?? null);
    this.#showPicked();
    return card;
  }

  /** Focus stays: she may want to pick some more. */
  #toggle(rung: HTMLElement): void {
    const step = rung.dataset["rung"] ?? "";
    const standing = this.#cards.filter(({ value }) => value.step === step);
    if (standing.length === 0) this.#add({ step, text: "", note: "" })?.keep();
    for (const card of standing) void card.remove();
  }

  #removed(card: StepCard): void {
    const hadFocus = card.root.contains(document.activeElement);
    this.#cards = this.#cards.filter((other) => other !== card);
    card.root.remove();
    if (hadFocus) part(this, "[data-yours]").focus();
    this.#showPicked();
    this.#around?.line.offerUndo(() => this.#add(card.value)?.keep());
  }

  #showPicked(): void {
    const picked = new Set(this.#cards.map(({ value }) => value.step));
    for (const rung of this.#rungs()) {
      part(rung, "[data-pick]").setAttribute("aria-pressed", String(picked.has(rung.dataset["rung"])));
    }
    show(this, "[data-nothing]", this.#cards.length === 0);
  }

  /** Down the ladder is as good as up: opens the steps below this one's, or the lightest. */
  #showSmaller({ value }: StepCard): void {
    const bands = [...this.querySelectorAll<HTMLDetailsElement>("[data-band]")];
    const own = bands.findIndex((band) => band.querySelector(`[data-rung="${CSS.escape(value.step ?? "")}"]`));
    const smaller = bands[Math.max(0, own - 1)];
    if (!smaller) return;
    smaller.open = true;
    part(smaller, "summary").focus();
  }

  /** What the phone refused to keep when this view was last open. */
  #bringBackUnsaved({ unsaved }: Desk): void {
    for (const [name, waiting] of [...unsaved].filter(([name]) => name.startsWith(UNSAVED))) {
      const { value, entry } = waiting as Unsaved;
      unsaved.delete(name);
      const standing = this.#cards.find(({ id }) => entry !== undefined && id === entry.id);
      if (standing) {
        this.#cards = this.#cards.filter((card) => card !== standing);
        standing.root.remove();
      }
      this.#add(value, standing && entry)?.keep();
    }
  }
}
