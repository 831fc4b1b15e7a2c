// A visit whose vault is open, and what a person does in the views that keep words.
import { vi } from "vitest";
import type { InsidePlace } from "../../../pwa/door/door.ts";
import { elements } from "../../../pwa/inside/elements.ts";
import { beginVisit, endVisit, showView } from "../../../pwa/inside/room.ts";
import { KEEPING_PACK } from "./keeping-views.ts";
import { StoreInMemory } from "./store-in-memory.ts";
import { layOutRoom, within } from "./visiting.ts";

export class KeepingVisit {
  readonly store = new StoreInMemory();
  readonly place: InsidePlace = { ...layOutRoom(), vault: this.store.asVault() };

  constructor() {
    for (const [name, element] of elements) {
      if (!customElements.get(name)) customElements.define(name, element);
    }
    beginVisit({ place: this.place, pack: KEEPING_PACK });
  }

  async shows(view: string): Promise<void> {
    showView(view);
    await this.waits();
  }

  /** Until all that is under way is through. */
  async waits(ms = 0): Promise<void> {
    await vi.advanceTimersByTimeAsync(ms);
  }

  /** The exit: the view is emptied, then the keys are dropped. */
  async exits(): Promise<void> {
    this.place.view.replaceChildren();
    this.store.isLocked = true;
    endVisit();
    await this.waits(2000);
  }

  // As querySelector itself has it.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
  find<T extends HTMLElement>(selector: string): T {
    return within(this.place, selector) as T;
  }

  all<T extends HTMLElement>(selector: string): T[] {
    return [...this.place.view.querySelectorAll<T>(selector)];
  }

  sees(selector: string): boolean {
    const found = this.find(selector);
    return !found.hidden && !found.closest("[hidden]");
  }

  presses(selector: string): void {
    this.find(selector).click();
  }

  types(field: HTMLElement, text: string): void {
    (field as HTMLTextAreaElement).value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  changes(field: HTMLInputElement, value: string | boolean): void {
    if (typeof value === "string") field.value = value;
    else field.checked = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  opens(selector: string): void {
    const details = this.find<HTMLDetailsElement>(selector);
    details.open = true;
    details.dispatchEvent(new Event("toggle"));
  }
}
