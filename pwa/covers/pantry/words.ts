// What the lists are called, and what she may want on the first day.

import { text } from "../../shell/words.ts";
import { folded, type List } from "./lists.ts";

/** The list everybody starts with is called what the language calls it. */
export function nameOf(list: List): string {
  return list.name || text("firstList");
}

export function starters(): readonly string[] {
  return text("starters").split("|");
}

export const isCalled = (list: List, name: string): boolean => folded(nameOf(list)) === folded(name);
