// Today's drinks, newest first, each with its time and a way to remove it.

import { html, render, svg } from "lit-html";
import type { Unit } from "./amounts.ts";
import type { Drink } from "./drinks.ts";
import { part } from "../../shell/part.ts";
import { text } from "../../shell/words.ts";
import { amountIn, clockTime } from "./words.ts";

const cross = svg`<path d="m7 7 10 10M17 7 7 17" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>`;

export function drawToday(drinks: readonly Drink[], unit: Unit, onRemove: (drink: Drink) => void): void {
  part("nothing").hidden = drinks.length > 0;
  const rows = [...drinks].reverse().map((drink) => {
    const amount = amountIn(drink.ml, unit);
    const time = clockTime(drink.time);
    return html`<li>
      <span class="grow">${amount}</span><time class="muted" datetime=${drink.time}>${time}</time>
      <button
        type="button"
        class="icon-button"
        aria-label=${text("remove", { amount, time })}
        @click=${() => onRemove(drink)}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">${cross}</svg>
      </button>
    </li>`;
  });
  render(rows, part("today"));
}
