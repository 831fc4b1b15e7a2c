// A visit whose vault is open, with a phone that has pushes and a server: what a person does about check-ins.
import { vi } from "vitest";
import type { InsidePlace } from "../../../../pwa/door/door.ts";
import { elements } from "../../../../pwa/inside/elements.ts";
import { beginVisit, endVisit, showView } from "../../../../pwa/inside/room.ts";
import type { Wishes } from "../../../../pwa/shared/api.ts";
import { KEY, said, ServerInMemory } from "../../server-in-memory.ts";
import { StoreInMemory } from "../store-in-memory.ts";
import { layOutRoom, within } from "../visiting.ts";
import { ASKING, CARD } from "./asking-views.ts";
import { PhoneWithPush } from "./phone-with-push.ts";

export class AskingVisit {
  readonly phone = new PhoneWithPush();
  readonly server = new ServerInMemory();
  readonly store = new StoreInMemory();
  place: InsidePlace = { ...layOutRoom(), vault: this.store.asVault() };
  wishes: Wishes | null = null;
  open: { id: string; asked_at: number }[] = [];
  reach = "none";
  next: number | null = null;

  constructor() {
    for (const [name, element] of elements) if (!customElements.get(name)) customElements.define(name, element);
    this.server.answers.set("GET /s/times", () => {
      const ladder = { reminder_minutes: 120, grace_minutes: 360, patience_minutes: 60 };
      const wishes = this.wishes ?? { schedule: null, ladder, nudge: false };
      return said({ ...wishes, open: this.open, key: KEY, reach: this.reach, next: this.next });
    });
    this.server.answers.set("PUT /s/times", (body) => {
      this.wishes = body as Wishes;
      return new Response(null, { status: 204 });
    });
    this.server.answers.set("PUT /s/reach", () => {
      this.reach = "on";
      return new Response(null, { status: 204 });
    });
    this.comesIn();
  }

  /** Through the door: a visit of its own. */
  comesIn(): void {
    const page = layOutRoom();
    this.server.listen();
    this.place = { ...page, vault: this.store.asVault() };
    const room = document.body.firstElementChild;
    this.phone.surround();
    if (room) document.body.append(room);
    document.title = "Sip";
    const views = { start: CARD, asking: ASKING };
    beginVisit({
      place: this.place,
      pack: { format: 1, language: "en", direction: "ltr", views, countries: {}, words: [] },
    });
  }

  leaves(): void {
    this.place.view.replaceChildren();
    endVisit();
  }

  async shows(view: string): Promise<void> {
    showView(view);
    await this.waits();
  }

  async waits(ms = 0): Promise<void> {
    await vi.advanceTimersByTimeAsync(ms);
  }

  async presses(selector: string): Promise<void> {
    within(this.place, selector).click();
    await this.waits();
  }

  async submits(form = "[data-times]"): Promise<void> {
    within(this.place, form).dispatchEvent(new Event("submit", { cancelable: true }));
    await this.waits();
  }

  // As querySelector itself has it.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
  find<T extends HTMLElement>(selector: string): T {
    return within(this.place, selector) as T;
  }

  sees(selector: string): boolean {
    const found = this.find(selector);
    return !found.hidden && !found.closest("[hidden]");
  }

  /** The lines that say how something went. */
  isTold(): string[] {
    return [...this.place.view.querySelectorAll<HTMLElement>("[data-said]")].flatMap((line) =>
      line.hidden ? [] : [line.dataset["said"] ?? ""],
    );
  }

  async turnsOn(): Promise<void> {
    await this.shows("asking");
    await this.submits();
  }
}
