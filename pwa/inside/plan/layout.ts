// How she arranged the plan: the order of its sections, which are hidden, and a day to look at it again. No document.

import type { Entry } from "../../vault/store.ts";

export interface Layout {
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  readonly review?: string;
}

export const LAYOUT = "layout";

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];

/** The newest of them: two windows may each have written one. */
export function readLayout(entries: readonly Entry[]): Layout {
  const value = (newest(entries)?.value ?? {}) as Record<string, unknown>;
  const review = value["review"];
  return {
    order: texts(value["order"]),
    hidden: texts(value["hidden"]),
    ...(typeof review === "string" && /^\d{4}-\d{2}-\d{2}$/.test(review) ? { review } : {}),
  };
}

export function newest(entries: readonly Entry[]): Entry | undefined {
  return entries.reduce<Entry | undefined>((last, entry) => (last && last.at > entry.at ? last : entry), undefined);
}

/** All sections in her order; one that came with a later version stands where it stands by itself: after its neighbour. */
export function arranged(all: readonly string[], { order }: Layout): readonly string[] {
  const known = order.filter((id, at) => all.includes(id) && order.indexOf(id) === at);
  return all.reduce<readonly string[]>((placed, id, at) => {
    if (placed.includes(id)) return placed;
    const after = placed.indexOf(all[at - 1] ?? "");
    return [...placed.slice(0, after + 1), id, ...placed.slice(after + 1)];
  }, known);
}

/** One step up (-1) or down (1); at either end it stays. */
export function moved(order: readonly string[], id: string, by: -1 | 1): readonly string[] {
  const from = order.indexOf(id);
  const to = from + by;
  const other = order[to];
  if (from < 0 || other === undefined) return order;
  return order.map((one, at) => (at === from ? other : at === to ? id : one));
}

export function withHidden(layout: Layout, id: string, hidden: boolean): Layout {
  const others = layout.hidden.filter((one) => one !== id);
  return { ...layout, hidden: hidden ? [...others, id] : others };
}

export function withReview({ order, hidden }: Layout, review: string): Layout {
  return review ? { order, hidden, review } : { order, hidden };
}
