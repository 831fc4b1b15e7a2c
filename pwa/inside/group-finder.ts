// Groups and services, narrowed down on the phone by kind, country and way. Nothing is asked for and nothing is kept.

import { currentVisit } from "./room.ts";

type Choice = "kind" | "country" | "ways";

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

  #select(choice: Choice): HTMLSelectElement | null {
    return this.querySelector<HTMLSelectElement>(`[data-by="${choice}"]`);
  }

  #chosen(choice: Choice): string {
    return this.#select(choice)?.value ?? "";
  }

  #narrow(): void {
    const [kind, country, way] = [this.#chosen("kind"), this.#chosen("country"), this.#chosen("ways")];
    let found = 0;
    for (const card of this.querySelectorAll<HTMLElement>("[data-kind]")) {
      const { kind: is, country: where, ways = "" } = card.dataset;
      const fits =
        (!kind || is === kind) && (!country || !where || where === country) && (!way || ways.split(" ").includes(way));
      card.hidden = !fits;
      found += Number(fits);
    }
    this.#say(found);
  }

  #say(found: number): void {
    const line = this.querySelector<HTMLElement>("[data-found]");
    if (line) line.textContent = (line.dataset["found"] ?? "").replace("{number}", String(found));
    const nothing = this.querySelector<HTMLElement>("[data-nothing]");
    if (nothing) nothing.hidden = found > 0;
  }
}
