// Three short notes, each with a preview that is the card itself: what is seen there is what will be seen.

import { NOTE_CHARACTERS } from "../../vault/pairing.ts";
import { grow } from "../keeping/growing.ts";
import { part, show, type Rows } from "../keeping/rows.ts";
import { showNudge } from "./nudge-card.ts";
import type { Notes } from "./pairs.ts";

const QUIET = 2;

export class NoteEditor {
  readonly #root: HTMLElement;
  readonly #areas: readonly HTMLTextAreaElement[];

  /** `asksQuietly`: the quiet answer is set up. Where it is not, its note stays as it is, out of sight. */
  constructor(root: HTMLElement, rows: Rows, asksQuietly: boolean) {
    this.#root = root;
    const kinds = [...root.querySelectorAll<HTMLElement>("[data-kind]")];
    this.#areas = kinds.map((kind, at) => {
      kind.hidden = at === QUIET && !asksQuietly;
      const area = part<HTMLTextAreaElement>(kind, "textarea");
      const card = rows.make("nudge");
      part(kind, "[data-preview]").append(card);
      area.addEventListener("input", () => this.#draw());
      grow(area);
      return area;
    });
    part(root, "[data-suggest]").addEventListener("click", () => {
      const area = this.#areas[QUIET];
      if (area) area.value = this.#suggestion;
      this.#draw();
      area?.focus();
    });
    this.write(undefined);
  }

  get #suggestion(): string {
    return this.#root.dataset["suggestion"] ?? "";
  }

  /** Until she says otherwise, the quiet one asks for what is safe: an answer by a slip says that she is watched. */
  write(notes: Notes | undefined): void {
    const shown = notes ?? ["", "", this.#suggestion];
    this.#areas.forEach((area, at) => {
      area.value = shown[at] ?? "";
    });
    this.#draw();
  }

  /** undefined while one of them is too long; the words for that are shown. */
  read(): Notes | undefined {
    const [silence = "", company = "", quiet = ""] = this.#areas.map(({ value }) => value.trim());
    const tooLong = this.#areas.find(({ value }) => value.trim().length > NOTE_CHARACTERS);
    tooLong?.focus();
    return tooLong ? undefined : [silence, company, quiet];
  }

  #draw(): void {
    for (const area of this.#areas) {
      const kind = area.closest<HTMLElement>("[data-kind]");
      if (!kind) continue;
      const over = area.value.trim().length - NOTE_CHARACTERS;
      const line = part(kind, "[data-long]");
      line.hidden = over <= 0;
      if (over > 0) line.textContent = (line.dataset["long"] ?? "").replace("{count}", String(over));
      showNudge(part(kind, "[data-nudge]"), { note: area.value, state: "open" });
    }
    show(this.#root, "[data-suggest]", this.#areas[QUIET]?.value.trim() === "");
  }
}
