// Groups and services, narrowed down on the phone by kind, country and way. Nothing is asked for and nothing is kept.

import { narrow } from "./narrowing.ts";
import { currentVisit } from "./room.ts";

export class GroupFinder extends HTMLElement {
  connectedCallback(): void {
    const visit = currentVisit();
    if (!visit) return;
    this.#beginWith(visit.place.readKept(NAMES.countryKey));
    this.addEventListener("change", () => {
      this.#narrow();
    });
    this.#narrow();
  }

  /** The country picked for the help lines is likely hers; a group that names none fits everywhere. */
  #beginWith(country: string | undefined): void {
    const select = this.#select("country");
    if (select && country && [...select.options].some((option) => option.value === country)) select.value = country;
  }

  #select(choice: string): HTMLSelectElement | null {
    return this.querySelector(`[data-by="${choice}"]`);
  }

  #narrow(): void {
    const [kind, country, way] = ["kind", "country", "ways"].map((choice) => this.#select(choice)?.value);
    narrow(this, this.querySelectorAll<HTMLElement>("[data-kind]"), ({ dataset }) => {
      const { kind: is, country: where, ways = "" } = dataset;
      return (!kind || is === kind) && (!country || !where || where === country) && (!way || ways.includes(way));
    });
  }
}
