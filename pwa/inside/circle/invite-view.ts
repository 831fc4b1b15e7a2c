// Asking somebody: two questions, what they will and will never see, what to ask for, then eight words, and four to
// compare. A step is one part of the view; what has been made is kept, so that she can leave at any of them.

import { now } from "../../shared/clock.ts";
import { bytesOfName } from "../../shared/bytes.ts";
import { linkFragment } from "../../vault/pairing.ts";
import { wordsOf } from "../../vault/recovery-words.ts";
import type { Entry } from "../../vault/store.ts";
import { askingOf, type Asking } from "../asking/asking.ts";
import { part, Rows, show } from "../keeping/rows.ts";
import { currentVisit, showView, type Visit } from "../room.ts";
import { fill, once, say } from "../said.ts";
import { finish, layDownCard, lookAfterCard, placesOf, takeBack } from "./inviting.ts";
import { aroundOf, type Around } from "./look.ts";
import { NoteEditor } from "./note-editor.ts";
import { CARD_HOURS, type Card } from "./pairs.ts";
import { drawQr } from "./qr.ts";

type Part = "begin" | "sees" | "ask" | "notes" | "words" | "compare" | "done" | "declined" | "over" | "between";

const PART_OF = { waiting: "words", compare: "compare", declined: "declined", over: "over" } as const;
/** While she waits with the view open. */
const LOOK_MS = 5000;
const AN_HOUR_MS = 3_600_000;

// Which pairing the view was opened for; without one, it begins another.
const opened = new WeakMap<Visit, string>();

export function openCard(lookup: string): void {
  const visit = currentVisit();
  if (visit) opened.set(visit, lookup);
  showView("invite");
}

export class InviteView extends HTMLElement {
  #card: Entry<Card> | undefined;
  #at: Part | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #notes: NoteEditor | undefined;

  connectedCallback(): void {
    const visit = currentVisit();
    const [around, asking] = [aroundOf(visit), askingOf(visit)];
    if (visit && around && asking) void this.#begin(visit, around, asking);
    else show(this, "[data-absent]");
  }

  /** The words are as good as the answer: none outlives the view. */
  disconnectedCallback(): void {
    clearInterval(this.#timer);
    this.#card = undefined;
    fill(this, "[data-word], [data-same-word], [data-same-number], [data-qr]", "");
    part<HTMLInputElement>(this, "[data-link]").value = "";
  }

  async #begin(visit: Visit, around: Around, asking: Asking): Promise<void> {
    const lookup = opened.get(visit);
    opened.delete(visit);
    try {
      await Promise.all([around.load(), asking.load()]);
    } catch {
      show(this, "[data-unopened]");
      return;
    }
    if (!this.isConnected) return;
    const rows = new Rows(this);
    const editor = rows.make("notes");
    part(this, "[data-notes]").replaceChildren(editor);
    this.#notes = new NoteEditor(editor, rows, asking.quiet !== null);
    this.#wire(around, asking);
    this.#card = around.cards("hers").find(({ value }) => value.lookup === lookup);
    if (!this.#card) {
      this.#go("begin");
      return;
    }
    await this.#showCard();
    await this.#look(around);
  }

  #wire(around: Around, asking: Asking): void {
    for (const button of this.querySelectorAll<HTMLElement>("[data-to]"))
      button.addEventListener("click", () => this.#go(button.dataset["to"] as Part));
    for (const answer of this.querySelectorAll("[name=phone], [name=tell]"))
      answer.addEventListener("change", () => this.#weigh());
    part(this, "form").addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#called) this.#go("notes");
      else say(this, "no-name");
    });
    this.#on("[data-make]", () => this.#make(around));
    this.#on("[data-copy]", () => this.#copy());
    this.#on("[data-drop]", () => this.#drop(around, "dropped"));
    this.#on("[data-anew]", () => this.#drop(around));
    this.#on("[data-match]", () => this.#finish(around, asking));
    this.#on("[data-differ]", async () => {
      await this.#drop(around);
      this.#go("between");
    });
    this.#timer = setInterval(() => {
      const isWaiting = this.#at === "words" || this.#at === "compare";
      if (isWaiting && document.visibilityState === "visible") void this.#look(around);
    }, LOOK_MS);
  }

  #on(selector: string, act: () => Promise<void>): void {
    for (const button of this.querySelectorAll(selector)) button.addEventListener("click", () => void once(this, act));
  }

  #go(at: Part): void {
    this.#at = at;
    for (const each of this.querySelectorAll<HTMLElement>("[data-part]")) each.hidden = each.dataset["part"] !== at;
    const shown = part(this, `[data-part="${at}"]`);
    // The first part is where the view's own heading leads.
    if (at !== "begin") shown.focus({ preventScroll: true });
    this.closest("[data-scrolls]")?.scrollTo(0, 0);
    say(this);
  }

  /** Nothing she answers is kept, or keeps her from going on. */
  #weigh(): void {
    const answers = [...this.querySelectorAll<HTMLInputElement>("[name=phone]:checked, [name=tell]:checked")];
    show(
      this,
      "[data-doubt]",
      answers.some(({ value }) => value !== "no"),
    );
  }

  get #called(): string {
    return part<HTMLInputElement>(this, "[data-called]").value.trim();
  }

  async #make(around: Around): Promise<void> {
    const notes = this.#notes?.read();
    const visit = currentVisit();
    say(this, notes ? "working" : undefined);
    if (!notes || !visit) return;
    const hours = part<HTMLInputElement>(this, "[data-hours]").value.trim();
    const noOfficers = part<HTMLInputElement>(this, "[data-no-officers]").checked;
    // Both always: the server asks whoever is next, whatever a nudge is about.
    const asks = { silence: true, company: true, noOfficers, ...(hours ? { hours } : {}) };
    const language = this.closest<HTMLElement>("[lang]")?.lang ?? "en";
    const laid = await layDownCard(around, visit.place.derive, { name: this.#called, asks, notes, language });
    if (!this.isConnected) return;
    if (!laid.ok) {
      say(this, laid.trouble === "refused" ? "most" : laid.trouble);
      return;
    }
    this.#card = laid.value;
    await this.#showCard();
  }

  /** Asks what has become of it. Quietly: what fails is tried again soon. */
  async #look(around: Around): Promise<void> {
    const card = this.#card;
    if (!card || this.hasAttribute("aria-busy")) return;
    try {
      const looked = await lookAfterCard(around, card);
      if (!this.isConnected || this.#card !== card || !looked.ok) return;
      this.#card = looked.value;
      if (looked.value.value.state !== card.value.state) await this.#showCard();
    } catch {
      // Locked meanwhile, or no room: nothing is lost, the next look begins where this one did.
    }
  }

  async #showCard(): Promise<void> {
    const visit = currentVisit();
    const entry = this.#card;
    if (!visit || !entry) return;
    const { state, secret, madeAt } = entry.value;
    const at = PART_OF[state as keyof typeof PART_OF];
    if (at === "words" && secret !== undefined) await this.#showWords(bytesOfName(secret), visit.pack.words, madeAt);
    if (at === "compare") {
      const places = await placesOf(entry);
      this.querySelectorAll("[data-same-word]").forEach((spot, nth) => {
        spot.textContent = visit.pack.words[places?.[nth] ?? -1] ?? "";
      });
      this.querySelectorAll("[data-same-number]").forEach((spot, nth) => {
        spot.textContent = String(places?.[nth] ?? "");
      });
    }
    if (!this.isConnected) return;
    this.#go(at);
    if (at === "declined" || at === "over") await this.#putAway(entry);
  }

  /** Told once: then there is nothing left of it. */
  async #putAway(entry: Entry<Card>): Promise<void> {
    this.#card = undefined;
    const around = aroundOf(currentVisit());
    if (around) await takeBack(around, entry);
  }

  async #showWords(secret: Uint8Array<ArrayBuffer>, list: readonly string[], madeAt: number): Promise<void> {
    const words = await wordsOf(secret, list);
    this.querySelectorAll("[data-word]").forEach((spot, nth) => {
      spot.textContent = words[nth] ?? "";
    });
    // The bare address leads to any cover, and so tells nobody which one is hers.
    const link = `${location.origin}/#${linkFragment(secret)}`;
    part<HTMLInputElement>(this, "[data-link]").value = link;
    part(this, "[data-qr]").replaceChildren(drawQr(link));
    const until = new Date(madeAt + CARD_HOURS * AN_HOUR_MS);
    const line = part(this, "[data-until]");
    const shape = { weekday: "long", hour: "numeric", minute: "2-digit" } as const;
    const when = until.toLocaleString(this.closest<HTMLElement>("[lang]")?.lang ?? "en", shape);
    line.textContent = (line.dataset["until"] ?? "").replace("{when}", when);
    line.hidden = until < now();
  }

  async #copy(): Promise<void> {
    const link = part<HTMLInputElement>(this, "[data-link]");
    try {
      await navigator.clipboard.writeText(link.value);
      say(this, "copied");
    } catch {
      // Refused, or an older phone: it is marked, and the phone's own way of copying works.
      link.select();
      say(this);
    }
  }

  async #drop(around: Around, then?: string): Promise<void> {
    if (this.#card) await takeBack(around, this.#card);
    this.#card = undefined;
    this.#go("begin");
    say(this, then);
  }

  async #finish(around: Around, asking: Asking): Promise<void> {
    if (!this.#card) return;
    const finished = await finish(around, this.#card);
    if (!this.isConnected) return;
    if (!finished.ok) {
      say(this, finished.trouble);
      return;
    }
    this.#card = undefined;
    show(this, "[data-nudge-off]", asking.wishes?.nudge !== true);
    this.#go("done");
  }
}
