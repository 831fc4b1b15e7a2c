// Adding and changing a plant.

import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import type { Desk } from "./desk.ts";
import { addPlant, editPlant, PICTURES, type Picture, type Plant, removePlant } from "./diary.ts";
import { minus, plantDrawing, plus } from "./drawings.ts";
import { type Draft, type Field, type Problems, readPlant, readRhythm, withPicture } from "./plant-form.ts";
import { text } from "../../shell/words.ts";

interface FormState {
  draft: Draft;
  problems: Problems;
}

/** What is being typed outlives its view, so that a tap on the title or the way back loses nothing. Key 0: a new plant. */
const typed = new Map<number, FormState>();

export function draftOf(
  picture: Picture,
  watered: string,
  name = "",
  place = "",
  every = PICTURES[picture] as number,
): Draft {
  return { name, place, picture, every: String(every), watered };
}

const draftOfPlant = ({ picture, name, place, every }: Plant): Draft => draftOf(picture, "", name, place, every);

/** Opens the form for a new plant; a sample takes the place of what was typed before only if that has no name yet. */
export function openForm(desk: Desk, sample?: Draft): void {
  const before = typed.get(0);
  if (sample && !before?.draft.name.trim()) typed.set(0, { draft: sample, problems: {} });
  desk.go({ at: "form" });
}

function stateFor(desk: Desk, plant: Plant | undefined): FormState {
  const id = plant?.id ?? 0;
  const draft = plant ? draftOfPlant(plant) : draftOf("leafy", desk.today);
  const state = typed.get(id) ?? { draft, problems: {} };
  typed.set(id, state);
  return state;
}

const FIRST_WRONG = ["[aria-invalid=true]"];

function save(desk: Desk, plant: Plant | undefined, state: FormState): void {
  const read = readPlant(state.draft, desk.today);
  if ("problems" in read) {
    state.problems = read.problems;
    desk.redraw(...FIRST_WRONG);
    return;
  }
  typed.delete(plant?.id ?? 0);
  if (plant) {
    desk.go({ at: "plant", id: plant.id });
    desk.change(editPlant(desk.diary, plant.id, read.fields), text("saved"), "h2");
  } else {
    desk.go({ at: "home" });
    desk.change(addPlant(desk.diary, read.fields, read.watered), text("added", { name: read.fields.name }), "h2");
  }
}

function remove(desk: Desk, plant: Plant): void {
  typed.delete(plant.id);
  desk.go({ at: "home" });
  desk.change(removePlant(desk.diary, plant.id), text("removed", { name: plant.name }), "h2");
}

export function formView(desk: Desk, plant: Plant | undefined): TemplateResult {
  const state = stateFor(desk, plant);
  const set = (change: Partial<Draft>): void => {
    state.draft = { ...state.draft, ...change };
  };
  const input = (name: Field, extra: { hint?: string; type?: string; mode?: string; max?: string }): TemplateResult =>
    html`<input
      id=${name}
      type=${extra.type ?? "text"}
      inputmode=${extra.mode ?? "text"}
      max=${extra.max ?? nothing}
      autocomplete="off"
      placeholder=${extra.hint ?? nothing}
      aria-invalid=${name in state.problems}
      aria-describedby="${name}-more"
      .value=${live(state.draft[name])}
      @input=${(event: Event) => set({ [name]: (event.target as HTMLInputElement).value })}
    />`;
  const more = (name: Field, hint = ""): TemplateResult => {
    const problem = state.problems[name];
    return html`<p id="${name}-more" class=${problem ? "error" : "muted"} role=${problem ? "alert" : nothing}>
      ${problem ? text(problem) : hint}
    </p>`;
  };
  const step = (by: number) => () => {
    const every = Math.min(365, Math.max(1, (readRhythm(state.draft.every) ?? PICTURES[state.draft.picture]) + by));
    set({ every: String(every) });
    desk.redraw();
  };
  return html`<form
    class="stack"
    novalidate
    autocomplete="off"
    @submit=${(event: Event) => {
      event.preventDefault();
      save(desk, plant, state);
    }}
  >
    <h2 tabindex="-1">${text(plant ? "editPlant" : "newPlant")}</h2>
    <div class="card stack">
      <div class="field">
        <label for="name">${text("name")}</label>
        ${input("name", { hint: text("nameHint") })}${more("name")}
      </div>
      <fieldset class="field">
        <legend>${text("picture")}</legend>
        <div class="pictures">
          ${(Object.keys(PICTURES) as Picture[]).map(
            (picture) =>
              html`<label>
                <input
                  class="visually-hidden"
                  type="radio"
                  name="picture"
                  autocomplete="off"
                  value=${picture}
                  aria-label=${text(picture)}
                  .checked=${live(state.draft.picture === picture)}
                  @change=${() => {
                    state.draft = withPicture(state.draft, picture);
                    desk.redraw();
                  }}
                />${plantDrawing(picture)}
              </label>`,
          )}
        </div>
      </fieldset>
      <div class="field">
        <label for="every">${text("every")}</label>
        <div class="stepper">
          <button class="button quiet" type="button" aria-label=${text("fewer")} @click=${step(-1)}>${minus}</button>
          ${input("every", { mode: "numeric" })}
          <button class="button quiet" type="button" aria-label=${text("more")} @click=${step(1)}>${plus}</button>
        </div>
        ${more("every")}
      </div>
      <div class="field">
        <label for="place">${text("place")}</label>
        ${input("place", { hint: text("placeHint") })}${more("place")}
      </div>
      ${
        plant
          ? nothing
          : html`<div class="field">
              <label for="watered">${text("lastWatered")}</label>
              ${input("watered", { type: "date", max: desk.today })}${more("watered", text("lastHint"))}
            </div>`
      }
    </div>
    <div class="both">
      <button
        class="button quiet"
        type="button"
        @click=${() => {
          typed.delete(plant?.id ?? 0);
          desk.go(plant ? { at: "plant", id: plant.id } : { at: "home" });
        }}
      >
        ${text("cancel")}
      </button>
      <button class="button">${text("save")}</button>
    </div>
    ${
      plant
        ? html`<button class="button plain" type="button" @click=${() => remove(desk, plant)}>
            ${text("remove")}
          </button>`
        : nothing
    }
  </form>`;
}
