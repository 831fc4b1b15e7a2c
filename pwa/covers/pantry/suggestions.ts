// What she may be about to write: things from earlier lists, and a few ordinary ones for the first day.

import { folded, type Item, type Known } from "./lists.ts";

const MOST_SHOWN = 6;

/** Better matches are higher; undefined is no match. */
function fit(name: string, typed: string): number | undefined {
  const place = folded(name).indexOf(typed);
  if (place < 0 || folded(name) === typed) return undefined;
  if (place === 0) return 2;
  return folded(name).charAt(place - 1) === " " ? 1 : 0;
}

export function suggest(
  typed: string,
  { known, starters, items }: { known: readonly Known[]; starters: readonly string[]; items: readonly Item[] },
): readonly string[] {
  const wanted = folded(typed.trim());
  const seen = new Set(items.filter(({ ticked }) => !ticked).map(({ name }) => folded(name)));
  const found: { name: string; fit: number; times: number }[] = [];
  for (const { name, times } of [...known, ...starters.map((name) => ({ name, times: 0 }))]) {
    const fits = fit(name, wanted);
    if (fits === undefined || seen.has(folded(name))) continue;
    seen.add(folded(name));
    found.push({ name, fit: fits, times });
  }
  // The sort is stable, so among equals the latest comes first.
  return found
    .sort((one, other) => other.fit - one.fit || other.times - one.times)
    .slice(0, MOST_SHOWN)
    .map(({ name }) => name);
}
