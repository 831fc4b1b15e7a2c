// Private notes: one text to a card under its day, the newest on top, each opened for writing by a tap.

import { now } from "../shared/clock.ts";
import type { Entry } from "../vault/store.ts";
import { dayOf } from "./keeping/days.ts";
import type { Desk } from "./keeping/desk.ts";
import { KeepingElement } from "./keeping/keeping-element.ts";
import { NoteCard, UNSAVED, type NotesAround, type Unsaved } from "./keeping/note-card.ts";
import { NOTE, notesOf, outgrown, type KeptNote } from "./keeping/notes.ts";
import { part, show } from "./keeping/rows.ts";
import { languageOf } from "./said.ts";
import { SavingLine } from "./keeping/saving-line.ts";

// As many as a slow phone draws without a pause; older ones come when asked for.
const AT_ONCE = 30;

export class PrivateNotes extends KeepingElement {
  protected readonly kinds = [NOTE];
  #around: NotesAround | undefined;
  readonly #cards = new Set<NoteCard>();
  #waiting: readonly KeptNote[] = [];

  protected override open(desk: Desk, [entries = []]: readonly (readonly Entry[])[]): void {
    this.#around = {
      desk,
      line: new SavingLine(this, () => void this.#flush()),
      rows: this.rows,
      language: languageOf(this),
      beside: () => show(this, "[data-beside]"),
      removed: (gone) => this.#removed(gone),
    };
    const notes = notesOf(entries);
    const gone = outgrown(notes);
    for (const { entry } of gone) desk.vault.remove(entry).catch(() => undefined);
    this.#waiting = notes.filter((note) => !gone.includes(note));
    part(this, "[data-new]").addEventListener("click", () => this.#begin(dayOf(now())));
    part(this, "[data-older]").addEventListener("click", () => this.#showMore());
    this.addEventListener("focusout", () => void this.#flush());
    this.#showMore();
    this.#bringBackUnsaved(desk);
  }

  disconnectedCallback(): void {
    for (const card of this.#cards) this.#around?.desk.follow(card.leave());
  }

  async #flush(): Promise<void> {
    await Promise.all([...this.#cards].map((card) => card.flush()));
  }

  #showMore(): void {
    const next = this.#waiting.slice(0, AT_ONCE);
    this.#waiting = this.#waiting.slice(AT_ONCE);
    const list = part(this, "[data-notes]");
    for (const { entry, day, text } of next) {
      const card = this.#card(day, text, entry);
      if (card) list.append(card.root);
    }
    show(this, "[data-older]", this.#waiting.length > 0);
    this.#sayWhetherNone();
  }

  /** What the phone refused to keep when this view was last open. */
  #bringBackUnsaved({ unsaved }: Desk): void {
    for (const [name, value] of [...unsaved].filter(([name]) => name.startsWith(UNSAVED))) {
      const { day, text, entry } = value as Unsaved;
      unsaved.delete(name);
      const standing = [...this.#cards].find(({ id }) => entry !== undefined && id === entry.id);
      (standing ?? this.#begin(day))?.rewrite(text);
    }
  }

  #begin(day: string): NoteCard | undefined {
    const card = this.#card(day, "");
    if (!card) return undefined;
    part(this, "[data-notes]").prepend(card.root);
    card.write();
    this.#sayWhetherNone();
    return card;
  }

  #card(day: string, text: string, entry?: Entry): NoteCard | undefined {
    if (!this.#around) return undefined;
    const card = new NoteCard({ day, text }, entry, this.#around);
    this.#cards.add(card);
    return card;
  }

  #removed(card: NoteCard): void {
    this.#cards.delete(card);
    const after = card.root.nextSibling;
    card.root.remove();
    part(this, "[data-new]").focus();
    this.#sayWhetherNone();
    if (!card.text.trim()) return;
    this.#around?.line.offerUndo(() => {
      const again = this.#card(card.day, "");
      if (!again) return;
      const list = part(this, "[data-notes]");
      list.insertBefore(again.root, after?.parentNode === list ? after : null);
      again.rewrite(card.text);
      void again.flush();
      this.#sayWhetherNone();
    });
  }

  #sayWhetherNone(): void {
    show(this, "[data-nothing]", this.#cards.size === 0);
  }
}
