// Drawings used in more than one view. The plants themselves are symbols in page.html, so that they cost the script nothing.

import { html, type TemplateResult } from "lit-html";
import type { Picture } from "./diary.ts";

export function plantDrawing(picture: Picture, kind = "art"): TemplateResult {
  return html`<svg class=${kind} viewBox="0 0 64 64" aria-hidden="true"><use href="#${picture}" /></svg>`;
}

export const drop = html`<svg class="drop" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M12 3c3.6 4.2 6 7.5 6 11a6 6 0 0 1-12 0c0-3.5 2.4-6.8 6-11z" />
</svg>`;

const strokes = (d: string): TemplateResult =>
  html`<svg class="strokes" viewBox="0 0 24 24" aria-hidden="true"><path d=${d} /></svg>`;

export const plus = strokes("M12 5v14M5 12h14");
export const minus = strokes("M5 12h14");
export const cross = strokes("M7 7l10 10M17 7 7 17");
export const backwards = html`<svg class="strokes turns" viewBox="0 0 24 24" aria-hidden="true">
  <path d="m14.5 6-6 6 6 6" />
</svg>`;
