// What the views do to their parts: show, fill, listen. Lines that say how something went all stand in the pack, and at
// most one of them is shown.

import { show } from "./keeping/rows.ts";

export { show };

/** Shows the line of this name and hides the others of its part. */
export function say(part: ParentNode, name?: string): void {
  showOnly(part, "said", name);
}

/** Of all that have this data attribute, shows those that name the value among others; without a value none. */
export function showOnly(part: ParentNode, attribute: string, value = ""): void {
  for (const one of part.querySelectorAll<HTMLElement>(`[data-${attribute}]`))
    one.hidden = !one.dataset[attribute]?.split(" ").includes(value);
}

export function onPress(part: ParentNode, selector: string, act: () => void): void {
  part.querySelector(selector)?.addEventListener("click", act);
}

export function focusOn(part: ParentNode, selector: string): void {
  part.querySelector<HTMLElement>(selector)?.focus();
}

/** What cannot be undone is asked about once more; gives what puts the question away again. `no` is the way back. */
export function askTwice(part: ParentNode, no: string): () => void {
  const ask = (isAsked: boolean): void => {
    show(part, "[data-sure]", isAsked);
    show(part, "[data-ask]", !isAsked);
    focusOn(part, isAsked ? no : "[data-ask]");
  };
  const putAway = (): void => {
    ask(false);
  };
  onPress(part, "[data-ask]", () => {
    ask(true);
  });
  onPress(part, no, putAway);
  return putAway;
}

/** The language of what stands there: a view may be borrowed from another one. */
export function languageOf(part: Element): string {
  return part.closest<HTMLElement>("[lang]")?.lang ?? "en";
}

/** Says what went wrong, by its code where it has one and the part has words for it. */
export function sayTrouble(part: ParentNode, error: unknown): void {
  // Ours have one of words (pwa/vault/store.ts), the browser's is a number, and no part has words for that.
  const { code } = error as { readonly code?: string | number };
  say(part, part.querySelector(`[data-said="${code}"]`) ? String(code) : "failed");
}

export function fill(part: ParentNode, selector: string, text: string): void {
  for (const spot of part.querySelectorAll(selector)) spot.textContent = text;
}

/** How much there is of each kind, where the view has room to say so. */
export function fillCounts(part: ParentNode, kept: readonly { readonly kind: string }[]): void {
  for (const spot of part.querySelectorAll<HTMLElement>("[data-count]"))
    spot.textContent = String(kept.filter(({ kind }) => kind === spot.dataset["count"]).length);
}

/** Runs what one press started, once: a second press meanwhile does nothing. What goes wrong is said. */
export async function once(part: HTMLElement, act: () => Promise<void>): Promise<void> {
  if (part.hasAttribute("aria-busy")) return;
  part.setAttribute("aria-busy", "true");
  say(part, "working");
  try {
    await act();
  } catch (error) {
    sayTrouble(part, error);
  } finally {
    part.removeAttribute("aria-busy");
  }
}
