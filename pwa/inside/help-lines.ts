// The help lines: the country is picked by the person and remembered on the phone, never guessed from an address (CO).

import { currentVisit, type Visit } from "./room.ts";

export class HelpLines extends HTMLElement {
  connectedCallback(): void {
    const select = this.querySelector("select");
    const visit = currentVisit();
    if (!select || !visit) return;
    const kept = visit.place.readKept(NAMES.countryKey);
    if (kept && visit.pack.countries[kept]) {
      select.value = kept;
      this.#show(kept, visit);
    }
    select.addEventListener("change", () => {
      this.#sayKept(visit.place.keep(NAMES.countryKey, select.value));
      this.#show(select.value, visit);
    });
  }

  /** A private window or a full phone may refuse to remember; then she is told, not left to wonder next time. */
  #sayKept(kept: boolean): void {
    for (const [selector, said] of [
      ["[data-kept]", kept],
      ["[data-not-kept]", !kept],
    ] as const) {
      const line = this.querySelector<HTMLElement>(selector);
      if (line) line.hidden = !said;
    }
  }

  #show(code: string, { pack, place }: Visit): void {
    const country = pack.countries[code];
    this.querySelector("[data-country]")?.replaceChildren(...(country ? [place.fragmentFrom(country.html)] : []));
    // Kept apart from the pack, so that this one number is there even when the pack is not. Never another country's.
    place.keep(NAMES.emergencyKey, country?.dial ?? "");
  }
}
