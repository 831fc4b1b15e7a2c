// Pantry's history: what was bought when, and back onto the open list with one tap.

import { html, nothing, type TemplateResult } from "lit-html";
import { now } from "../../shared/clock.ts";
import { dayOf } from "../../shell/days.ts";
import { wrote } from "../../shell/entries.ts";
import type { Past } from "../../shell/history.ts";
import { capital, text, when } from "../../shell/words.ts";
import { shownAmount } from "./amounts.ts";
import type { Desk } from "./desk.ts";
import { check, plus } from "./drawings.ts";
import { addItem, type Bought, removeItem, wanted } from "./lists.ts";
import { inDays, mostOften, recently } from "./past.ts";

/** The second tap takes it off the list again. */
function toggle(desk: Desk, { name, amount }: Bought): void {
  const there = wanted(desk.pantry, name);
  const next = there ? removeItem(desk.pantry, there.id) : addItem(desk.pantry, { name, amount }).next;
  desk.change(next, { words: "", as: "heard" });
  if (!there) wrote(name);
}

const row = (bought: Bought, desk: Desk): TemplateResult => {
  const isWanted = wanted(desk.pantry, bought.name) !== undefined;
  return html`<span class="name">${bought.name}</span>
    ${bought.amount ? html`<span class="amount">${shownAmount(bought.amount)}</span>` : nothing}
    <button
      class="icon-button again"
      type="button"
      aria-label=${text("buyAgain", { name: bought.name })}
      aria-pressed=${isWanted}
      @click=${() => toggle(desk, bought)}
    >
      ${isWanted ? check : plus}
    </button>`;
};

export function pastOf(desk: Desk): Past {
  const today = dayOf(now());
  const { bought } = desk.pantry;
  return {
    facts: [
      [text("boughtDays"), String(recently(bought, today).length)],
      [text("mostOften"), mostOften(bought) ?? ""],
    ],
    chapters: inDays(bought, today).map(({ day, things }) => ({
      title: capital(when(day, today)),
      rows: things.map((one) => row(one, desk)),
    })),
  };
}
