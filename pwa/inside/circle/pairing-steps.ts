// After the yes: waits for the other phone, shows four words to compare by voice, and waits until they are confirmed.
// It looks again every few seconds, as long as somebody is looking.

import { part } from "../keeping/rows.ts";
import { currentVisit } from "../room.ts";
import { fill, once, say, show } from "../said.ts";
import { fourPlaces, lookAfter, matched, stepBack, type Stage } from "./invite.ts";
import type { Around } from "./look.ts";
import type { Card } from "./pairs.ts";
import type { Entry } from "../../vault/store.ts";

const LOOK_MS = 4000;
const WAITING: readonly string[] = ["sent", "compare", "agreed"];

export class PairingSteps {
  readonly #view: HTMLElement;
  readonly #to: (step: string) => void;
  #around: Around | undefined;
  #lookup = "";
  #stage: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: HTMLElement, to: (step: string) => void) {
    this.#view = view;
    this.#to = to;
    this.#on("[data-alike]", async (around, card) => {
      await matched(around, card);
      await this.#look();
    });
    this.#on("[data-stop]", async (around, card) => {
      await stepBack(around, card);
      this.#end("stopped");
    });
    this.#on("[data-step-back]", async (around, card) => {
      await stepBack(around, card);
      this.#rest("declined");
    });
    part(view, "[data-differ]").addEventListener("click", () => {
      show(view, "[data-sure]", true);
      part(view, "[data-sure]").focus();
    });
    part(view, "[data-again]").addEventListener("click", () => {
      show(view, "[data-sure]", false);
    });
  }

  /** Shows how far it has come, and looks after it from now on. */
  async goOn(around: Around, lookup: string): Promise<void> {
    this.#around = around;
    this.#lookup = lookup;
    this.#stage = undefined;
    await this.#look();
  }

  rest(): void {
    clearTimeout(this.#timer);
    this.#around = undefined;
  }

  #on(selector: string, act: (around: Around, card: Entry<Card>) => Promise<void>): void {
    part(this.#view, selector).addEventListener("click", () => {
      const [around, card] = [this.#around, this.#card()];
      if (around && card) void once(this.#view, () => act(around, card));
    });
  }

  #card(): Entry<Card> | undefined {
    return this.#around?.cards("theirs").find(({ value }) => value.lookup === this.#lookup);
  }

  async #look(): Promise<void> {
    clearTimeout(this.#timer);
    const [around, card] = [this.#around, this.#card()];
    if (!around) return;
    // Another view, or another window, may have brought it to its end.
    const stage = card ? await lookAfter(around, card) : this.#endedElsewhere(around);
    if (this.#around !== around || !this.#view.isConnected) return;
    await this.#show(stage);
    if (WAITING.includes(this.#stage ?? "")) this.#timer = setTimeout(() => void this.#lookAgain(), LOOK_MS);
  }

  async #lookAgain(): Promise<void> {
    try {
      await this.#look();
    } catch {
      // Locked meanwhile: the next visit goes on from here.
    }
  }

  #endedElsewhere(around: Around): Stage {
    return around.told?.theirs.some(({ card }) => card === this.#lookup) ? "made" : "over";
  }

  async #show(stage: Stage): Promise<void> {
    if (stage === "made") this.#rest("made");
    else if (stage === "over" || stage === "wrong") this.#end(stage);
    else if (WAITING.includes(stage)) {
      if (stage === this.#stage) return;
      this.#stage = stage;
      if (stage === "compare") await this.#showFour();
      this.#to(stage);
    } else {
      // No network, most likely. What is shown stays; only at the beginning there is nothing yet.
      const known = this.#card()?.value.state;
      if (this.#stage === undefined) await this.#show(known === "compare" || known === "agreed" ? known : "sent");
      say(this.#view, stage);
    }
  }

  async #showFour(): Promise<void> {
    const card = this.#card();
    const places = (card && (await fourPlaces(card))) ?? [];
    const words = currentVisit()?.pack.words ?? [];
    this.#view.querySelectorAll("[data-four]").forEach((spot, at) => {
      spot.textContent = words[places[at] ?? -1] ?? "";
    });
    fill(this.#view, "[data-numbers]", places.map((place) => String(place)).join(" "));
    show(this.#view, "[data-sure]", false);
  }

  #rest(step: string): void {
    this.rest();
    this.#stage = step;
    this.#to(step);
  }

  #end(how: "stopped" | "wrong" | "over"): void {
    this.#rest("stopped");
    for (const line of this.#view.querySelectorAll<HTMLElement>("[data-ended]"))
      line.hidden = line.dataset["ended"] !== how;
  }
}
