// Sprout's history: what was watered when and what was noted, of all plants or of one.

import { html, nothing, type TemplateResult } from "lit-html";
import type { Past } from "../../shell/history.ts";
import { capital, text, when } from "../../shell/words.ts";
import type { Desk } from "./desk.ts";
import type { Plant } from "./diary.ts";
import { drop, plantDrawing } from "./drawings.ts";
import { type Happened, pastDays, recentWaterings, usualRhythm } from "./past.ts";
import { rhythmText } from "./plant-view.ts";

/** The plant looked at, by its id; 0 for all. */
let only = 0;

function choice(desk: Desk): TemplateResult {
  return html`<p class="field">
    <label for="only">${text("onePlant")}</label>
    <select
      id="only"
      autocomplete="off"
      @change=${({ target }: Event) => {
        only = Number((target as HTMLSelectElement).value);
        desk.redraw();
      }}
    >
      <option value="0">${text("allPlants")}</option>
      ${desk.diary.plants.map(({ id, name }) => html`<option value=${id} ?selected=${id === only}>${name}</option>`)}
    </select>
  </p>`;
}

const row = ({ plant, watered, notes }: Happened): TemplateResult =>
  html`${plantDrawing(plant.picture, "tile")}
    <div class="grow happened">
      <strong>${plant.name}</strong>
      ${watered ? html`<p class="muted">${drop}${text("wateredIt")}</p>` : nothing}
      ${notes.map((note) => html`<p class="words">${note}</p>`)}
    </div>`;

function rhythmOfOne([plant, other]: readonly Plant[], { today }: Desk): [string, string][] {
  const every = plant && !other ? usualRhythm(plant, today) : undefined;
  return every === undefined ? [] : [[text("usually"), rhythmText(every)]];
}

export function pastOf(desk: Desk): Past {
  const { diary, today } = desk;
  // The one looked at may have been removed meanwhile.
  const one = diary.plants.filter(({ id }) => id === only);
  const plants = one.length > 0 ? one : diary.plants;
  return {
    facts: [[text("wateredDays"), String(recentWaterings(plants, today))], ...rhythmOfOne(plants, desk)],
    ...(diary.plants.length > 1 ? { choice: choice(desk) } : {}),
    chapters: pastDays(plants, today).map(({ day, happened }) => ({
      title: capital(when(day, today)),
      rows: happened.map(row),
    })),
  };
}
