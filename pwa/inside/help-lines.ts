// The help lines: the country is looked up by any of its names, picked by the person and remembered on the phone, never
// guessed from an address (CO).

import { splitWords } from "../vault/recovery-words.ts";
import { narrow } from "./narrowing.ts";
import { currentVisit, type Visit } from "./room.ts";
import { fill, focusOn, show } from "./said.ts";

export class HelpLines extends HTMLElement {
  #found: HTMLElement[] = [];

  connectedCallback(): void {
    const field = this.querySelector("input");
    const picker = this.querySelector("details");
    const visit = currentVisit();
    if (!field || !picker || !visit) return;
    this.#putAwayWhileClosed(picker);
    const kept = visit.place.readKept(NAMES.countryKey);
    if (kept) this.#show(kept, visit);
    field.addEventListener("input", () => {
      this.#find(field.value);
    });
    field.addEventListener("keydown", ({ key }) => {
      const [first, second] = key === "Enter" ? this.#found : [];
      if (second) first?.focus();
      else first?.click();
    });
    this.addEventListener("click", ({ target }) => {
      // Each holds nothing but its own words.
      const { to, code } = (target as HTMLElement).dataset;
      if (to) this.#place(to)?.focus();
      if (code) this.#pick(code, visit);
    });
  }

  /** Out of the page, the long list costs the exit nothing: what is closed is drawn no more, but would be taken down. */
  #putAwayWhileClosed(picker: HTMLDetailsElement): void {
    const list = picker.lastElementChild;
    picker.addEventListener("toggle", () => {
      if (!picker.open) list?.remove();
      else if (list) picker.append(list);
    });
  }

  #place(code: string): HTMLElement | null {
    return this.querySelector(`[data-code="${code}"]`);
  }

  /** The beginning of any word of any name, so that few letters do. */
  #find(typed: string): void {
    const wanted = ` ${splitWords(typed).join(" ")}`;
    const places = this.querySelectorAll<HTMLElement>("[data-code]");
    this.#found = narrow(this, places, ({ dataset }) => ` ${dataset["names"]}`.includes(wanted));
    show(this, "[data-letters]", wanted === " ");
  }

  #pick(code: string, visit: Visit): void {
    // A private window or a full phone may refuse to remember; then she is told, not left to wonder next time.
    const isKept = visit.place.keep(NAMES.countryKey, code);
    show(this, "[data-kept]", isKept);
    show(this, "[data-not-kept]", !isKept);
    this.#show(code, visit);
    // What she pressed is out of sight now; a screen reader reads on from the country's name.
    focusOn(this, "[data-title]");
  }

  #show(code: string, { pack, place }: Visit): void {
    const country = pack.countries[code];
    if (!country) return;
    this.querySelector("[data-country]")?.replaceChildren(place.fragmentFrom(country.html));
    fill(this, "[data-picked]", this.#place(code)?.textContent ?? "");
    this.querySelector("details")?.removeAttribute("open");
    // Kept apart from the pack, so that this one number is there even when the pack is not. Never another country's.
    place.keep(NAMES.emergencyKey, country.dial ?? "");
  }
}
