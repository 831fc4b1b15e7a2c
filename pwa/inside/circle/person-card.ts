// One who may be asked to reach out: the last kind word, all that they would see, and what can be changed or ended.

import type { HerTie } from "../../shared/circle-api.ts";
import type { Entry } from "../../vault/store.ts";
import { part, show, write, type Rows } from "../keeping/rows.ts";
import { NoteEditor } from "./note-editor.ts";
import type { Notes, Pair } from "./pairs.ts";

export interface PersonActs {
  readonly keep: (name: string, notes: Notes) => void;
  readonly still: () => void;
  readonly stop: () => void;
}

export interface CardAround {
  readonly rows: Rows;
  readonly language: string;
  /** The words of a reply, by its number. */
  readonly phraseOf: (said: number) => string | undefined;
  readonly asksQuietly: boolean;
}

const A_DAY_MS = 86_400_000;

/** A day of the server's, in days since 1970, as the first moment of it in UTC. */
export const dayOf = (day: number): Date => new Date(day * A_DAY_MS);

export class PersonCard {
  readonly root: HTMLElement;
  readonly #around: CardAround;
  readonly #notes: NoteEditor;
  #isWritten = false;

  constructor(around: CardAround, acts: PersonActs) {
    this.#around = around;
    this.root = around.rows.make("person");
    this.#notes = new NoteEditor(part(this.root, "[data-editor]"), around.rows, around.asksQuietly);
    part(this.root, "form").addEventListener("submit", (event) => {
      event.preventDefault();
      const notes = this.#notes.read();
      if (notes) acts.keep(this.#called.value.trim(), notes);
    });
    part(this.root, "[data-still]").addEventListener("click", acts.still);
    part(this.root, "[data-stop]").addEventListener("click", acts.stop);
  }

  get #called(): HTMLInputElement {
    return part(this.root, "[data-called]");
  }

  /** What she has begun to write stays. */
  draw(tie: HerTie | undefined, pair: Entry<Pair> | undefined): void {
    const name = part(this.root, "[data-name]");
    name.textContent = pair?.value.name ?? name.dataset["unnamed"] ?? "";
    this.#nameButtons(name.textContent);
    show(this.root, "[data-keyed]", pair !== undefined);
    show(this.root, "[data-unkeyed]", pair === undefined);
    show(this.root, "[data-not-here]", pair !== undefined && pair.value.notes === undefined);
    if (pair && !this.#isWritten) {
      this.#notes.write(pair.value.notes);
      this.#called.value = pair.value.name;
      this.#isWritten = true;
    }
    show(this.root, "[data-agree]", tie?.agree === true);
    this.#drawLast(tie);
  }

  #drawLast(tie: HerTie | undefined): void {
    const words = typeof tie?.said === "number" ? this.#around.phraseOf(tie.said) : undefined;
    show(this.root, "[data-last]", words !== undefined);
    if (words === undefined || typeof tie?.said_day !== "number") return;
    write(this.root, "[data-words]", words);
    const day = dayOf(tie.said_day);
    const shape = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" } as const;
    write(this.root, "[data-day]", day.toLocaleDateString(this.#around.language, shape));
  }

  /** Read out one after the other, the buttons of several people would all be called the same. */
  #nameButtons(name: string): void {
    for (const button of this.root.querySelectorAll<HTMLElement>("[data-stop], [data-still]"))
      button.setAttribute("aria-label", `${button.textContent.trim()}, ${name}`);
  }
}
