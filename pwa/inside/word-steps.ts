// Eight words to write down: shown once, and two of them asked for. What they are then good for is the view's to know.

import type { Bytes } from "../shared/bytes.ts";
import { isWord, makeWords, readWords, WORD_COUNT } from "../vault/recovery-words.ts";
import { currentVisit } from "./room.ts";
import { fill, focusOn, once, onPress, say, showOnly } from "./said.ts";

type Step = "begin" | "words" | "check" | "done";

export abstract class WordSteps extends HTMLElement {
  #words: readonly string[] = [];
  /** Which two are asked for, counted from 0. */
  #asked: readonly number[] = [];

  connectedCallback(): void {
    this.on("[data-begin]", () => void this.#begin());
    this.on("[data-written]", () => {
      this.#ask();
    });
    this.on("[data-again]", () => {
      this.step("words");
    });
    this.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#check();
    });
  }

  /** Nothing of the words outlives the view. */
  disconnectedCallback(): void {
    this.forgetWords();
  }

  protected on(selector: string, act: () => void): void {
    onPress(this, selector, act);
  }

  /** What the words stand for; undefined once they are forgotten. */
  protected async secret(): Promise<Bytes | undefined> {
    const list = currentVisit()?.pack.words;
    return list && readWords(this.#words.join(" "), list);
  }

  protected forgetWords(): void {
    this.#words = [];
  }

  protected step(step: Step): void {
    showOnly(this, "part", step);
    focusOn(this, `[data-part="${step}"]`);
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
      if (this.isConnected) this.step("words");
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
    this.step("check");
    this.#fields()[0]?.focus();
  }

  #fields(): readonly HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("[data-asked]")];
  }

  #check(): void {
    const isRight = this.#fields().every(({ value }, at) => isWord(value, this.#words[this.#asked[at] ?? 0] ?? ""));
    if (isRight) this.step("done");
    else say(this, "not-that");
  }
}
