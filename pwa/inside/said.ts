// The lines of a view that say how something went: all of them stand in the pack, and at most one is shown.

import { ExportError } from "../vault/export-file.ts";
import { PaddedError } from "../vault/padded.ts";
import { VaultError } from "../vault/store.ts";

/** Shows the line of this name and hides the others of its part. */
export function say(part: ParentNode, name?: string): void {
  for (const line of part.querySelectorAll<HTMLElement>("[data-said]")) line.hidden = line.dataset["said"] !== name;
}

/** Says what went wrong, by its code where it has one and the part has words for it. */
export function sayTrouble(part: ParentNode, error: unknown): void {
  const isOurs = error instanceof ExportError || error instanceof VaultError || error instanceof PaddedError;
  const code = isOurs ? error.code : "failed";
  say(part, part.querySelector(`[data-said="${code}"]`) ? code : "failed");
}

export function show(part: ParentNode, selector: string, isShown: boolean): void {
  for (const found of part.querySelectorAll<HTMLElement>(selector)) found.hidden = !isShown;
}

export function fill(part: ParentNode, selector: string, text: string): void {
  for (const spot of part.querySelectorAll(selector)) spot.textContent = text;
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
