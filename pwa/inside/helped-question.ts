// "Did that help?", asked after an exercise where the answer can be kept; elsewhere nothing is asked.

import { now } from "../shared/clock.ts";
import type { Entry } from "../vault/store.ts";
import { dayOf } from "./keeping/days.ts";
import type { Desk } from "./keeping/desk.ts";
import { answersOf, HELPED, isAnswer, type Answer, type Helped, type LastAnswer } from "./keeping/helped.ts";
import { KeepingElement } from "./keeping/keeping-element.ts";
import { show } from "./keeping/rows.ts";

export class HelpedQuestion extends KeepingElement {
  protected readonly kinds = [HELPED];
  #desk: Desk | undefined;
  #last: LastAnswer | undefined;
  #given: Answer | undefined;
  #saving: Promise<void> = Promise.resolve();

  protected override open(desk: Desk, [entries = []]: readonly (readonly Entry[])[]): void {
    this.#desk = desk;
    this.#last = answersOf(entries).get(this.#exercise());
    for (const button of this.#buttons()) {
      button.addEventListener("click", () => {
        const { answer } = button.dataset;
        if (isAnswer(answer)) this.#answer(answer);
      });
    }
  }

  #exercise(): string {
    return this.dataset["exercise"] ?? "";
  }

  #buttons(): NodeListOf<HTMLElement> {
    return this.querySelectorAll("[data-answer]");
  }

  /** A second tap on the same answer takes it back. One after the other, so that the last tap is what stays. */
  #answer(answer: Answer): void {
    this.#given = this.#given === answer ? undefined : answer;
    const given = this.#given;
    this.#showGiven();
    this.#saving = this.#saving.then(() => this.#keep(given));
    this.#desk?.follow(this.#saving);
  }

  #showGiven(): void {
    for (const button of this.#buttons()) {
      button.setAttribute("aria-pressed", String(button.dataset["answer"] === this.#given));
    }
  }

  async #keep(given: Answer | undefined): Promise<void> {
    try {
      if (given) await this.#save(given);
      else await this.#forget();
      show(this, "[data-said]", given !== undefined);
      show(this, "[data-trouble]", false);
    } catch {
      // What was kept before still is; the answer is one tap away, so no more than that is said.
      this.#given = undefined;
      this.#showGiven();
      show(this, "[data-said]", false);
      show(this, "[data-trouble]");
    }
  }

  async #save(answer: Answer): Promise<void> {
    const vault = this.#desk?.vault;
    if (!vault) return;
    const before = this.#last;
    const value: Helped = { exercise: this.#exercise(), answer, day: dayOf(now()) };
    const { entry, conflict } = await vault.save(HELPED, value, before?.entry);
    this.#last = { answer, entry, older: conflict && before ? [...before.older, before.entry] : (before?.older ?? []) };
    for (const old of this.#last.older) await vault.remove(old);
    this.#last = { answer, entry, older: [] };
  }

  async #forget(): Promise<void> {
    const before = this.#last;
    for (const entry of before ? [before.entry, ...before.older] : []) await this.#desk?.vault.remove(entry);
    this.#last = undefined;
  }
}
