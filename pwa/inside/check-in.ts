// What stands first behind the door while a check-in is open: one tap answers it. Also tells kindly when prompts no
// longer reach this phone, and when the phone has come to another zone.

import type { InsidePlace } from "../door/door.ts";
import { now } from "../shared/clock.ts";
import type { Says } from "../shared/answers.ts";
import type { Wait } from "../shared/api.ts";
import { VaultError } from "../vault/store.ts";
import { askingOf, type Asking, type Went } from "./asking/asking.ts";
import { aroundOf, type Around } from "./circle/look.ts";
import { isMood } from "./keeping/moods.ts";
import { part, show, write } from "./keeping/rows.ts";
import { currentVisit } from "./room.ts";

// It may come in under a finger that is on its way to something else: no such tap counts as an answer.
const JUST_COME_MS = 500;

export class CheckIn extends HTMLElement {
  #unwatch: (() => void)[] = [];
  #cameAt = 0;
  #isBusy = false;

  connectedCallback(): void {
    const visit = currentVisit();
    const [asking, around] = [askingOf(visit), aroundOf(visit)];
    if (asking && around && visit) void this.#begin(asking, around, visit.place);
  }

  disconnectedCallback(): void {
    for (const unwatch of this.#unwatch) unwatch();
  }

  async #begin(asking: Asking, around: Around, place: InsidePlace): Promise<void> {
    try {
      await asking.load();
    } catch {
      // What is kept cannot be read: the view of check-ins says so to whoever looks there.
      return;
    }
    if (!this.isConnected) return;
    this.#wire(asking);
    // Told in time, on the card where she may ask for company, and not by silence afterwards.
    const rest = (): void => show(this, "[data-resting]", around.told?.free === false);
    this.#unwatch = [asking.watch(() => this.#draw(asking)), around.watch(rest)];
    this.#draw(asking);
    rest();
    void asking.look(place);
    void around.look().catch(() => undefined);
  }

  #wire(asking: Asking): void {
    for (const button of this.querySelectorAll<HTMLElement>("[data-answer]")) {
      const { answer, mood, lastWord } = button.dataset;
      const felt = Number(mood);
      this.#onTap(button, () => asking.answer(answer as Says, isMood(felt) ? felt : undefined, lastWord !== undefined));
    }
    for (const button of this.querySelectorAll<HTMLElement>("[data-wait]")) {
      this.#onTap(button, () => asking.wait(button.dataset["wait"] as Wait));
    }
    this.#onTap(part(this, "[data-move]"), () => asking.moveTo(asking.travelledTo ?? ""));
    this.#onTap(part(this, "[data-stay]"), async () => {
      await asking.leaveZoneAlone(asking.travelledTo ?? "");
      return undefined;
    });
  }

  /** `data-then` names the words for when it is done. */
  #onTap(button: HTMLElement, act: () => Promise<Went>): void {
    button.addEventListener("click", () => {
      if (this.#isBusy || now().getTime() - this.#cameAt < JUST_COME_MS) return;
      void this.#do(act, button.dataset["then"] ?? "");
    });
  }

  async #do(act: () => Promise<Went>, then: string): Promise<void> {
    this.#isBusy = true;
    this.#say(undefined);
    try {
      const trouble = await act();
      // An answer without a network is kept, and goes out by itself; a wish to wait needs the server now.
      const isKept = trouble === "offline" && then.startsWith("answered");
      const isDone = trouble === undefined || isKept;
      this.#say(isKept ? "kept" : isDone ? then : "trouble");
      part(this, "[data-due]").hidden = isDone;
    } catch (error) {
      this.#say(error instanceof VaultError && error.code === "full" ? "full" : "trouble");
    } finally {
      this.#isBusy = false;
    }
  }

  #draw(asking: Asking): void {
    const card = part(this, "[data-due]");
    const isDue = asking.due !== undefined;
    if (isDue && card.hidden) this.#cameAt = now().getTime();
    if (!this.#isBusy) card.hidden = !isDue;
    show(this, "[data-lost]", asking.wishes !== null && this.#isLost(asking));
    const zone = asking.travelledTo;
    show(this, "[data-travelled]", zone !== undefined);
    for (const spot of this.querySelectorAll("[data-zone]"))
      write(spot, "[data-zone]", (zone ?? "").replaceAll("_", " "));
  }

  /** "ask" is no loss: on this phone she has not said yes. */
  #isLost({ reach }: Asking): boolean {
    return reach !== undefined && reach !== "on" && reach !== "ask";
  }

  #say(name: string | undefined): void {
    for (const line of this.querySelectorAll<HTMLElement>("[data-said]")) line.hidden = line.dataset["said"] !== name;
  }
}
