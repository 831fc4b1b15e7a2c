// The line at the thumb's edge where things are written onto the list, and what it suggests.

import { html, nothing, type TemplateResult } from "lit-html";
import { readWish, shownAmount, type Wish } from "./amounts.ts";
import type { Desk, Said } from "./desk.ts";
import { plus } from "./drawings.ts";
import { wrote } from "../../shell/entries.ts";
import { addItem, LONGEST_NAME, openList, type Pantry } from "./lists.ts";
import { suggest } from "./suggestions.ts";
import { text } from "../../shell/words.ts";
import { starters } from "./words.ts";

const INPUT = "#add";

let typed = "";
let problem = "";

/** What was typed before the script was there. */
export function takeOver(before: string): void {
  typed = before;
}

/** What cannot go on a list as it stands, as a question back; empty if all is well. */
export function problemWith(written: string): string {
  if (written.trim() === "") return text("nothingTyped");
  if (written.trim().length > LONGEST_NAME) return text("tooLong");
  const { name, amount } = readWish(written);
  return name ? "" : text("ofWhat", { amount });
}

function put(desk: Desk, wish: Wish): void {
  const { next, item, added } = addItem(desk.pantry, wish);
  typed = problem = "";
  const words = text(added, { name: item.name, amount: shownAmount(item.amount) });
  const as: Said["as"] = added === "added" ? "heard" : added === "already" ? "seen" : "undo";
  desk.change(next, { words, as }, INPUT);
  wrote(item.name);
  document.querySelector(`[data-item="${item.id}"]`)?.scrollIntoView({ block: "nearest" });
}

function onSubmit(desk: Desk, event: Event): void {
  event.preventDefault();
  problem = problemWith(typed);
  if (problem) desk.redraw(INPUT);
  else put(desk, readWish(typed));
}

/** A list pasted from a message becomes one thing a line; what cannot be read stays in the field. */
function onPaste(desk: Desk, event: ClipboardEvent): void {
  const lines = (event.clipboardData?.getData("text") ?? "").split(/\r?\n/).filter((line) => line.trim());
  if (lines.length < 2) return;
  event.preventDefault();
  const sound = lines.filter((line) => !problemWith(line));
  const next = sound.reduce<Pantry>((pantry, line) => addItem(pantry, readWish(line)).next, desk.pantry);
  const odd = lines.filter((line) => problemWith(line));
  typed = [typed, ...odd].join(" ").trim();
  problem = odd[0] === undefined ? "" : problemWith(odd[0]);
  desk.change(next, { words: text("addedMany", { n: sound.length }), as: "undo" }, INPUT);
}

function suggestions(desk: Desk): TemplateResult | typeof nothing {
  const { items } = openList(desk.pantry);
  const { name, amount } = readWish(typed);
  const found =
    name || amount || items.length === 0
      ? suggest(name, { known: desk.pantry.known, starters: starters(), items })
      : [];
  if (found.length === 0) return nothing;
  return html`<ul class="suggestions" aria-label=${text("suggestions")}>
    ${found.map(
      (one) =>
        html`<li>
          <button class="chip" type="button" @click=${() => put(desk, { name: one, amount })}>${one}</button>
        </li>`,
    )}
  </ul>`;
}

export function adder(desk: Desk): TemplateResult {
  const onInput = ({ target }: Event): void => {
    typed = (target as HTMLInputElement).value;
    problem = "";
    desk.redraw();
  };
  return html`${suggestions(desk)}
    <form class="add" novalidate autocomplete="off" @submit=${(event: Event) => onSubmit(desk, event)}>
      <label class="visually-hidden" for="add">${text("addLabel")}</label>
      <input
        id="add"
        type="text"
        autocomplete="off"
        enterkeyhint="done"
        placeholder=${text("addHint")}
        aria-invalid=${problem !== ""}
        aria-describedby="add-more"
        .value=${typed}
        @input=${onInput}
        @paste=${(event: ClipboardEvent) => onPaste(desk, event)}
      />
      <button class="button" aria-label=${text("add")}>${plus}</button>
      <p class="error" id="add-more" role="alert">${problem}</p>
    </form>`;
}
