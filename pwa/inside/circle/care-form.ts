// Care for whoever looks out for others: rest with or without an end, quiet hours by the clocks here, and how many people
// at most.

import type { CircleWishes } from "../../shared/circle-api.ts";
import { now } from "../../shared/clock.ts";
import { dayAfter, phoneZone, wallIn } from "../asking/clock-times.ts";
import { noonOf } from "../keeping/days.ts";
import { part, show } from "../keeping/rows.ts";
import { fill } from "../said.ts";
import type { Around } from "./look.ts";

const NOON = "12:00";

type Wish = (changed: Partial<CircleWishes>) => void;

/** The first day on which nudges may come again. In the afternoon, a day of rest includes the next one. */
export function restsUntil(rest: string, zone: string, moment: Date): string {
  if (rest === "turned_on") return rest;
  const { day, time } = wallIn(zone, moment);
  return dayAfter(day, (rest === "week" ? 7 : 1) + (time < NOON ? 0 : 1));
}

const zoneHere = (): string => phoneZone() ?? "UTC";

export class CareForm {
  readonly #view: HTMLElement;
  #isFilled = false;

  constructor(view: HTMLElement, wish: Wish, complain: (name: string) => void) {
    this.#view = view;
    for (const button of view.querySelectorAll<HTMLElement>("[data-pause]"))
      button.addEventListener("click", () => {
        const zone = zoneHere();
        wish({ zone, paused_until: restsUntil(button.dataset["pause"] ?? "", zone, now()) });
      });
    this.#on("[data-pause-end]", () => {
      wish({ paused_until: null });
    });
    this.#on("[data-hush-off]", () => {
      wish({ quiet_from: null, quiet_to: null });
    });
    part(view, "[data-hush]").addEventListener("submit", (event) => {
      event.preventDefault();
      const [from, to] = this.#hours().map(({ value }) => value);
      if (!from || !to || from === to) complain("two");
      else wish({ zone: zoneHere(), quiet_from: from, quiet_to: to });
    });
    this.#most().addEventListener("change", () => {
      wish({ most_people: Number(this.#most().value) });
    });
    fill(view, "[data-zone]", zoneHere().replaceAll("_", " "));
  }

  #on(selector: string, act: () => void): void {
    part(this.#view, selector).addEventListener("click", act);
  }

  #most = (): HTMLSelectElement => part(this.#view, "[data-most]");

  #hours(): readonly HTMLInputElement[] {
    return ["[data-from]", "[data-till]"].map((each) => part<HTMLInputElement>(part(this.#view, "[data-hush]"), each));
  }

  draw({ told }: Around, language: string): void {
    if (!told) return;
    const { wishes, most } = told;
    this.#drawRest(wishes, language);
    show(this.#view, "[data-hush-off]", wishes.quiet_from !== null);
    // What somebody has begun to choose stays.
    if (this.#isFilled) return;
    this.#isFilled = true;
    const [from, to] = this.#hours();
    if (from && wishes.quiet_from) from.value = wishes.quiet_from;
    if (to && wishes.quiet_to) to.value = wishes.quiet_to;
    this.#most().replaceChildren(...Array.from({ length: most.people }, (_, at) => new Option(String(at + 1))));
    this.#most().value = String(Math.min(wishes.most_people, most.people));
  }

  #drawRest({ paused_until, zone }: CircleWishes, language: string): void {
    const today = wallIn(zone ?? zoneHere(), now()).day;
    const isOver = paused_until !== "turned_on" && paused_until !== null && paused_until <= today;
    const state = paused_until === null || isOver ? "" : paused_until === "turned_on" ? paused_until : "until";
    for (const line of this.#view.querySelectorAll<HTMLElement>("[data-resting]")) {
      line.hidden = line.dataset["resting"] !== state;
      const { words } = line.dataset;
      if (words === undefined || state !== "until" || paused_until === null) continue;
      const day = { weekday: "long", day: "numeric", month: "long" } as const;
      line.textContent = words.replace("{when}", noonOf(paused_until).toLocaleDateString(language, day));
    }
    show(this.#view, "[data-pause-end]", state !== "");
  }
}
