// What the views are given to draw and what they may ask for; sprout.ts answers.

import type { Day } from "../../shell/days.ts";
import type { Diary } from "./diary.ts";

export type View =
  | { readonly at: "home" }
  | { readonly at: "plant"; readonly id: number }
  /** Without an id it is a new plant. */
  | { readonly at: "form"; readonly id?: number };

export interface Desk {
  readonly diary: Diary;
  readonly today: Day;
  go(view: View): void;
  /** Keeps the changed diary and offers an undo. The focus moves to the first of `focus` that is there. */
  change(next: Diary, said: string, ...focus: string[]): void;
  redraw(...focus: string[]): void;
}
