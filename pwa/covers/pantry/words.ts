// The words of the lists: texts with the blanks filled in.

import { pageData } from "../../shell/page-data.ts";
import { folded, type List } from "./lists.ts";

export function text(key: string, blanks: Readonly<Record<string, string | number>> = {}): string {
  const words = pageData().texts[key] ?? "";
  return words.replace(/\{(\w+)\}/g, (_, blank: string) => String(blanks[blank] ?? ""));
}

/** The list everybody starts with is called what the language calls it. */
export function nameOf(list: List): string {
  return list.name || text("firstList");
}

export function starters(): readonly string[] {
  return text("starters").split("|");
}

export const isCalled = (list: List, name: string): boolean => folded(nameOf(list)) === folded(name);
