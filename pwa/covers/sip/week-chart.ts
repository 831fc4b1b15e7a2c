// Seven days as bars with the goal as a dotted line, and the same as a table for those who listen.

import { html, nothing, render, svg } from "lit-html";
import { roughly } from "./amounts.ts";
import { dayOf } from "../../shell/days.ts";
import { weekUpTo } from "./days.ts";
import type { Choices } from "./choices.ts";
import { averageOf, totalOn, type Drink } from "./drinks.ts";
import { part } from "../../shell/part.ts";
import { fullDate, text } from "../../shell/words.ts";
import { amountIn, dayInitial, weekTitle } from "./words.ts";
import { now } from "../../shared/clock.ts";

export const MOST_WEEKS_BACK = 4;
const HEIGHT = 112;
const DAY_WIDTH = 100 / 7;
const BAR_WIDTH = 8;
const LEAST_BAR = 10;
const GROUND = 4;
/** So that the highest bar, or the goal's line, keeps clear of the edge. */
const HEADROOM = 1.06;

function bar(total: number, index: number, most: number, isToday: boolean): unknown {
  const height = total > 0 ? Math.max(LEAST_BAR, (total / most) * HEIGHT) : GROUND;
  const kind = total > 0 ? `bar-of-day${isToday ? " now" : ""}` : "ground";
  const x = `${(index * DAY_WIDTH + (DAY_WIDTH - BAR_WIDTH) / 2).toFixed(2)}%`;
  const radius = Math.min(8, height / 2);
  return svg`<rect class=${kind} x=${x} y=${HEIGHT - height} width="${BAR_WIDTH}%" height=${height} rx=${radius} />`;
}

/** Draws the week; returns what to say when somebody turned to it. */
export function drawWeek(drinks: readonly Drink[], { goal, unit }: Choices, weeksBack: number): string {
  const today = dayOf(now());
  const days = weekUpTo(today, weeksBack);
  const totals = days.map((day) => totalOn(drinks, day));
  const most = Math.max(goal, ...totals) * HEADROOM;
  const mark = HEIGHT - (goal / most) * HEIGHT;
  const average = averageOf(totals);
  const title = weekTitle(weeksBack, today);
  const summary = average ? text("average", { amount: amountIn(roughly(average, unit), unit) }) : text("noneYet");

  part("week-title").textContent = title;
  part("average").textContent = summary;
  part("earlier", HTMLButtonElement).disabled = weeksBack >= MOST_WEEKS_BACK;
  part("later", HTMLButtonElement).disabled = weeksBack === 0;
  render(
    html`<svg width="100%" height=${HEIGHT} aria-hidden="true">
        ${totals.map((total, index) => bar(total, index, most, days[index] === today))}
        <line class="mark" x1="2" x2="100%" y1=${mark} y2=${mark} />
      </svg>
      <div class="days" aria-hidden="true">
        ${days.map((day) => html`<span class=${day === today ? "now" : nothing}>${dayInitial(day)}</span>`)}
      </div>
      <p class="muted key">
        <svg width="20" height="4" aria-hidden="true"><line class="mark" x1="2" x2="20" y1="2" y2="2" /></svg>
        ${text("goalIs", { amount: amountIn(goal, unit) })}
      </p>
      <div class="visually-hidden">
        <table>
          <caption>
            ${title}
          </caption>
          <thead>
            <tr>
              <th scope="col">${text("day")}</th>
              <th scope="col">${text("amount")}</th>
            </tr>
          </thead>
          <tbody>
            ${days.map(
              (day, index) =>
                html`<tr>
                  <th scope="row">${fullDate(day)}</th>
                  <td>${amountIn(totals[index] ?? 0, unit)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`,
    part("chart"),
  );
  return `${title}: ${summary}`;
}
