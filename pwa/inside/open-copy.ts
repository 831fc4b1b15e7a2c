// Opens a file that was made here or on another phone: looks first, says what it holds, and adds only when asked to.

import type { Kept } from "../vault/export-contents.ts";
import { LARGEST_FILE_BYTES, ExportError } from "../vault/export-file.ts";
import { splitWords, unknownWords } from "../vault/recovery-words.ts";
import { whatToAdd, type Addition } from "./add-beside.ts";
import { gather, openFile } from "./copy-file.ts";
import { currentVisit } from "./room.ts";
import { fill, fillCounts, focusOn, once, onPress, say, sayTrouble, show } from "./said.ts";

// On many phones choosing a file hides the page, which leads back to the cover. What was chosen waits here until the
// person is back: a handle to an encrypted file, which tells nothing.
let waiting: File | undefined;

// From here on what was typed looks more like recovery words with a slip than like a passphrase.
const LOOKS_LIKE_WORDS = 6;

export class OpenCopy extends HTMLElement {
  #toAdd: readonly Addition[] = [];

  connectedCallback(): void {
    this.querySelector<HTMLInputElement>("[data-file]")?.addEventListener("change", ({ target }) => {
      waiting = (target as HTMLInputElement).files?.[0] ?? waiting;
      this.#showFile();
    });
    this.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#open();
    });
    onPress(this, "[data-add]", () => void this.#add());
    onPress(this, "[data-leave-it]", () => {
      this.#finish("left");
    });
    this.#showFile();
  }

  disconnectedCallback(): void {
    this.#toAdd = [];
  }

  #showFile(): void {
    fill(this, "[data-name]", waiting?.name ?? "");
    show(this, "[data-chosen]", waiting !== undefined);
    say(this);
  }

  async #open(): Promise<void> {
    const visit = currentVisit();
    const { vault, derive } = visit?.place ?? {};
    const field = this.querySelector<HTMLInputElement>("[data-secret]");
    const file = waiting;
    if (!visit || !vault || !derive || !field) return;
    if (!file || !field.value) {
      say(this, file ? "no-secret" : "no-file");
      return;
    }
    await once(this, async () => {
      if (file.size > LARGEST_FILE_BYTES) throw new ExportError("too-big");
      const bytes = new Uint8Array(await file.arrayBuffer());
      try {
        const kept = await openFile(bytes, field.value, visit.pack.words, derive);
        const toAdd = whatToAdd(kept, await gather(vault));
        if (!this.isConnected) return;
        this.#toAdd = toAdd;
        this.#showHeld(kept);
        field.value = "";
      } catch (error) {
        this.#sayWhyNot(error, field.value, visit.pack.words);
      }
    });
  }

  #showHeld(kept: readonly Kept[]): void {
    fillCounts(this, kept);
    fill(this, "[data-new]", String(this.#toAdd.length));
    show(this, "form", false);
    show(this, "[data-held]", true);
    show(this, "[data-add]", this.#toAdd.length > 0);
    say(this, this.#toAdd.length > 0 ? undefined : "all-here");
    focusOn(this, "[data-held]");
  }

  #sayWhyNot(error: unknown, typed: string, list: readonly string[]): void {
    const isWrong = error instanceof ExportError && error.code === "wrong";
    const unknown = isWrong && splitWords(typed).length >= LOOKS_LIKE_WORDS ? unknownWords(typed, list) : [];
    // A passphrase of many words has most of them outside the list, and that would say nothing.
    if (unknown.length === 0 || unknown.length > splitWords(typed).length / 2) {
      sayTrouble(this, error);
      return;
    }
    fill(this, "[data-unknown]", unknown.join(", "));
    say(this, "unknown");
  }

  async #add(): Promise<void> {
    const vault = currentVisit()?.place.vault;
    if (!vault) return;
    await once(this, async () => {
      // One by one, so that after a failure the rest can be added and nothing twice; none once the view is gone.
      for (let next = this.#toAdd[0]; next; next = this.#toAdd[0]) {
        const { kept, beside } = next;
        // Saved as if over an older state of what is here, so that the vault keeps both, one as a copy of the other.
        await vault.save(kept.kind, kept.value, beside && { ...beside, revision: "" });
        this.#toAdd = this.#toAdd.slice(1);
      }
      this.#finish("added");
    });
  }

  #finish(said: string): void {
    this.#toAdd = [];
    waiting = undefined;
    this.querySelector("form")?.reset();
    this.#showFile();
    show(this, "form", true);
    show(this, "[data-held]", false);
    say(this, said);
  }
}
