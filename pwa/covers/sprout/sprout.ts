// Sprout, a diary for plants: keeps it, shows one view at a time, and can undo the last change.

import { html, nothing, render, type TemplateResult } from "lit-html";
import { now } from "../../shared/clock.ts";
import { openStore } from "../../shell/cover-store.ts";
import { offerHistory } from "../../shell/history.ts";
import { startShell } from "../../shell/start.ts";
import { dayOf } from "../../shell/days.ts";
import type { Desk, View } from "./desk.ts";
import { type Diary, parseDiary } from "./diary.ts";
import { cross } from "./drawings.ts";
import { formView } from "./form-view.ts";
import { pastOf } from "./history-view.ts";
import { homeView } from "./home-view.ts";
import { plantView } from "./plant-view.ts";
import { text } from "../../shell/words.ts";

startShell();

const HOME: View = { at: "home" };

const diary = openStore<Diary>("diary", parseDiary);
const page = document.getElementById("diary");
const said = document.getElementById("said");
const winter = document.getElementById("winter") as HTMLInputElement | null;

let view: View = HOME;
let homeScroll = 0;
let undo: { readonly said: string; readonly before?: Diary; readonly after: Diary } | undefined;

function focusFirst(selectors: readonly string[]): void {
  for (const selector of selectors) {
    const found = page?.querySelector<HTMLElement>(selector);
    if (found) {
      found.focus({ preventScroll: true });
      return;
    }
  }
}

const desk = (): Desk => ({
  diary: diary.get(),
  today: dayOf(now()),
  go,
  change,
  redraw(...focus) {
    draw();
    focusFirst(focus);
  },
});

function go(next: View): void {
  if (view.at === "home") homeScroll = scrollY;
  view = next;
  undo = undefined;
  watchForBack();
  draw();
  focusFirst(["h2"]);
  scrollTo(0, next.at === "home" ? homeScroll : 0);
}

function change(after: Diary, words: string, ...focus: string[]): void {
  undo = { said: words, before: diary.get(), after };
  diary.save(after);
  focusFirst(focus);
}

function takeBack(): void {
  const before = undo?.before;
  if (!before) return;
  undo = { said: text("undone"), after: before };
  diary.save(before);
  focusFirst(["h2"]);
}

function quiet(): void {
  undo = undefined;
  draw();
  focusFirst(["h2"]);
}

/** The way back of the phone leads from a plant to all plants, where the browser tells of it. */
interface Closing {
  onclose: (() => void) | null;
  destroy(): void;
}
let closing: Closing | undefined;

function watchForBack(): void {
  closing?.destroy();
  closing = undefined;
  const Watcher = (window as { CloseWatcher?: new () => Closing }).CloseWatcher;
  if (view.at === "home" || !Watcher) return;
  closing = new Watcher();
  closing.onclose = () => go(HOME);
}

function viewNow(): TemplateResult {
  const here = desk();
  const id = view.at === "home" ? undefined : view.id;
  const plant = here.diary.plants.find((one) => one.id === id);
  if (view.at === "form" && (plant ?? id === undefined)) return formView(here, plant);
  // A plant removed in another window has no view any more.
  return plant ? plantView(here, plant) : homeView(here);
}

/** It stays until the next step: an undo that runs away is none. Where there is nothing to press it is only heard. */
function toast(words: string, undoable: boolean): TemplateResult {
  if (!undoable) return html`<p class="visually-hidden">${words}</p>`;
  return html`<div class="toast">
    <span class="grow">${words}</span>
    <button class="button plain" type="button" @click=${takeBack}>${text("undo")}</button>
    <button class="icon-button" type="button" aria-label=${text("close")} @click=${quiet}>${cross}</button>
  </div>`;
}

const drawHistory = offerHistory(() => pastOf(desk()));

function draw(): void {
  if (!page || !said) return;
  render(viewNow(), page);
  render(undo ? toast(undo.said, undo.before !== undefined) : nothing, said);
  if (winter) winter.checked = diary.get().winter;
  drawHistory();
}

// The page came with the frame of the first view; from here on it is drawn.
page?.replaceChildren();
draw();

diary.subscribe((value) => {
  // Changed in another window: undoing here would undo it as well.
  if (undo && value !== undo.after) undo = undefined;
  draw();
});
winter?.addEventListener("change", () => diary.save({ ...diary.get(), winter: winter.checked }));
document.addEventListener("home", () => {
  homeScroll = 0;
  if (view.at !== "home") go(HOME);
});
// A phone keeps pages for days: what is due has to be asked anew when it comes back, and at midnight.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) undo = undefined;
  draw();
});
let drawnOn = dayOf(now());
setInterval(() => {
  const today = dayOf(now());
  if (today !== drawnOn) draw();
  drawnOn = today;
}, 60_000);
