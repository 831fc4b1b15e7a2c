// The list of exercises: what has helped stands first, with a word that says so. Where nothing is kept it stays as it is.

import type { Entry } from "../vault/store.ts";
import type { Desk } from "./keeping/desk.ts";
import { answersOf, HELPED, helpfulFirst } from "./keeping/helped.ts";
import { KeepingElement } from "./keeping/keeping-element.ts";
import { part } from "./keeping/rows.ts";

export class SteadyList extends KeepingElement {
  protected readonly kinds = [HELPED];

  protected override open(_: Desk, [entries = []]: readonly (readonly Entry[])[]): void {
    const answers = answersOf(entries);
    const list = part(this, "[data-exercises]");
    const lines = new Map(
      [...list.querySelectorAll<HTMLElement>("[data-exercise]")].map((line) => [line.dataset["exercise"] ?? "", line]),
    );
    // Whoever has come to one of them already finds it under the same finger.
    if (list.contains(document.activeElement)) return;
    for (const exercise of helpfulFirst([...lines.keys()], answers)) {
      const line = lines.get(exercise);
      const answer = answers.get(exercise)?.answer;
      if (!line) continue;
      list.append(line);
      if (answer && answer !== "not") part(line, "button").append(this.rows.make(answer));
    }
  }
}
