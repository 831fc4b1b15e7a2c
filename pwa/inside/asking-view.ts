// Check-ins: what they are and are not, turned on after one clear screen, changed, paused and turned off.

import { pageData } from "../shell/page-data.ts";
import { VaultError } from "../vault/store.ts";
import { askingOf, type Asking, type Went } from "./asking/asking.ts";
import type { Pause } from "./asking/clock-times.ts";
import { askPermission } from "./asking/reach.ts";
import { TimesForm } from "./asking/times-form.ts";
import { noonOf } from "./keeping/days.ts";
import { part, show } from "./keeping/rows.ts";
import { windowKind } from "./phone.ts";
import { currentVisit } from "./room.ts";

export class AskingView extends HTMLElement {
  #form: TimesForm | undefined;
  #unwatch: (() => void) | undefined;
  #isBusy = false;

  connectedCallback(): void {
    const asking = askingOf(currentVisit());
    if (asking) void this.#begin(asking);
    else show(this, windowKind() === "apple" ? "[data-apple]" : "[data-absent]");
  }

  disconnectedCallback(): void {
    this.#unwatch?.();
  }

  async #begin(asking: Asking): Promise<void> {
    try {
      await asking.load();
    } catch {
      show(this, "[data-unopened]");
      return;
    }
    if (!this.isConnected) return;
    this.#showExample();
    this.#form = new TimesForm(part(this, "[data-times]"), this.#language());
    this.#form.show(asking.wishes);
    this.#wire(asking);
    this.#unwatch = asking.watch(() => this.#draw(asking));
    this.#wireQuiet(asking);
    this.#draw(asking);
    await this.#lookAgain(asking);
  }

  /** What another of her devices has changed meanwhile; what she has begun to change here stays. */
  async #lookAgain(asking: Asking): Promise<void> {
    const form = part(this, "[data-times]");
    form.addEventListener("change", () => form.toggleAttribute("data-touched", true), { once: true });
    const trouble = await asking.refresh().catch(() => undefined);
    if (!this.isConnected) return;
    if (!form.hasAttribute("data-touched")) this.#form?.show(asking.wishes);
    this.#draw(asking);
    if (trouble && asking.wishes) this.#say("asBefore");
  }

  #language(): string {
    return this.closest<HTMLElement>("[lang]")?.lang ?? "en";
  }

  /** As a lock screen will have it: the cover's name, and one of its own reminders. */
  #showExample(): void {
    for (const spot of this.querySelectorAll("[data-name]")) spot.textContent = document.title;
    for (const spot of this.querySelectorAll("[data-example]")) spot.textContent = pageData().example;
  }

  #wire(asking: Asking): void {
    this.#onSubmit("[data-times]", () => this.#submit(asking));
    this.#onTap("[data-here]", () => this.#reachHere(asking));
    this.#onTap("[data-try]", () => asking.rehearse());
    this.#onTap("[data-skip]", () => asking.wait("skip"));
    this.#onTap("[data-go-on]", () => asking.goOn());
    this.#onTap("[data-off]", async () => {
      const place = currentVisit()?.place;
      const trouble = place && (await asking.turnOff(place));
      if (!trouble) this.#form?.show(null);
      return trouble;
    });
    for (const button of this.querySelectorAll<HTMLElement>("[data-pause]"))
      this.#tapped(button, () => asking.pause(button.dataset["pause"] as Pause));
  }

  /** By its button, or by Enter in any of its fields. */
  #onSubmit(form: string, act: () => Promise<void>): void {
    part(this, form).addEventListener("submit", (event) => {
      event.preventDefault();
      void act();
    });
  }

  #onTap(selector: string, act: () => Promise<Went>): void {
    for (const button of this.querySelectorAll<HTMLElement>(selector)) this.#tapped(button, act);
  }

  #tapped(button: HTMLElement, act: () => Promise<Went>): void {
    button.addEventListener("click", () => void this.#do(act, button.dataset["then"]));
  }

  /** Two ordinary entries of the cover; one alone, or twice the same, would mean nothing. */
  #wireQuiet(asking: Asking): void {
    const [here, come] = ["[data-quiet-here]", "[data-quiet-come]"].map((each) => part<HTMLInputElement>(this, each));
    const place = currentVisit()?.place;
    if (!here || !come || !place) return;
    here.value = asking.quiet?.here ?? "";
    come.value = asking.quiet?.come ?? "";
    for (const each of this.querySelectorAll<HTMLElement>("[data-quiet-for]"))
      each.hidden = each.dataset["quietFor"] !== pageData().cover;
    this.#onSubmit("[data-quiet]", async () => {
      const entries = { here: here.value.trim(), come: come.value.trim() };
      const isSound = entries.here && entries.come && entries.here.toLowerCase() !== entries.come.toLowerCase();
      if (isSound) await this.#do(() => asking.setQuiet(place, entries), "quiet");
      else this.#say("quiet-two");
    });
    part(this, "[data-quiet-off]").addEventListener("click", () => {
      void this.#do(() => asking.setQuiet(place, null), "quiet-off");
    });
  }

  async #submit(asking: Asking): Promise<void> {
    const wishes = this.#form?.read();
    if (typeof wishes !== "object") {
      this.#say(wishes);
      return;
    }
    if (asking.wishes) {
      await this.#do(() => asking.change(wishes), "changed");
      return;
    }
    // First of all: browsers let a page ask only within a tap, and it must be hers.
    const asked = askPermission().catch(() => undefined);
    await this.#do(async () => {
      await asked;
      return (await asking.turnOn(wishes)) ?? (await this.#rehearseHere(asking));
    }, "on");
  }

  async #reachHere(asking: Asking): Promise<Went> {
    await askPermission().catch(() => undefined);
    return this.#rehearseHere(asking);
  }

  /** Where pushes do not come, check-ins are on all the same, and the lines about that say what still works. */
  async #rehearseHere(asking: Asking): Promise<Went> {
    if ((await asking.reachHere()) === "on") await asking.rehearse();
    return undefined;
  }

  async #do(act: () => Promise<Went>, then?: string): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#say("working");
    try {
      this.#say((await act()) ?? then);
    } catch (error) {
      this.#say(error instanceof VaultError && error.code === "full" ? "full" : "failed");
    } finally {
      this.#isBusy = false;
    }
  }

  #draw({ wishes, reach, next, quiet }: Asking): void {
    show(this, "[data-open]");
    for (const each of this.querySelectorAll<HTMLElement>("[data-when]"))
      each.hidden = each.dataset["when"] !== (wishes ? "on" : "off");
    for (const line of this.querySelectorAll<HTMLElement>("[data-reach]"))
      line.hidden = !reach || !line.dataset["reach"]?.split(" ").includes(reach);
    const until = wishes?.schedule.paused_until ?? wishes?.schedule.skip ?? null;
    show(this, "[data-go-on]", until !== null);
    show(this, "[data-quiet-off]", quiet !== null);
    this.#drawNext(next, wishes?.schedule.paused_until ?? null);
  }

  #drawNext(next: Date | undefined, pausedUntil: string | null): void {
    const line = part(this, "[data-next]");
    const day = { weekday: "long", day: "numeric", month: "long" } as const;
    const isForNow = pausedUntil !== null && (!next || pausedUntil !== "turned_on");
    const paused =
      pausedUntil === "turned_on" || pausedUntil === null
        ? undefined
        : noonOf(pausedUntil).toLocaleDateString(this.#language(), day);
    const when = next?.toLocaleString(this.#language(), { ...day, hour: "numeric", minute: "2-digit" });
    // Once the pause is over, only the next time matters.
    const name = pausedUntil === "turned_on" ? "paused" : when ? "coming" : isForNow && paused ? "until" : "";
    line.textContent = (line.dataset[name] ?? "").replace("{when}", when ?? paused ?? "");
    line.hidden = name === "";
  }

  #say(name: string | undefined): void {
    for (const line of this.querySelectorAll<HTMLElement>("[data-said]")) line.hidden = line.dataset["said"] !== name;
  }
}
