// Fills the card that asks somebody to reach out (pwa/templates/components/nudge-card.html): the same for whoever is
// asked, and for the preview of whoever writes the note.

import { fill, show } from "../said.ts";

export interface ShownNudge {
  /** What the one who asks is called on this phone; in a preview the card has words for that itself. */
  readonly name?: string;
  /** undefined or empty: nothing was written. */
  readonly note: string | undefined;
  /** well: all is well again; handed: somebody else is asked now. */
  readonly state: "open" | "handed" | "well";
}

export function showNudge(card: HTMLElement, { name, note, state }: ShownNudge): void {
  if (name !== undefined) fill(card, "[data-from]", name);
  for (const each of card.querySelectorAll<HTMLElement>("[data-nudge-when]"))
    each.hidden = !each.dataset["nudgeWhen"]?.split(" ").includes(state);
  const written = note?.trim() ?? "";
  fill(card, "[data-note]", written);
  show(card, "[data-note]", written !== "");
  show(card, "[data-no-note]", written === "");
  card.hidden = false;
}
