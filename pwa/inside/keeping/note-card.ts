// One note: its day, its text to read, and, once asked for, a field to change it.

import type { Entry } from "../../vault/store.ts";
import { noonOf } from "./days.ts";
import type { Desk } from "./desk.ts";
import { grow } from "./growing.ts";
import { Keeper, troubleOf } from "./keeper.ts";
import { NOTE, type Note } from "./notes.ts";
import { part, show, write, type Rows } from "./rows.ts";
import type { SavingLine } from "./saving-line.ts";

export interface NotesAround {
  readonly desk: Desk;
  readonly line: SavingLine;
  readonly rows: Rows;
  readonly language: string;
  /** Another window had changed it meanwhile: that one stands in the store too. */
  readonly beside: () => void;
  readonly removed: (card: NoteCard) => void;
}

/** What waits for room on the phone, under a name that begins so. */
export interface Unsaved extends Note {
  readonly entry: Entry | undefined;
}

export const UNSAVED = `${NOTE} `;

let made = 0;

export class NoteCard {
  readonly root: HTMLElement;
  readonly day: string;
  readonly #around: NotesAround;
  readonly #keeper: Keeper;
  #text: string;
  #area: HTMLTextAreaElement | undefined;

  constructor({ day, text }: Note, entry: Entry | undefined, around: NotesAround) {
    this.day = day;
    this.#text = text;
    this.#around = around;
    const { desk, line, rows, beside } = around;
    const name = `${UNSAVED}${(made += 1)}`;
    this.#keeper = new Keeper(
      desk.vault,
      NOTE,
      {
        saved: () => {
          desk.unsaved.delete(name);
          line.saved();
        },
        failed: (trouble) => {
          desk.unsaved.set(name, { day, text: this.#text, entry: this.#keeper.entry } satisfies Unsaved);
          line.failed(trouble);
        },
        beside,
      },
      entry,
    );
    this.root = rows.make("note");
    const time = part<HTMLTimeElement>(this.root, "time");
    time.dateTime = day;
    time.textContent = noonOf(day).toLocaleDateString(around.language, { dateStyle: "full" });
    write(this.root, "[data-text]", text);
    for (const button of this.root.querySelectorAll("button")) {
      // Read out one after the other, the buttons of many notes would all be called the same.
      button.setAttribute("aria-label", `${button.textContent.trim()}, ${time.textContent}`);
    }
    part(this.root, "[data-change]").addEventListener("click", () => this.write());
    part(this.root, "[data-finish]").addEventListener("click", () => void this.#finish());
    part(this.root, "[data-remove]").addEventListener("click", () => void this.#remove());
  }

  get id(): string | undefined {
    return this.#keeper.entry?.id;
  }

  get text(): string {
    return this.#text;
  }

  flush(): Promise<void> {
    return this.#keeper.flush();
  }

  leave(): Promise<void> {
    return this.#keeper.leave();
  }

  /** Shows the field, made the first time. */
  write(): void {
    const { rows } = this.#around;
    if (!this.#area) {
      const field = rows.make("note-field");
      const area = part<HTMLTextAreaElement>(field, "textarea");
      area.addEventListener("input", () => this.#change(area.value));
      part(this.root, "[data-field]").append(field);
      this.#area = area;
      area.value = this.#text;
      grow(area);
    }
    this.#showWriting(true);
    this.#area.focus();
  }

  /** Puts a text in and keeps it, as if it had been typed. */
  rewrite(text: string): void {
    if (this.#area) this.#area.value = text;
    this.#change(text);
    write(this.root, "[data-text]", text);
  }

  #change(text: string): void {
    this.#text = text;
    this.#around.line.typing();
    this.#keeper.change({ day: this.day, text } satisfies Note);
  }

  #showWriting(writing: boolean): void {
    show(this.root, "[data-field], [data-finish]", writing);
    show(this.root, "[data-text], [data-change]", !writing);
  }

  async #finish(): Promise<void> {
    if (!this.#text.trim()) {
      await this.#remove();
      return;
    }
    write(this.root, "[data-text]", this.#text);
    this.#showWriting(false);
    part(this.root, "[data-change]").focus();
    await this.#keeper.flush();
  }

  async #remove(): Promise<void> {
    try {
      await this.#keeper.remove();
      this.#around.removed(this);
    } catch (error) {
      this.#around.line.failed(troubleOf(error));
    }
  }
}
