// Drawings used by the views; the larger one of the empty list is a symbol in page.html.

import { html, type TemplateResult } from "lit-html";

const strokes = (d: string): TemplateResult =>
  html`<svg class="strokes" viewBox="0 0 24 24" aria-hidden="true"><path d=${d} /></svg>`;

export const plus = strokes("M12 5v14M5 12h14");
export const check = strokes("m5 12.5 4.5 4.5L19 7.5");
export const cross = strokes("M7 7l10 10M17 7 7 17");
export const pencil = strokes("M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM13.5 7l3.5 3.5");
export const up = strokes("m6 14.5 6-6 6 6");
export const down = strokes("m6 9.5 6 6 6-6");
export const basket = html`<svg class="art" viewBox="0 0 96 72" aria-hidden="true"><use href="#basket" /></svg>`;
