// The open list: what is to get, and what is in the basket.

import { html, nothing, type TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { now } from "../../shared/clock.ts";
import { dayOf } from "../../shell/days.ts";
import { shownAmount } from "./amounts.ts";
import type { Desk } from "./desk.ts";
import { basket, cross, pencil, plus } from "./drawings.ts";
import { clearTicked, inOrder, type Item, openList, removeItem, tick } from "./lists.ts";
import { text } from "../../shell/words.ts";
import { nameOf } from "./words.ts";

/** After a row has left its place: the row that took the place, or the heading. */
const nextRow = (within: string, place: number, part: string): string[] => [
  `${within} > :nth-child(${place + 1}) ${part}`,
  `${within} > :last-child ${part}`,
  "h2",
];

export function takeAway(desk: Desk, item: Item, ...focus: string[]): void {
  const said = { words: text("removed", { name: item.name }), as: "undo" } as const;
  desk.change(removeItem(desk.pantry, item.id), said, ...focus);
}

function row(item: Item, place: number, within: string, desk: Desk): TemplateResult {
  const onTick = ({ target }: Event): void => {
    const { checked } = target as HTMLInputElement;
    const words = text(checked ? "tickedOff" : "untickedAgain", { name: item.name });
    const stays = !desk.pantry.sinks;
    const focus = stays ? [`[data-item="${item.id}"] input`] : nextRow(within, place, "input");
    desk.change(tick(desk.pantry, item.id, checked, dayOf(now())), { words, as: "undo" }, ...focus);
  };
  return html`<li data-item=${item.id}>
    <label class="grow">
      <input type="checkbox" autocomplete="off" .checked=${item.ticked} @change=${onTick} />
      <span class="name">${item.name}</span>
      ${item.amount ? html`<span class="amount">${shownAmount(item.amount)}</span>` : nothing}
    </label>
    <button
      class="icon-button remove"
      type="button"
      aria-label=${text("removeItem", { name: item.name })}
      @click=${() => takeAway(desk, item, ...nextRow(within, place, ".remove"))}
    >
      ${cross}
    </button>
  </li>`;
}

const rows = (id: string, items: readonly Item[], desk: Desk): TemplateResult | typeof nothing =>
  items.length === 0
    ? nothing
    : html`<ul class="list" id=${id}>
        ${items.map((item, place) => keyed(item.id, row(item, place, `#${id}`, desk)))}
      </ul>`;

function basketHead(desk: Desk, ticked: number): TemplateResult {
  const words = ticked === 1 ? text("clearedOne") : text("cleared", { n: ticked });
  return html`<div class="row spread basket">
    <h3>${text("basket")} <span class="muted">${ticked}</span></h3>
    <button
      class="button plain"
      type="button"
      aria-label=${text("clearTicked", { n: ticked })}
      @click=${() => desk.change(clearTicked(desk.pantry), { words, as: "undo" }, "h2")}
    >
      ${text("clear")}
    </button>
  </div>`;
}

/** With many lists the open one may lie outside the row. */
export function bringTabIntoSight(): void {
  document.querySelector("nav [aria-pressed=true]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function tabs(desk: Desk): TemplateResult {
  const { lists, open } = desk.pantry;
  const show = (id: number) => () => {
    desk.change({ ...desk.pantry, open: id }, { words: "", as: "heard" });
    bringTabIntoSight();
  };
  return html`<nav class="tabs" aria-label=${text("lists")}>
    ${lists.map(
      (list) =>
        html`<button class="chip" type="button" aria-pressed=${list.id === open} @click=${show(list.id)}>
          ${nameOf(list)}
        </button>`,
    )}
    <button class="chip" type="button" id="new-list" @click=${() => desk.go("new")}>
      ${plus}<span class=${lists.length > 1 ? "visually-hidden" : ""}>${text("newList")}</span>
    </button>
  </nav>`;
}

function inside(desk: Desk, items: readonly Item[]): TemplateResult {
  const ticked = items.filter((item) => item.ticked);
  const wanted = items.filter((item) => !item.ticked);
  if (items.length === 0)
    return html`<div class="empty">
      ${basket}
      <p><strong>${text("emptyTitle")}</strong></p>
      <p class="muted">${text("emptyText")}</p>
    </div>`;
  const head = ticked.length === 0 ? nothing : basketHead(desk, ticked.length);
  if (!desk.pantry.sinks) return html`${rows("wanted", items, desk)} ${head}`;
  return html`${rows("wanted", wanted, desk)} ${head} ${rows("ticked", ticked, desk)}`;
}

export function listView(desk: Desk): TemplateResult {
  const list = openList(desk.pantry);
  const items = inOrder(list, desk.pantry.sinks);
  const left = items.filter((item) => !item.ticked).length;
  const count = left > 0 ? text("toGet", { n: left }) : text(items.length > 0 ? "allIn" : "nothing");
  return html`${tabs(desk)}
    <section class="card sheet">
      <div class="row spread head">
        <div class="grow">
          <h2 tabindex="-1">${nameOf(list)}</h2>
          <p class="muted">${count}</p>
        </div>
        <button
          class="icon-button"
          type="button"
          aria-label=${text("editList", { name: nameOf(list) })}
          @click=${() => desk.go("edit")}
        >
          ${pencil}
        </button>
      </div>
      ${inside(desk, items)}
    </section>`;
}
