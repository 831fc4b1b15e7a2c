// The first view: who would like water, and who comes next.

import { html, nothing, type TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import type { Desk } from "./desk.ts";
import { agenda, daysUntilDue, forgetWatering, lastWatered, type Picture, type Plant, water } from "./diary.ts";
import { drop, plantDrawing, plus } from "./drawings.ts";
import { draftOf, openForm } from "./form-view.ts";
import { capital, dateOf, inDays, text } from "../../shell/words.ts";

const MOST_ON_SILL = 7;

const SAMPLES: readonly (readonly [key: string, picture: Picture])[] = [
  ["sampleHerb", "herb"],
  ["sampleFlower", "flower"],
  ["sampleCactus", "cactus"],
];

export const isWateredToday = (plant: Plant, { today }: Desk): boolean => lastWatered(plant, today) === today;

/** One tap waters; a second tap on a plant watered today takes it back. */
export function toggleWatered(desk: Desk, plant: Plant, ...focus: string[]): void {
  const { diary, today } = desk;
  if (isWateredToday(plant, desk)) desk.change(forgetWatering(diary, plant.id, today), text("dayGone"), ...focus);
  else desk.change(water(diary, plant.id, today, today), text("watered", { name: plant.name }), ...focus);
}

export function dueText(plant: Plant, desk: Desk): string {
  if (plant.watered.length === 0 && plant.notBefore === undefined) return text("firstWater");
  if (isWateredToday(plant, desk)) return text("wateredToday");
  const days = daysUntilDue(plant, desk.today, desk.diary.winter);
  if (days === 0) return text("waterToday");
  return days < 0 ? text("waterLate", { when: inDays(days) }) : text("waterNext", { when: inDays(days) });
}

function plantRow(plant: Plant, desk: Desk): TemplateResult {
  return html`<li>
    <button class="open" type="button" id="open-${plant.id}" @click=${() => desk.go({ at: "plant", id: plant.id })}>
      ${plantDrawing(plant.picture, "tile")}
      <span class="grow">
        <strong>${plant.name}</strong>
        <span class="muted">${dueText(plant, desk)}</span>
        ${plant.place ? html`<span class="muted">${plant.place}</span>` : nothing}
      </span>
    </button>
    <button
      class="icon-button pour"
      type="button"
      aria-label=${text("waterNow", { name: plant.name })}
      aria-pressed=${isWateredToday(plant, desk)}
      @click=${() => toggleWatered(desk, plant, "#due .pour", "h2")}
    >
      ${drop}
    </button>
  </li>`;
}

const section = (id: string, plants: readonly Plant[], desk: Desk): TemplateResult | typeof nothing =>
  plants.length === 0
    ? nothing
    : html`<section class="card" aria-labelledby="${id}-title">
        <h3 id="${id}-title">${text(id)}</h3>
        <ul class="list" id=${id}>
          ${plants.map((plant) => keyed(plant.id, plantRow(plant, desk)))}
        </ul>
      </section>`;

function sill(plants: readonly Plant[], due: readonly Plant[]): TemplateResult {
  return html`<div class="sill" aria-hidden="true">
    ${plants
      .slice(0, MOST_ON_SILL)
      .map((plant) => html`<span>${due.includes(plant) ? drop : nothing}${plantDrawing(plant.picture)}</span>`)}
  </div>`;
}

function hero(title: string, words: string, onSill: TemplateResult): TemplateResult {
  return html`<section class="hero">
    <h2 tabindex="-1">${title}</h2>
    <p class="muted">${words}</p>
    ${onSill}
  </section>`;
}

function emptyView(desk: Desk): TemplateResult {
  const ghosts = html`<div class="sill ghosts" aria-hidden="true">
    ${SAMPLES.map(([, picture]) => html`<span>${plantDrawing(picture)}</span>`)}
  </div>`;
  return html`${hero(text("emptyTitle"), text("emptyText"), ghosts)}
    <section class="stack start" aria-labelledby="start-title">
      <h3 id="start-title">${text("start")}</h3>
      <div class="samples">
        ${SAMPLES.map(
          ([key, picture]) =>
            html`<button
              class="card"
              type="button"
              @click=${() => openForm(desk, draftOf(picture, desk.today, text(key)))}
            >
              ${plantDrawing(picture)}${text(key)}
            </button>`,
        )}
      </div>
      ${addButton(desk)}
    </section>`;
}

const addButton = (desk: Desk): TemplateResult =>
  html`<button class="button wide" type="button" id="add-plant" @click=${() => openForm(desk)}>
    ${plus}${text("add")}
  </button>`;

export function homeView(desk: Desk): TemplateResult {
  const { plants } = desk.diary;
  if (plants.length === 0) return emptyView(desk);
  const { due, coming } = agenda(desk.diary, desk.today);
  const [next] = coming;
  const title =
    due.length === 0 ? text("allWell") : due.length === 1 ? text("dueOne") : text("dueMany", { n: due.length });
  const words = capital(dateOf(desk.today, desk.today));
  const after =
    due.length === 0 && next
      ? text("allWellText", { name: next.name, when: inDays(daysUntilDue(next, desk.today, desk.diary.winter)) })
      : words;
  return html`${hero(title, after, sill(plants, due))} ${section("due", due, desk)} ${section("coming", coming, desk)}
  ${addButton(desk)}`;
}
