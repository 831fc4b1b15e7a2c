// A list narrowed down to what somebody looks for, and the line that says how much of it is left.

import { fill, show } from "./said.ts";

/** Hides what does not fit, and gives what does. The status line of the part has `{number}` in its words. */
export function narrow<T extends HTMLElement>(part: HTMLElement, all: Iterable<T>, fits: (one: T) => boolean): T[] {
  const found = [...all].filter((one) => ((one.hidden = !fits(one)), !one.hidden));
  const words = part.querySelector<HTMLElement>("[data-found]")?.dataset["found"] ?? "";
  fill(part, "[data-found]", words.replace("{number}", String(found.length)));
  show(part, "[data-nothing]", found.length === 0);
  return found;
}
