// The plan on one page, for a hard moment: only what has been written, in her order, to read and not to change.

import type { Entry } from "../vault/store.ts";
import type { Desk } from "./keeping/desk.ts";
import { KeepingElement } from "./keeping/keeping-element.ts";
import { part, show, write } from "./keeping/rows.ts";
import { isWritten, readSection, SECTION } from "./plan/answers.ts";
import { arranged, LAYOUT, readLayout } from "./plan/layout.ts";
import { told } from "./plan/told.ts";
import { versionsOf } from "./plan/versions.ts";
import { sectionsIn } from "./plan/words.ts";
import { currentVisit } from "./room.ts";

export class PlanReading extends KeepingElement {
  protected readonly kinds = [SECTION, LAYOUT];

  protected override open(desk: Desk, [entries = [], layouts = []]: readonly (readonly Entry[])[]): void {
    const visit = currentVisit();
    // The prompts' words stand in the plan's own view; the pack carries them once.
    const plan = visit?.place.fragmentFrom(visit.pack.views["plan"] ?? "");
    if (!plan) return;
    const words = new Map(sectionsIn(plan).map((section) => [section.id, section]));
    const versions = versionsOf(entries);
    const layout = readLayout(layouts);
    const shown = arranged([...words.keys()], layout).filter((id) => !layout.hidden.includes(id));
    const sections = shown.flatMap((id) => {
      // What the phone has refused to keep is still hers to read.
      const unsaved = readSection(desk.unsaved.get(`${SECTION} ${id}`));
      const answers = unsaved?.answers ?? versions.get(id)?.latest.answers;
      const section = words.get(id);
      if (!section || !answers || !isWritten(answers)) return [];
      const row = this.rows.make("section");
      write(row, "[data-title]", section.title);
      row.append(...told(section.prompts, answers, this.rows));
      return [row];
    });
    part(this, "[data-sections]").replaceChildren(...sections);
    show(this, "[data-nothing]", sections.length === 0);
  }
}
