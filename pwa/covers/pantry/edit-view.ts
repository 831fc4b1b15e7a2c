// Making a list, and changing one: its name, the order and wording of its items.

import { html, nothing, type TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { problemWith } from "./adder.ts";
import { asTyped } from "./amounts.ts";
import type { Desk } from "./desk.ts";
import { cross, down, up } from "./drawings.ts";
import {
  addList,
  type Item,
  type List,
  LONGEST_NAME,
  moveItem,
  openList,
  removeList,
  renameList,
  rewriteItem,
} from "./lists.ts";
import { bringTabIntoSight, takeAway } from "./list-view.ts";
import { text } from "../../shell/words.ts";
import { isCalled, nameOf } from "./words.ts";

/** What was typed and is not kept yet, by field: "name", or an item's id. It outlives the view, so nothing is lost. */
let typedFor = 0;
const typed = new Map<string, string>();
const problems = new Map<string, string>();

function forgetTyped(): void {
  typed.clear();
  problems.clear();
}

/** Each list has its own; 0 is the one that is being made. */
function typeFor(id: number): void {
  if (id !== typedFor) forgetTyped();
  typedFor = id;
}

function problemWithName(desk: Desk, name: string, own?: List): string {
  if (name === "") return text("nameMissing");
  if (name.length > LONGEST_NAME) return text("tooLong");
  return desk.pantry.lists.some((list) => list !== own && isCalled(list, name)) ? text("nameTaken") : "";
}

function field(key: string, label: string, value: string, hint = ""): TemplateResult {
  const onInput = ({ target }: Event): void => void typed.set(key, (target as HTMLInputElement).value);
  return html`<input
      id="field-${key}"
      type="text"
      autocomplete="off"
      aria-label=${label}
      placeholder=${hint}
      aria-invalid=${problems.has(key)}
      aria-describedby="more-${key}"
      .value=${typed.get(key) ?? value}
      @input=${onInput}
    />
    <p class="error" id="more-${key}" role="alert">${problems.get(key) ?? nothing}</p>`;
}

const nameField = (value: string): TemplateResult =>
  html`<div class="card field">
    <span class="label" aria-hidden="true">${text("listName")}</span>
    ${field("name", text("listName"), value, text("listHint"))}
  </div>`;

const FIRST_WRONG = "[aria-invalid=true]";

const onSubmit = (then: () => void) => (event: Event) => {
  event.preventDefault();
  then();
};

export function newListView(desk: Desk): TemplateResult {
  typeFor(0);
  const create = (): void => {
    const name = (typed.get("name") ?? "").trim();
    const problem = problemWithName(desk, name);
    problems.clear();
    if (problem) {
      problems.set("name", problem);
      desk.redraw(FIRST_WRONG);
      return;
    }
    forgetTyped();
    desk.go("list");
    desk.change(addList(desk.pantry, name), { words: text("listMade", { name }), as: "heard" }, "h2");
    bringTabIntoSight();
  };
  const cancel = (): void => {
    forgetTyped();
    desk.go("list");
  };
  return html`<form class="stack" novalidate autocomplete="off" @submit=${onSubmit(create)}>
    <h2 tabindex="-1">${text("newList")}</h2>
    ${nameField("")}
    <div class="both">
      <button class="button quiet" type="button" @click=${cancel}>${text("cancel")}</button>
      <button class="button">${text("create")}</button>
    </div>
  </form>`;
}

/** Takes over all that was typed and is sound; false where something still asks for an answer. */
function keepTyped(desk: Desk): boolean {
  const list = openList(desk.pantry);
  problems.clear();
  let next = desk.pantry;
  for (const [key, value] of typed) {
    const problem = key === "name" ? problemWithName(desk, value.trim(), list) : problemWith(value);
    if (problem) problems.set(key, problem);
    else if (key === "name") next = renameList(next, value.trim());
    else next = rewriteItem(next, Number(key), value);
  }
  for (const key of typed.keys()) if (!problems.has(key)) typed.delete(key);
  if (next !== desk.pantry) desk.change(next, { words: text("saved"), as: "undo" });
  return problems.size === 0;
}

function itemRow(desk: Desk, item: Item, place: number, last: number): TemplateResult {
  const { id, name } = item;
  const move = (by: -1 | 1, kind: string): void =>
    desk.change(moveItem(desk.pantry, id, by), { words: "", as: "heard" }, `[data-item="${id}"] .${kind}`);
  // At the ends it stays where the focus is; it only does nothing there.
  const mover = (kind: "up" | "down", by: -1 | 1, idle: boolean): TemplateResult =>
    html`<button
      class="icon-button ${kind}"
      type="button"
      aria-label=${text(kind, { name })}
      aria-disabled=${idle}
      @click=${() => idle || move(by, kind)}
    >
      ${kind === "up" ? up : down}
    </button>`;
  const removeThis = (): void => {
    typed.delete(String(id));
    takeAway(desk, item, `li:nth-child(${place + 1}) .remove`, "h2");
  };
  return html`<li data-item=${id}>
    <div class="grow">${field(String(id), text("itemLabel", { name }), asTyped(item))}</div>
    <div class="tools">
      ${mover("up", -1, place === 0)} ${mover("down", 1, place === last)}
      <button class="icon-button remove" type="button" aria-label=${text("removeItem", { name })} @click=${removeThis}>
        ${cross}
      </button>
    </div>
  </li>`;
}

export function editListView(desk: Desk): TemplateResult {
  const list = openList(desk.pantry);
  typeFor(list.id);
  const done = (): void => {
    if (keepTyped(desk)) desk.go("list");
    else desk.redraw(FIRST_WRONG);
  };
  const remove = (): void => {
    forgetTyped();
    desk.go("list");
    desk.change(removeList(desk.pantry), { words: text("listRemoved", { name: nameOf(list) }), as: "undo" }, "h2");
  };
  return html`<form class="stack" novalidate autocomplete="off" @submit=${onSubmit(done)}>
    <h2 tabindex="-1">${text("editList", { name: nameOf(list) })}</h2>
    ${nameField(nameOf(list))}
    ${
      list.items.length === 0
        ? nothing
        : html`<section class="card" aria-labelledby="items-title">
            <h3 id="items-title">${text("items")}</h3>
            <ul class="list edit">
              ${list.items.map((item, place) => keyed(item.id, itemRow(desk, item, place, list.items.length - 1)))}
            </ul>
          </section>`
    }
    <button class="button wide">${text("done")}</button>
    <button class="button plain" type="button" @click=${remove}>${text("removeList")}</button>
  </form>`;
}
