// One person of the list: what they ask now, and what can be said, agreed to, changed or stopped. Filled again in place,
// so that nothing typed in it is lost when news comes.

import { part, show, write } from "../keeping/rows.ts";
import { showNudge } from "./nudge-card.ts";
import type { Person } from "./people.ts";

export interface PersonActs {
  readonly say: (person: Person, says: number) => void;
  readonly agree: (person: Person) => void;
  readonly rename: (person: Person, name: string) => void;
  readonly stop: (person: Person) => void;
}

export class PersonRow {
  readonly element: HTMLElement;
  #person: Person;

  constructor(element: HTMLElement, person: Person, acts: PersonActs) {
    this.element = element;
    this.#person = person;
    for (const button of element.querySelectorAll<HTMLElement>("[data-says]"))
      button.addEventListener("click", () => {
        acts.say(this.#person, Number(button.dataset["says"]));
      });
    this.#on("[data-agree-yes]", () => {
      acts.agree(this.#person);
    });
    this.#on("[data-stop]", () => {
      this.#ask(true);
    });
    this.#on("[data-stop-not]", () => {
      this.#ask(false);
    });
    this.#on("[data-stop-yes]", () => {
      acts.stop(this.#person);
    });
    part(element, "[data-rename]").addEventListener("submit", (event) => {
      event.preventDefault();
      acts.rename(this.#person, this.#called().value.trim());
    });
    this.#called().value = person.name;
    this.draw(person, true);
  }

  #on(selector: string, act: () => void): void {
    part(this.element, selector).addEventListener("click", act);
  }

  #called = (): HTMLInputElement => part(this.element, "[data-called]");

  #ask(isAsked: boolean): void {
    show(this.element, "[data-sure]", isAsked);
    show(this.element, "[data-stop]", !isAsked);
    part(this.element, isAsked ? "[data-sure]" : "[data-stop]").focus();
  }

  /** `isKnown` is false where the server could not be asked: then nobody knows if they ask for anything. */
  draw(person: Person, isKnown: boolean): void {
    this.#person = person;
    const { element } = this;
    const { name, nudge, asks } = person;
    const card = part(element, "[data-nudge]");
    const isAsked = nudge !== undefined && nudge.state !== "well";
    card.hidden = nudge === undefined;
    if (name !== "") write(element, "[data-name]", name);
    if (nudge)
      showNudge(card, { name: part(element, "[data-name]").textContent, note: nudge.note, state: nudge.state });
    for (const button of card.querySelectorAll<HTMLButtonElement>("[data-says]")) button.disabled = !nudge?.mayStillSay;
    show(element, "[data-quiet]", isKnown && !isAsked);
    show(element, "[data-enough]", isAsked && !nudge.mayStillSay);
    show(element, "[data-officers]", asks?.noOfficers === true);
    show(element, "[data-has-good-time]", (asks?.hours ?? "") !== "");
    write(element, "[data-good-time]", asks?.hours ?? "");
    show(element, "[data-agree]", person.isToAgree);
  }
}
