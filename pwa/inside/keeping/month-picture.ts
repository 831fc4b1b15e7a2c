// One month as a picture of shapes, for the eye and the finger, and as a table of the days that have a word.

import { now } from "../../shared/clock.ts";
import { dayOf, daysOf, emptyBefore, monthBeside, monthOf, noonOf } from "./days.ts";
import type { Mood } from "./moods.ts";
import { part, show, write, type Rows } from "./rows.ts";

export interface Days {
  readonly language: string;
  moodOf(day: string): Mood | undefined;
  picked(day: string): void;
}

// A Monday, to name the days of the week after.
const A_MONDAY = "2024-01-01";
const MONDAY = 1;

interface WeekInfo {
  readonly firstDay: number;
}

/** The language's usual first day, in the region the phone tells of; Monday where the browser does not know. */
function firstWeekday(language: string): number {
  const spoken = navigator.languages.find((one) => one.startsWith(language)) ?? language;
  const locale = new Intl.Locale(spoken) as Intl.Locale & { getWeekInfo?(): WeekInfo; weekInfo?: WeekInfo };
  return (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? MONDAY;
}

export class MonthPicture {
  readonly #root: HTMLElement;
  readonly #rows: Rows;
  readonly #days: Days;
  #month = "";
  #picked = "";

  constructor(root: HTMLElement, rows: Rows, days: Days) {
    this.#root = root;
    this.#rows = rows;
    this.#days = days;
    part(root, "[data-before]").addEventListener("click", () => this.#turn(-1));
    part(root, "[data-after]").addEventListener("click", () => this.#turn(1));
    // A short way for a finger; the field above does the same for everybody.
    part(root, "[data-picture]").addEventListener("click", ({ target }) => {
      const cell = target instanceof Element ? target.closest<HTMLElement>("[data-cell]") : null;
      const day = cell?.dataset["cell"];
      if (day && day <= dayOf(now())) days.picked(day);
    });
    this.#nameWeekdays();
  }

  show(month: string): void {
    this.#month = month;
  }

  draw(picked: string): void {
    this.#picked = picked;
    const month = noonOf(`${this.#month}-01`);
    const name = month.toLocaleDateString(this.#days.language, { month: "long", year: "numeric" });
    for (const line of this.#root.querySelectorAll("[data-month]")) line.textContent = name;
    const empty = Array.from({ length: emptyBefore(this.#month, firstWeekday(this.#days.language)) }, () =>
      this.#rows.make("cell"),
    );
    const days = daysOf(this.#month);
    part(this.#root, "[data-cells]").replaceChildren(...empty, ...days.map((day) => this.#cell(day)));
    const lines = days.flatMap((day) => this.#line(day));
    part(this.#root, "[data-table]").replaceChildren(...lines);
    show(this.#root, "[data-none]", lines.length === 0);
    show(this.#root, "table", lines.length > 0);
    part<HTMLButtonElement>(this.#root, "[data-after]").disabled = this.#month >= monthOf(dayOf(now()));
  }

  #turn(by: number): void {
    this.show(monthBeside(this.#month, by));
    this.draw(this.#picked);
  }

  #nameWeekdays(): void {
    const first = firstWeekday(this.#days.language);
    const names = Array.from({ length: 7 }, (_, at) => {
      const noon = noonOf(A_MONDAY);
      noon.setDate(noon.getDate() + first - MONDAY + at);
      const cell = this.#rows.make("cell");
      write(cell, "[data-number]", noon.toLocaleDateString(this.#days.language, { weekday: "narrow" }));
      return cell;
    });
    part(this.#root, "[data-weekdays]").replaceChildren(...names);
  }

  #cell(day: string): HTMLElement {
    const cell = this.#rows.make("cell");
    cell.dataset["cell"] = day;
    cell.toggleAttribute("data-picked", day === this.#picked);
    cell.toggleAttribute("data-later", day > dayOf(now()));
    write(cell, "[data-number]", String(Number(day.slice(8))));
    const mood = this.#days.moodOf(day);
    if (mood) part(cell, "[data-shape]").append(this.#shape(mood));
    return cell;
  }

  /** The drawing that stands beside the word it is chosen by. */
  #shape(mood: Mood): Node {
    return part(this.#root, `[data-mood="${mood}"] svg`).cloneNode(true);
  }

  #line(day: string): HTMLElement[] {
    const mood = this.#days.moodOf(day);
    if (!mood) return [];
    const line = this.#rows.make("day");
    write(
      line,
      "[data-date]",
      noonOf(day).toLocaleDateString(this.#days.language, { weekday: "long", day: "numeric" }),
    );
    write(line, "[data-felt]", part(this.#root, `[data-mood="${mood}"] [data-word]`).textContent);
    return [line];
  }
}
