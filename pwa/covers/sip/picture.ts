// The glass: how full it is, what it says, and the slice of lemon on a day that reached its goal.

import { now } from "../../shared/clock.ts";
import { type Choices } from "./choices.ts";
import type { Drink } from "./drinks.ts";
import { gentleLine } from "./gentle-line.ts";
import { part } from "../../shell/part.ts";
import { text } from "../../shell/words.ts";
import { amountIn, bareAmount } from "./words.ts";

const EMPTY_Y = 246;
const FULL_Y = 52;
/** The length of one wave in the drawing: moved by it, the water looks as before. */
const WAVE = 120;

function lineOf(drinks: readonly Drink[], total: number, choices: Choices): string {
  const line = gentleLine(drinks, total, choices, now());
  switch (line.kind) {
    case "own":
      return line.words;
    case "given":
      return text(`line${line.line}`);
    case "toGo":
      return text("toGo", { amount: amountIn(line.ml, choices.unit) });
    case "ready":
    case "reached":
      return text(line.kind);
  }
}

export function drawPicture(drinks: readonly Drink[], total: number, choices: Choices): void {
  const { goal, unit } = choices;
  const level = EMPTY_Y - Math.min(total / goal, 1) * (EMPTY_Y - FULL_Y);
  part("level", SVGElement).setAttribute("transform", `translate(0 ${level.toFixed(1)})`);
  part("slice", SVGElement).toggleAttribute("hidden", total < goal);
  part("line").textContent = lineOf(drinks, total, choices);
  part("total").textContent = bareAmount(total, unit);
  part("of-goal").textContent = text("ofGoal", { amount: amountIn(goal, unit) });
}

/** The water moves for a moment when something is poured, unless she asked her phone for less motion. */
export function stir(): void {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const [index, wave] of document.querySelectorAll(".wave").entries()) {
    const moved = [{ transform: `translateX(${WAVE}px)` }, { transform: "none" }];
    wave.animate(index ? moved : moved.reverse(), { duration: 1600 + 500 * index, easing: "ease-out" });
  }
}
