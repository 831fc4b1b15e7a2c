// What the views are given to draw and what they may ask for; pantry.ts answers.

import type { Pantry } from "./lists.ts";

export type View = "list" | "edit" | "new";

export interface Said {
  readonly words: string;
  /** "undo" offers the way back, "seen" is only shown, "heard" is for screen readers: the eye sees it on the list. */
  readonly as: "undo" | "seen" | "heard";
}

export interface Desk {
  readonly pantry: Pantry;
  go(view: View): void;
  /** Keeps the change and says so. The focus moves to the first of `focus` that is there. */
  change(next: Pantry, said: Said, ...focus: string[]): void;
  redraw(...focus: string[]): void;
}
