// What was: a screen of the cover that anybody opens from the bar, newest first. A cover says what there is to tell, and
// this draws it, anew at each opening and whenever something changes meanwhile.

import { html, nothing, render, type TemplateResult } from "lit-html";
import { word } from "./page-data.ts";
import { part } from "./part.ts";
import { text } from "./words.ts";

export interface Chapter {
  readonly title: string;
  readonly about?: string;
  /** What is inside the `<li>` of each row. */
  readonly rows: readonly TemplateResult[];
}

export interface Past {
  /** Said at the top, largest first: a name and what it comes to. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** A way to look at some of it only. */
  readonly choice?: TemplateResult;
  readonly chapters: readonly Chapter[];
}

/** As many as a slow phone draws in a moment; the others come when asked for. */
const AT_ONCE = 14;

const chapter = ({ title, about, rows }: Chapter): TemplateResult =>
  html`<section class="card">
    <h3 tabindex="-1">${title}</h3>
    ${about ? html`<p class="muted">${about}</p>` : nothing}
    <ul class="list">
      ${rows.map((row) => html`<li>${row}</li>`)}
    </ul>
  </section>`;

function view({ facts, choice, chapters }: Past, shown: number, onMore: () => void): TemplateResult {
  if (chapters.length === 0 && !choice) return html`<p class="card">${text("noHistory")}</p>`;
  return html`<dl class="card sums">
      ${facts.map(
        ([name, value]) =>
          html`<div>
            <dt class="muted">${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    ${choice ?? nothing} ${chapters.slice(0, shown).map(chapter)}
    ${
      chapters.length > shown
        ? html`<button class="button quiet wide" type="button" @click=${onMore}>${word("earlier")}</button>`
        : nothing
    }`;
}

/** Called once by a cover that has one; gives what is to be called after every change. */
export function offerHistory(past: () => Past): () => void {
  const screen = part("history", HTMLDialogElement);
  const page = part("past");
  let shown = AT_ONCE;
  const draw = (): void => {
    if (screen.open) render(view(past(), shown, more), page);
  };
  const more = (): void => {
    const next = shown;
    shown += AT_ONCE;
    draw();
    page.querySelectorAll("h3")[next]?.focus();
  };
  part("open-history").addEventListener("click", () => {
    shown = AT_ONCE;
    screen.showModal();
    draw();
    screen.scrollTo(0, 0);
  });
  part("to-settings").addEventListener("click", () => {
    screen.close();
    part("open-settings").click();
  });
  return draw;
}
