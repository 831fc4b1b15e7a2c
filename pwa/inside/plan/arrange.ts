// The panel where she arranges the plan: each section one step up or down, shown or hidden.

import { part, write, type Rows } from "../keeping/rows.ts";
import { moved, withHidden, type Layout } from "./layout.ts";
import type { SectionWords } from "./words.ts";

export interface Arranging {
  readonly sections: readonly SectionWords[];
  readonly rows: Rows;
  readonly layout: () => Layout;
  /** All sections, in her order. */
  readonly order: () => readonly string[];
  readonly changed: (layout: Layout) => void;
}

/** Fills the list, and keeps its order with hers. */
export function arrange(list: HTMLElement, spoken: HTMLElement, arranging: Arranging): void {
  const { sections, rows, layout, order, changed } = arranging;
  const lines = new Map(sections.map((section) => [section.id, rows.make("arranged")]));
  const place = (): void => {
    // Those that stand right already stay, so that the button just pressed keeps the focus.
    order().forEach((id, at) => {
      const line = lines.get(id);
      if (line && list.children[at] !== line) list.insertBefore(line, list.children[at] ?? null);
    });
  };
  for (const { id, title } of sections) {
    const line = lines.get(id);
    if (!line) continue;
    write(line, "[data-title]", title);
    for (const [selector, by] of [
      ["[data-up]", -1],
      ["[data-down]", 1],
    ] as const) {
      const button = part(line, selector);
      button.setAttribute("aria-label", `${button.getAttribute("aria-label") ?? ""}: ${title}`);
      button.addEventListener("click", () => {
        changed({ ...layout(), order: moved(order(), id, by) });
        place();
        button.focus();
        spoken.textContent = (spoken.dataset["words"] ?? "")
          .replace("{title}", title)
          .replace("{place}", String(order().indexOf(id) + 1))
          .replace("{count}", String(order().length));
      });
    }
    const box = part<HTMLInputElement>(line, "input");
    box.checked = !layout().hidden.includes(id);
    box.setAttribute("aria-label", `${part(line, "label").textContent.trim()}: ${title}`);
    box.addEventListener("change", () => changed(withHidden(layout(), id, !box.checked)));
  }
  place();
}
