// Pantry, a shopping list: keeps the lists, shows one view at a time, and can undo the last change.

import { html, nothing, render, type TemplateResult } from "lit-html";
import { openStore } from "../../shell/cover-store.ts";
import { offerHistory } from "../../shell/history.ts";
import { part } from "../../shell/part.ts";
import { startShell } from "../../shell/start.ts";
import { adder, takeOver } from "./adder.ts";
import type { Desk, Said, View } from "./desk.ts";
import { cross } from "./drawings.ts";
import { editListView, newListView } from "./edit-view.ts";
import { pastOf } from "./history-view.ts";
import { listView, takeAway } from "./list-view.ts";
import { openList, type Pantry, parsePantry } from "./lists.ts";
import { swipeAway } from "./swipe.ts";
import { text } from "../../shell/words.ts";

startShell();

const store = openStore<Pantry>("lists", parsePantry);
const main = part("main");
const page = part("pantry");
const dock = part("adder");
const toast = part("said");
const sinks = part("sinks", HTMLInputElement);

let view: View = "list";
let said: (Said & { readonly before: Pantry; readonly after: Pantry }) | undefined;

function focusFirst(selectors: readonly string[]): void {
  for (const selector of selectors) {
    const found = main.querySelector<HTMLElement>(selector);
    if (found) {
      found.focus({ preventScroll: true });
      return;
    }
  }
}

function redraw(...focus: string[]): void {
  draw();
  focusFirst(focus);
}

function change(after: Pantry, words: Said, ...focus: string[]): void {
  said = { ...words, before: store.get(), after };
  store.save(after);
  focusFirst(focus);
}

function go(next: View): void {
  view = next;
  said = undefined;
  watchForBack();
  redraw("h2");
  scrollTo(0, 0);
}

const desk = (): Desk => ({ pantry: store.get(), go, change, redraw });

function takeBack(): void {
  if (said) change(said.before, { words: text("undone"), as: "heard" }, "h2");
}

function closeToast(): void {
  said = undefined;
  redraw("h2");
}

/** The way back of the phone leads from a form to the list, where the browser tells of it. */
interface Closing {
  onclose: (() => void) | null;
  destroy(): void;
}
let closing: Closing | undefined;

function watchForBack(): void {
  closing?.destroy();
  closing = undefined;
  const Watcher = (window as { CloseWatcher?: new () => Closing }).CloseWatcher;
  if (view === "list" || !Watcher) return;
  closing = new Watcher();
  closing.onclose = () => go("list");
}

/** It stays until the next step: an undo that runs away is none. What the eye sees on the list is only heard. */
function toastView({ words, as }: Said): TemplateResult {
  if (as === "heard") return html`<p class="visually-hidden">${words}</p>`;
  return html`<div class="toast">
    <span class="grow">${words}</span>
    ${
      as === "undo"
        ? html`<button class="button plain" type="button" @click=${takeBack}>${text("undo")}</button>`
        : nothing
    }
    <button class="icon-button" type="button" aria-label=${text("close")} @click=${closeToast}>${cross}</button>
  </div>`;
}

function viewNow(): TemplateResult {
  if (view === "new") return newListView(desk());
  return view === "edit" ? editListView(desk()) : listView(desk());
}

const drawHistory = offerHistory(() => pastOf(desk()));

function draw(): void {
  render(viewNow(), page);
  render(view === "list" ? adder(desk()) : nothing, dock);
  render(said ? toastView(said) : nothing, toast);
  sinks.checked = store.get().sinks;
  drawHistory();
}

function wireSettings(): void {
  const forgotten = part("forgotten");
  sinks.addEventListener("change", () => store.save({ ...store.get(), sinks: sinks.checked }));
  part("forget").addEventListener("click", () => {
    store.save({ ...store.get(), known: [], bought: [] });
    forgotten.textContent = text("forgotten");
  });
  part("open-settings").addEventListener("click", () => (forgotten.textContent = ""));
}

// The page came with the frame of the first view; from here on it is drawn.
takeOver(dock.querySelector("input")?.value ?? "");
page.replaceChildren();
dock.replaceChildren();
draw();

store.subscribe((value) => {
  // Changed in another window: undoing here would undo it as well.
  if (said && value !== said.after) said = undefined;
  draw();
});
swipeAway(page, (id) => {
  const item = openList(store.get()).items.find((one) => one.id === id);
  if (item && view === "list") takeAway(desk(), item, "h2");
});
wireSettings();
document.addEventListener("home", () => {
  if (view !== "list") go("list");
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) return;
  said = undefined;
  draw();
});
