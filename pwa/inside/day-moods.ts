// How days felt: one choice of five for a day, a small picture of the month, and the same as a table to read.

import { now } from "../shared/clock.ts";
import type { Entry } from "../vault/store.ts";
import { dayOf, isDay, monthOf } from "./keeping/days.ts";
import type { Desk } from "./keeping/desk.ts";
import { KeepingElement } from "./keeping/keeping-element.ts";
import { troubleOf } from "./keeping/keeper.ts";
import { MonthPicture } from "./keeping/month-picture.ts";
import { DAY, isMood, moodsOf, type Mood, type MoodOfDay } from "./keeping/moods.ts";
import { part, show } from "./keeping/rows.ts";
import { languageOf } from "./said.ts";
import { SavingLine } from "./keeping/saving-line.ts";

export class DayMoods extends KeepingElement {
  protected readonly kinds = [DAY];
  #desk: Desk | undefined;
  #line: SavingLine | undefined;
  #picture: MonthPicture | undefined;
  #moods = new Map<string, MoodOfDay>();
  /** What the phone refused to keep, for the next try. */
  #again: (() => Promise<void>) | undefined;

  protected override open(desk: Desk, [entries = []]: readonly (readonly Entry[])[]): void {
    this.#desk = desk;
    this.#line = new SavingLine(this, () => void this.#again?.());
    this.#moods = moodsOf(entries);
    this.#picture = new MonthPicture(this, this.rows, {
      language: languageOf(this),
      moodOf: (day) => this.#moods.get(day)?.mood,
      picked: (day) => this.#pick(day),
    });
    const field = this.#dayField();
    field.max = dayOf(now());
    field.addEventListener("change", () => this.#pick(field.value));
    for (const choice of this.#choices()) {
      choice.addEventListener("change", () => void this.#set(this.#day(), Number(choice.value)));
    }
    part(this, "[data-clear]").addEventListener("click", () => void this.#clear(this.#day()));
    this.#pick(dayOf(now()));
  }

  #dayField(): HTMLInputElement {
    return part(this, "[data-day]");
  }

  #choices(): NodeListOf<HTMLInputElement> {
    return this.querySelectorAll("[name=mood]");
  }

  #day(): string {
    return this.#dayField().value;
  }

  /** A day that has not come yet cannot have felt like anything. */
  #pick(day: string): void {
    const today = dayOf(now());
    this.#dayField().value = isDay(day) && day <= today ? day : today;
    this.#picture?.show(monthOf(this.#day()));
    this.#showChoice();
  }

  #showChoice(): void {
    const mood = this.#moods.get(this.#day())?.mood;
    for (const choice of this.#choices()) choice.checked = choice.value === String(mood);
    show(this, "[data-clear]", mood !== undefined);
    this.#picture?.draw(this.#day());
  }

  async #set(day: string, mood: number): Promise<void> {
    if (!isMood(mood)) return;
    await this.#trying(
      () => this.#set(day, mood),
      () => this.#save(day, mood),
    );
  }

  async #save(day: string, mood: Mood): Promise<void> {
    const before = this.#moods.get(day);
    const saved = await this.#desk?.vault.save(DAY, { day, mood }, before?.entry);
    for (const entry of before?.older ?? []) await this.#desk?.vault.remove(entry);
    // Of two windows' choices for one day the last one counts; the other is only a choice, no words are lost with it.
    if (saved?.conflict && before) await this.#desk?.vault.remove(before.entry);
    if (saved) this.#moods.set(day, { mood, entry: saved.entry, older: [] });
  }

  async #clear(day: string): Promise<void> {
    await this.#trying(
      () => this.#clear(day),
      async () => {
        const before = this.#moods.get(day);
        for (const entry of before ? [before.entry, ...before.older] : []) await this.#desk?.vault.remove(entry);
        this.#moods.delete(day);
        part(this, "[data-day]").focus();
      },
    );
  }

  async #trying(again: () => Promise<void>, act: () => Promise<void>): Promise<void> {
    this.#line?.typing();
    const acting = act();
    this.#desk?.follow(acting.catch(() => undefined));
    try {
      await acting;
      this.#again = undefined;
      this.#line?.saved();
    } catch (error) {
      this.#again = again;
      this.#line?.failed(troubleOf(error));
    }
    if (this.isConnected) this.#showChoice();
  }
}
