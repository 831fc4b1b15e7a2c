// Shows one view of the pack at a time. Nothing is pushed to history: the address bar keeps the cover's address.

import type { InsidePlace } from "../door/door.ts";
import { firstView } from "./circle/first-view.ts";
import type { Pack } from "./open-pack.ts";

/** What custom elements inside need of the visit; gone as soon as the person has left. */
export interface Visit {
  readonly place: InsidePlace;
  readonly pack: Pack;
}

let visit: Visit | undefined;

export function beginVisit(next: Visit): void {
  visit = next;
}

export function endVisit(): void {
  visit = undefined;
}

export function currentVisit(): Visit | undefined {
  return visit;
}

const EXPLAINS_EXIT = "exit";

/** How the exit works is shown once before anything else is (EX-8). */
export function showFirstView(): void {
  if (visit) showView(visit.place.readKept(NAMES.exitSeenKey) ? firstView(visit) : EXPLAINS_EXIT);
}

export function showView(id: string): void {
  const html = visit?.pack.views[id];
  if (!visit || html === undefined) return;
  const { place } = visit;
  const { view } = place;
  view.replaceChildren(place.fragmentFrom(html));
  view.closest("[data-scrolls]")?.scrollTo(0, 0);
  // A screen reader reads on from the new heading; sighted people see no ring on it.
  view.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
}

function follow({ target }: Event): void {
  const link = target instanceof Element ? target.closest<HTMLElement>("[data-go]") : null;
  if (!link || !visit) return;
  const { go = "", seen } = link.dataset;
  if (seen !== undefined) visit.place.keep(NAMES.exitSeenKey, "1");
  showView(seen === undefined ? go : firstView(visit));
}

/** What has data-go leads to another view; data-seen marks that the exit has been explained. */
export function followLinks(view: HTMLElement): void {
  view.addEventListener("click", follow);
  // Links within a sentence are no <a href>, whose address could reach the history, so Enter is ours to hear.
  view.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (key === "Enter" && target instanceof Element && target.getAttribute("role") === "link") follow(event);
  });
}
