// Sip's history: a usual day, the day with most, and week by week what each day came to.

import { html, type TemplateResult } from "lit-html";
import { now } from "../../shared/clock.ts";
import { type Day, dayOf } from "../../shell/days.ts";
import type { Chapter, Past } from "../../shell/history.ts";
import { capital, shortDate, text } from "../../shell/words.ts";
import { roughly } from "./amounts.ts";
import type { Choices } from "./choices.ts";
import { averageOf, type Drink } from "./drinks.ts";
import { dayTotals, type DayTotal, inWeeks, mostIn, type Week } from "./past-weeks.ts";
import { amountIn, dayAndDate, weekTitle } from "./words.ts";

const average = (days: readonly DayTotal[], { unit }: Choices): string =>
  amountIn(roughly(averageOf(days.map(({ ml }) => ml)), unit), unit);

const row = ({ day, ml }: DayTotal, { goal, unit }: Choices): TemplateResult =>
  html`<div class="grow past-day">
    <span>${capital(dayAndDate(day))}</span> <strong>${amountIn(ml, unit)}</strong>
    <svg class="turns" width="100%" height="6" aria-hidden="true">
      <rect class="ground" width="100%" height="6" rx="3" />
      <rect class="bar-of-day" width="${Math.min(100, (100 * ml) / goal)}%" height="6" rx="3" />
    </svg>
  </div>`;

const chapter = ({ weeksBack, days }: Week, today: Day, choices: Choices): Chapter => ({
  title: weekTitle(weeksBack, today),
  about: text("average", { amount: average(days, choices) }),
  rows: days.map((total) => row(total, choices)),
});

export function pastOf(drinks: readonly Drink[], choices: Choices): Past {
  const today = dayOf(now());
  const days = dayTotals(drinks, today);
  const most = mostIn(days);
  return {
    facts: most
      ? [
          [text("usualDay"), average(days, choices)],
          [text("mostOn", { day: shortDate(most.day) }), amountIn(most.ml, choices.unit)],
        ]
      : [],
    chapters: inWeeks(days, today).map((week) => chapter(week, today, choices)),
  };
}
