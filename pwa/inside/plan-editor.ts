// The plan, to write in: each section opens by itself, is kept as it is typed, and can be moved or hidden.

import { now } from "../shared/clock.ts";
import type { Entry } from "../vault/store.ts";
import { dayOf, isDay } from "./keeping/days.ts";
import type { Desk } from "./keeping/desk.ts";
import { KeepingElement } from "./keeping/keeping-element.ts";
import { Keeper } from "./keeping/keeper.ts";
import { part, show } from "./keeping/rows.ts";
import { SavingLine } from "./keeping/saving-line.ts";
import { SECTION } from "./plan/answers.ts";
import { arrange } from "./plan/arrange.ts";
import { arranged, LAYOUT, newest, readLayout, withReview, type Layout } from "./plan/layout.ts";
import { Sheet } from "./plan/sheet.ts";
import { versionsOf } from "./plan/versions.ts";
import { sectionsIn, type SectionWords } from "./plan/words.ts";

export class PlanEditor extends KeepingElement {
  protected readonly kinds = [SECTION, LAYOUT];
  #desk: Desk | undefined;
  #sheets: readonly Sheet[] = [];
  #sections: readonly SectionWords[] = [];
  #layout: Layout = { order: [], hidden: [] };
  #layoutKeeper: Keeper | undefined;

  protected override open(desk: Desk, [sections = [], layouts = []]: readonly (readonly Entry[])[]): void {
    this.#desk = desk;
    this.#sections = sectionsIn(this);
    const line = new SavingLine(this, () => this.#flush());
    const versions = versionsOf(sections);
    this.#sheets = [...this.querySelectorAll<HTMLElement>("[data-section]")].map(
      (root) => new Sheet(root, versions.get(root.dataset["section"] ?? ""), desk, this.rows, line),
    );
    this.#layout = readLayout(layouts);
    const last = newest(layouts);
    for (const entry of layouts) if (entry !== last) desk.vault.remove(entry).catch(() => undefined);
    this.#layoutKeeper = new Keeper(
      desk.vault,
      LAYOUT,
      { saved: () => line.saved(), failed: (trouble) => line.failed(trouble) },
      last,
    );
    this.#place();
    this.#followReview();
    this.#openWhenAsked();
    // At once when a field is left; the half second is for somebody who goes on typing.
    this.addEventListener("focusout", () => this.#flush());
  }

  disconnectedCallback(): void {
    for (const keeping of this.#keeping()) this.#desk?.follow(keeping.leave());
  }

  #keeping(): readonly (Sheet | Keeper)[] {
    return this.#layoutKeeper ? [...this.#sheets, this.#layoutKeeper] : this.#sheets;
  }

  #flush(): void {
    for (const keeping of this.#keeping()) void keeping.flush();
  }

  /** Fields are made where they are wanted: all of them at once would hold up a slow phone. */
  #openWhenAsked(): void {
    const openOne = (details: HTMLDetailsElement): void => {
      if (!details.open) return;
      this.#sheets.find(({ id }) => id === details.dataset["section"])?.open();
      if ("arrange" in details.dataset) this.#openArranging(details);
    };
    this.addEventListener("toggle", ({ target }) => openOne(target as HTMLDetailsElement), true);
    // Whatever was opened while the plan was being read.
    for (const details of this.querySelectorAll<HTMLDetailsElement>("details[open]")) openOne(details);
  }

  #openArranging(details: HTMLElement): void {
    const list = part(details, "[data-arranged]");
    if (list.childElementCount) return;
    arrange(list, part(details, "[data-place]"), {
      sections: this.#sections,
      rows: this.rows,
      layout: () => this.#layout,
      order: () => this.#order(),
      changed: (layout) => this.#rearrange(layout),
    });
  }

  #order(): readonly string[] {
    return arranged(
      this.#sections.map(({ id }) => id),
      this.#layout,
    );
  }

  #rearrange(layout: Layout): void {
    this.#layout = layout;
    this.#layoutKeeper?.change(layout);
    void this.#layoutKeeper?.flush();
    this.#place();
  }

  #place(): void {
    const parts = part(this, "[data-parts]");
    const roots = new Map([...parts.children].map((root) => [(root as HTMLElement).dataset["section"], root]));
    this.#order().forEach((id, at) => {
      const root = roots.get(id) as HTMLElement | undefined;
      if (!root) return;
      root.hidden = this.#layout.hidden.includes(id);
      if (parts.children[at] !== root) parts.insertBefore(root, parts.children[at] ?? null);
    });
  }

  /** Her own day to look at it again. Nothing outside this view ever speaks of it. */
  #followReview(): void {
    const field = part<HTMLInputElement>(this, "[data-review]");
    field.value = this.#layout.review ?? "";
    show(this, "[data-due]", this.#layout.review !== undefined && this.#layout.review <= dayOf(now()));
    field.addEventListener("change", () => {
      this.#rearrange(withReview(this.#layout, isDay(field.value) ? field.value : ""));
    });
  }
}
