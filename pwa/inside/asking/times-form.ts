// The form in which she chooses when to be asked: times, days, zone, and how long until what follows.

import type { Ladder, Schedule, Wishes } from "../../shared/api.ts";
import { noonOf } from "../keeping/days.ts";
import { optionOf, part } from "../keeping/rows.ts";
import { faultOf, phoneZone, type TimesFault } from "./clock-times.ts";

// server/checkins/check_in.py's LadderSettings has the same.
const PATIENCE_MINUTES = 60;
const A_MONDAY = "2024-01-01";

export class TimesForm {
  readonly #form: HTMLElement;
  #before: Wishes | null = null;

  constructor(form: HTMLElement, language: string) {
    this.#form = form;
    part(form, "[data-add]").addEventListener("click", () => this.#showNextTime());
    for (const [at, name] of this.#all("[data-day-name]").entries()) {
      const day = noonOf(A_MONDAY);
      day.setDate(day.getDate() + at);
      name.textContent = day.toLocaleDateString(language, { weekday: "long" });
    }
  }

  /** Fills it with what counts now; without anything, with what the page came with and the phone's own zone. */
  show(wishes: Wishes | null): void {
    this.#before = wishes;
    this.#fillZones(wishes?.schedule.zone ?? phoneZone() ?? "UTC");
    if (!wishes) {
      this.#showTimes();
      return;
    }
    const { schedule, ladder } = wishes;
    for (const [at, field] of this.#times().entries()) field.value = schedule.times[at] ?? "";
    for (const [at, box] of this.#days().entries()) box.checked = schedule.days.includes(at + 1);
    this.#select("[data-reminder]").value = String(ladder.reminder_minutes);
    this.#select("[data-grace]").value = String(ladder.grace_minutes);
    this.#showTimes();
  }

  /** What she has chosen, or what is wrong with it. Nothing typed is changed. */
  read(): Wishes | TimesFault {
    const times = [...new Set(this.#times().flatMap(({ value }) => (value ? [value.slice(0, 5)] : [])))].sort();
    const days = this.#days().flatMap(({ checked }, at) => (checked ? [at + 1] : []));
    const fault = faultOf(times, days);
    if (fault) return fault;
    const before = this.#before?.schedule;
    const schedule: Schedule = {
      zone: this.#select("[data-zones]").value,
      times,
      days,
      paused_until: before?.paused_until ?? null,
      skip: before?.skip ?? null,
    };
    return { schedule, ladder: this.#ladder(), nudge: this.#before?.nudge ?? false };
  }

  /** A length that this form does not offer, chosen elsewhere, stays as it is. */
  #ladder(): Ladder {
    const before = this.#before?.ladder;
    return {
      reminder_minutes: Number(this.#select("[data-reminder]").value) || (before?.reminder_minutes ?? 120),
      grace_minutes: Number(this.#select("[data-grace]").value) || (before?.grace_minutes ?? 360),
      patience_minutes: before?.patience_minutes ?? PATIENCE_MINUTES,
    };
  }

  #fillZones(chosen: string): void {
    const { supportedValuesOf } = Intl as { supportedValuesOf?: (key: "timeZone") => string[] };
    const known = supportedValuesOf?.("timeZone") ?? ["UTC"];
    // A phone may be in a zone that it does not list, under an older name.
    const zones = [...new Set([...known, chosen, phoneZone() ?? chosen])].sort();
    const select = this.#select("[data-zones]");
    select.replaceChildren(...zones.map((zone) => optionOf(zone, zone.replaceAll("_", " "))));
    select.value = chosen;
  }

  /** The first field always, and as many more as are filled. */
  #showTimes(): void {
    for (const field of this.#times().slice(1)) this.#rowOf(field).hidden = field.value === "";
    this.#offerMore();
  }

  #showNextTime(): void {
    const field = this.#times().find((each) => this.#rowOf(each).hidden);
    if (!field) return;
    this.#rowOf(field).hidden = false;
    this.#offerMore();
    field.focus();
  }

  #offerMore(): void {
    part(this.#form, "[data-add]").hidden = this.#times().every((field) => !this.#rowOf(field).hidden);
  }

  #rowOf(field: HTMLElement): HTMLElement {
    return field.closest<HTMLElement>("[data-time-row]") ?? field;
  }

  #times(): HTMLInputElement[] {
    return this.#all<HTMLInputElement>("[data-time]");
  }

  #days(): HTMLInputElement[] {
    return this.#all<HTMLInputElement>("[data-weekday]");
  }

  #all<T extends HTMLElement = HTMLElement>(selector: string): T[] {
    return [...this.#form.querySelectorAll<T>(selector)];
  }

  #select(selector: string): HTMLSelectElement {
    return part<HTMLSelectElement>(this.#form, selector);
  }
}
