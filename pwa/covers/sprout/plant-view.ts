// One plant: how it is doing, its notes, and when it was watered.

import { html, nothing, svg, type TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { live } from "lit-html/directives/live.js";
import { wrote } from "../../shell/entries.ts";
import { type Day, isDay, plusDays } from "../../shell/days.ts";
import type { Desk } from "./desk.ts";
import {
  addNote,
  daysUntilDue,
  forgetWatering,
  lastWatered,
  type Note,
  type Plant,
  removeNote,
  rhythmOf,
  waitUntil,
  water,
} from "./diary.ts";
import { backwards, cross, drop, plantDrawing } from "./drawings.ts";
import { dueText, isWateredToday, toggleWatered } from "./home-view.ts";
import { capital, dateOf, text, when } from "../../shell/words.ts";

const WEEKS = 5;
const DOT = 20;

interface Typed {
  note: string;
  noteProblem?: "noteMissing" | undefined;
  day: string;
  dayProblem?: "dayOdd" | "dayAhead" | undefined;
}

/** Half-written notes outlive the view. */
const typedFor = new Map<number, Typed>();

function typedAbout(plant: Plant): Typed {
  const typed = typedFor.get(plant.id) ?? { note: "", day: "" };
  typedFor.set(plant.id, typed);
  return typed;
}

function weeks(plant: Plant, today: Day): TemplateResult {
  const days = Array.from({ length: WEEKS * 7 }, (_, index) => plusDays(today, index + 1 - WEEKS * 7));
  const watered = days.filter((day) => plant.watered.includes(day));
  return html`<svg class="weeks" viewBox="0 0 ${7 * DOT} ${WEEKS * DOT}" aria-hidden="true">
      ${days.map(
        (day, index) =>
          svg`<circle class=${watered.includes(day) ? "wet" : "dry"} cx=${((index % 7) + 0.5) * DOT} cy=${(Math.floor(index / 7) + 0.5) * DOT} r=${watered.includes(day) ? 7 : 4}/>`,
      )}
    </svg>
    <p class="muted">${watered.length === 1 ? text("weeksOne") : text("weeksMany", { n: watered.length })}</p>`;
}

function saveNote(desk: Desk, plant: Plant, typed: Typed): void {
  const words = typed.note.trim();
  typed.noteProblem = words ? undefined : "noteMissing";
  if (!words) {
    desk.redraw("#note");
    return;
  }
  typed.note = "";
  desk.change(addNote(desk.diary, plant.id, words, desk.today), text("noteSaved"), "#note");
  wrote(words);
}

function saveDay(desk: Desk, plant: Plant, typed: Typed): void {
  const { day } = typed;
  typed.dayProblem = !isDay(day) ? "dayOdd" : day > desk.today ? "dayAhead" : undefined;
  if (typed.dayProblem) {
    desk.redraw("#day");
    return;
  }
  typed.day = "";
  desk.change(water(desk.diary, plant.id, day, desk.today), text("dayAdded"), "#day");
}

const onSubmit = (then: () => void) => (event: Event) => {
  event.preventDefault();
  then();
};

function removeButton(label: string, onRemove: () => void): TemplateResult {
  return html`<button class="icon-button remove" type="button" aria-label=${label} @click=${onRemove}>
    ${cross}
  </button>`;
}

function noteRow(desk: Desk, plant: Plant, note: Note): TemplateResult {
  const date = capital(when(note.day, desk.today));
  const forget = (): void =>
    desk.change(removeNote(desk.diary, plant.id, note.id), text("noteGone"), "#notes .remove", "#note");
  return html`<li>
    <div class="grow">
      <p class="muted">${date}</p>
      <p class="words">${note.text}</p>
    </div>
    ${removeButton(text("removeNote", { when: date }), forget)}
  </li>`;
}

function notes(desk: Desk, plant: Plant, typed: Typed): TemplateResult {
  return html`<section class="card stack" aria-labelledby="notes-title">
    <h3 id="notes-title">${text("notes")}</h3>
    <form class="field" novalidate autocomplete="off" @submit=${onSubmit(() => saveNote(desk, plant, typed))}>
      <label class="visually-hidden" for="note">${text("noteLabel")}</label>
      <textarea
        id="note"
        rows="2"
        autocomplete="off"
        placeholder=${text("noteHint")}
        aria-invalid=${typed.noteProblem !== undefined}
        aria-describedby="note-more"
        .value=${live(typed.note)}
        @input=${({ target }: Event) => (typed.note = (target as HTMLTextAreaElement).value)}
      ></textarea>
      <p class="error" id="note-more" role="alert">${typed.noteProblem ? text(typed.noteProblem) : nothing}</p>
      <button class="button quiet">${text("addNote")}</button>
    </form>
    ${
      plant.notes.length === 0
        ? nothing
        : html`<ul class="list" id="notes">
            ${plant.notes.map((note) => keyed(note.id, noteRow(desk, plant, note)))}
          </ul>`
    }
  </section>`;
}

function dayRow(desk: Desk, plant: Plant, day: Day): TemplateResult {
  const date = capital(dateOf(day, desk.today));
  const forget = (): void =>
    desk.change(forgetWatering(desk.diary, plant.id, day), text("dayGone"), "#waterings .remove", "#day");
  return html`<li><span class="grow">${date}</span>${removeButton(text("removeDay", { when: date }), forget)}</li>`;
}

function waterings(desk: Desk, plant: Plant, typed: Typed): TemplateResult {
  return html`<section class="card stack" aria-labelledby="waterings-title">
    <h3 id="waterings-title">${text("waterings")}</h3>
    ${weeks(plant, desk.today)}
    <details>
      <summary>${text("allDays", { n: plant.watered.length })}</summary>
      <ul class="list" id="waterings">
        ${plant.watered.map((day) => keyed(day, dayRow(desk, plant, day)))}
      </ul>
      <form class="field" novalidate autocomplete="off" @submit=${onSubmit(() => saveDay(desk, plant, typed))}>
        <label for="day">${text("otherDay")}</label>
        <div class="both">
          <input
            id="day"
            type="date"
            autocomplete="off"
            max=${desk.today}
            aria-invalid=${typed.dayProblem !== undefined}
            aria-describedby="day-more"
            .value=${live(typed.day)}
            @input=${({ target }: Event) => (typed.day = (target as HTMLInputElement).value)}
          />
          <button class="button quiet">${text("addDay")}</button>
        </div>
        <p class="error" id="day-more" role="alert">${typed.dayProblem ? text(typed.dayProblem) : nothing}</p>
      </form>
    </details>
  </section>`;
}

export function rhythmText(every: number): string {
  return every === 1 ? text("everyDay") : text("everyDays", { n: every });
}

function facts(desk: Desk, plant: Plant): TemplateResult {
  const { today, diary } = desk;
  const last = lastWatered(plant, today);
  const rhythm = rhythmText(rhythmOf(plant, diary.winter));
  return html`<p class="muted">
    ${plant.place ? html`${plant.place}<br />` : nothing} ${rhythm} ${diary.winter ? text("winterRhythm") : nothing}
    ${last && last !== today ? html`<br />${text("lastOn", { when: when(last, today) })}` : nothing}
  </p>`;
}

export function plantView(desk: Desk, plant: Plant): TemplateResult {
  const { diary, today } = desk;
  const typed = typedAbout(plant);
  const waitADay = (): void =>
    desk.change(waitUntil(diary, plant.id, plusDays(today, 1)), text("waitedFor", { name: plant.name }), ".pour");
  return html`<div class="row spread">
      <button class="button plain back" type="button" @click=${() => desk.go({ at: "home" })}>
        ${backwards}${text("back")}
      </button>
      <button class="button plain" type="button" @click=${() => desk.go({ at: "form", id: plant.id })}>
        ${text("edit")}
      </button>
    </div>
    <section class="hero one">
      <div class="grow">
        <h2 tabindex="-1">${plant.name}</h2>
        ${facts(desk, plant)}
        <p class="state">${dueText(plant, desk)}</p>
      </div>
      <div class="sill"><span>${plantDrawing(plant.picture)}</span></div>
    </section>
    <div class="both">
      <button
        class="button pour"
        type="button"
        aria-pressed=${isWateredToday(plant, desk)}
        @click=${() => toggleWatered(desk, plant, ".pour")}
      >
        ${drop}${text("wateredToday")}
      </button>
      ${
        daysUntilDue(plant, today, diary.winter) <= 0
          ? html`<button class="button quiet" type="button" @click=${waitADay}>${text("notYet")}</button>`
          : nothing
      }
    </div>
    ${notes(desk, plant, typed)} ${waterings(desk, plant, typed)}`;
}
