// Eight words to write down: shown once, two of them asked for, and then a copy file that they open.

import { writeBackup } from "../vault/export-file.ts";
import { isWord, makeWords, readWords, WORD_COUNT } from "../vault/recovery-words.ts";
import { FILE_NAME, gather, handOver } from "./copy-file.ts";
import { currentVisit } from "./room.ts";
import { fill, once, say } from "./said.ts";

type Step = "begin" | "words" | "check" | "done";

export class EightWords extends HTMLElement {
  #words: readonly string[] = [];
  /** Which two are asked for, counted from 0. */
  #asked: readonly number[] = [];

  connectedCallback(): void {
    this.#on("[data-begin]", () => void this.#begin());
    this.#on("[data-written]", () => {
      this.#ask();
    });
    this.#on("[data-again]", () => {
      this.#show("words");
    });
    this.#on("[data-make-file]", () => void this.#makeFile());
    this.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#check();
    });
  }

  /** Nothing of the words outlives the view. */
  disconnectedCallback(): void {
    this.#words = [];
  }

  #on(selector: string, act: () => void): void {
    this.querySelector(selector)?.addEventListener("click", act);
  }

  #show(step: Step): void {
    for (const part of this.querySelectorAll<HTMLElement>("[data-part]")) {
      part.hidden = part.dataset["part"] !== step;
      if (!part.hidden) part.focus();
    }
    const isReading = step === "words";
    this.querySelectorAll("[data-word]").forEach((spot, at) => {
      spot.textContent = isReading ? (this.#words[at] ?? "") : "";
    });
    say(this);
  }

  async #begin(): Promise<void> {
    const visit = currentVisit();
    if (!visit) return;
    await once(this, async () => {
      this.#words = await makeWords(visit.pack.words);
      if (this.isConnected) this.#show("words");
    });
  }

  #ask(): void {
    const [first = 0, step = 0] = crypto.getRandomValues(new Uint8Array(2));
    const one = first % WORD_COUNT;
    const other = (one + 1 + (step % (WORD_COUNT - 1))) % WORD_COUNT;
    this.#asked = [one, other].sort((a, b) => a - b);
    this.#fields().forEach((field, at) => {
      field.value = "";
      fill(this, `[data-number="${at}"]`, String((this.#asked[at] ?? 0) + 1));
    });
    this.#show("check");
    this.#fields()[0]?.focus();
  }

  #fields(): readonly HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("[data-asked]")];
  }

  #check(): void {
    const isRight = this.#fields().every(({ value }, at) => isWord(value, this.#words[this.#asked[at] ?? 0] ?? ""));
    if (isRight) this.#show("done");
    else say(this, "not-that");
  }

  async #makeFile(): Promise<void> {
    const visit = currentVisit();
    const { vault, derive } = visit?.place ?? {};
    if (!visit || !vault || !derive) return;
    await once(this, async () => {
      const secret = await readWords(this.#words.join(" "), visit.pack.words);
      if (!secret) return;
      const file = await writeBackup(await gather(vault), secret, derive);
      if (!this.isConnected) return;
      handOver(file, FILE_NAME);
      say(this, "made");
    });
  }
}
