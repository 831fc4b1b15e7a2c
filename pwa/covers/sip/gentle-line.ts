// The one line above the picture. It invites and never scolds: no streak, no "you missed", nothing at night.

import { OWN_LINE, type Choices } from "./choices.ts";
import type { Drink } from "./drinks.ts";

export type GentleLine =
  | { readonly kind: "ready" | "reached" }
  | { readonly kind: "toGo"; readonly ml: number }
  | { readonly kind: "given"; readonly line: number }
  | { readonly kind: "own"; readonly words: string };

const HOUR_MS = 3_600_000;
const MORNING = 8;
const NIGHT = 22;

function isTimeToRemind(drinks: readonly Drink[], { after }: Choices, now: Date): boolean {
  // A clock once set wrong may have left drinks in the future; they say nothing about now.
  const last = drinks.filter(({ at }) => at <= now.getTime()).at(-1);
  if (!last || after === 0 || now.getHours() < MORNING || now.getHours() >= NIGHT) return false;
  return now.getTime() - last.at >= after * HOUR_MS;
}

/** `drinks` are all that are kept, oldest first; `total` is today's. */
export function gentleLine(drinks: readonly Drink[], total: number, choices: Choices, now: Date): GentleLine {
  if (total >= choices.goal) return { kind: "reached" };
  if (isTimeToRemind(drinks, choices, now)) {
    const words = choices.own.trim();
    if (choices.line !== OWN_LINE) return { kind: "given", line: choices.line };
    return words ? { kind: "own", words } : { kind: "given", line: 0 };
  }
  return total > 0 ? { kind: "toGo", ml: choices.goal - total } : { kind: "ready" };
}
