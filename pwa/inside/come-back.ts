// On a new phone: eight words bring back what was kept elsewhere. First they are read and the copy is opened; then she
// chooses how this phone keeps it; only then is anything made here.

import { readWords, splitWords, unknownWords, WORD_COUNT } from "../vault/recovery-words.ts";
import type { Vault } from "../vault/store.ts";
import { findAccount } from "./account.ts";
import { CodeForm, type CodeFault } from "./code-form.ts";
import { bringIn, findCopy, type Found } from "./elsewhere/bring-back.ts";
import { makePlace } from "./make-place.ts";
import { askToKeep, windowKind } from "./phone.ts";
import { currentVisit, type Visit } from "./room.ts";
import { fill, once, say } from "./said.ts";

type Step = "apple" | "taken" | "words" | "choose" | "add" | "done";

export class ComeBack extends HTMLElement {
  #found: Found | undefined;

  connectedCallback(): void {
    customElements.upgrade(this);
    this.querySelector<HTMLFormElement>("form[data-words]")?.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#find();
    });
    for (const form of this.querySelectorAll(NAMES.codeForm)) {
      if (form instanceof CodeForm) form.onCode = (code) => this.#keepWith(code);
    }
    this.#on("[data-free]", () => void this.#keepWith(""));
    this.#on("[data-add]", () => void this.#add());
    this.#on("[data-leave-it]", () => {
      this.#found = undefined;
      this.#step("words");
    });
    void this.#begin();
  }

  /** What was opened does not outlive the view. */
  disconnectedCallback(): void {
    this.#found = undefined;
  }

  #on(selector: string, act: () => void): void {
    this.querySelector(selector)?.addEventListener("click", act);
  }

  #step(step: Step): void {
    for (const part of this.querySelectorAll<HTMLElement>("[data-part]")) {
      part.hidden = part.dataset["part"] !== step;
      if (!part.hidden && step !== "words") part.focus();
    }
    say(this);
  }

  async #begin(): Promise<void> {
    const vault = currentVisit()?.place.vault;
    if (!vault) return;
    const isAbsent = (await vault.kind()) === "absent";
    // An account that this phone has already would be lost with all that hangs on it.
    const isTaken = !isAbsent && (await findAccount(vault)) !== undefined;
    this.#step(isTaken ? "taken" : isAbsent && windowKind() === "apple" ? "apple" : "words");
  }

  async #find(): Promise<void> {
    const visit = currentVisit();
    const field = this.querySelector<HTMLTextAreaElement>("[data-typed]");
    if (!visit || !field) return;
    await once(this, async () => {
      const trouble = await this.#open(visit, field.value);
      if (!this.isConnected) return;
      if (!this.#found) {
        say(this, trouble);
        return;
      }
      field.value = "";
      this.#showHeld(this.#found);
      this.#step((await visit.place.vault.kind()) === "absent" ? "choose" : "add");
    });
  }

  /** Finds the copy that eight typed words open, or says what stands in the way. */
  async #open({ place, pack }: Visit, typed: string): Promise<string | undefined> {
    const unknown = unknownWords(typed, pack.words);
    fill(this, "[data-unknown]", unknown.join(", "));
    if (unknown.length > 0) return "unknown";
    if (splitWords(typed).length !== WORD_COUNT) return "eight";
    // Eight words of the list that cannot belong together: most slips show here, before anybody is asked.
    const secret = await readWords(typed, pack.words);
    if (!secret) return "closed";
    const found = await findCopy(secret, place.derive);
    if (!found.ok) return found.trouble;
    this.#found = found.value;
    return undefined;
  }

  #showHeld({ kept }: Found): void {
    for (const spot of this.querySelectorAll<HTMLElement>("[data-count]")) {
      spot.textContent = String(kept.filter(({ kind }) => kind === spot.dataset["count"]).length);
    }
  }

  /** An empty code makes a place to keep things without one. */
  async #keepWith(code: string): Promise<CodeFault | undefined> {
    const visit = currentVisit();
    if (!visit || !this.#hasFound()) return undefined;
    const { place } = visit;
    await once(this, async () => {
      if ((await place.vault.kind()) === "absent") {
        if (!(await makePlace(visit, code))) return;
      }
      await this.#bringIn(place.vault);
      void askToKeep();
    });
    // Where it did not come to that, the view has said why, and what was typed stays.
    return this.#hasFound() ? "refused" : undefined;
  }

  #hasFound(): boolean {
    return this.#found !== undefined;
  }

  async #add(): Promise<void> {
    const vault = currentVisit()?.place.vault;
    if (vault) await once(this, () => this.#bringIn(vault));
  }

  async #bringIn(vault: Vault): Promise<void> {
    if (!this.#found) return;
    await bringIn(vault, this.#found);
    this.#found = undefined;
    if (this.isConnected) this.#step("done");
  }
}
