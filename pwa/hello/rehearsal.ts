// A little cover to try the two ways on: in by holding its name or by its version line, out by one button or by Shift.
// It uses the very gestures of the app, so what works here works there.

import { onFive } from "../door/five.ts";
import { onHold } from "../door/hold.ts";
import type { ChosenCover } from "./covers.ts";

export class Rehearsal extends HTMLElement {
  connectedCallback(): void {
    this.find("[data-read]").hidden = true;
    this.find("[data-start]").hidden = false;
    this.whenClicked("[data-start] button", () => this.begin());
    this.whenClicked("[data-again]", () => this.begin());
    this.whenClicked("[data-settings]", () => this.unfold(this.find("[data-panel]").hasAttribute("hidden")));
    this.whenClicked("[data-close]", () => this.finish());
    this.whenClicked(".version", () => this.note(true));
    onHold(this.find(".name"), () => this.enter());
    onFive(this.find(".version"), () => this.enter());
  }

  /** Shows the chosen cover's name, picture and version line. */
  dress({ name, version, picture }: ChosenCover): void {
    this.find(".name").textContent = name;
    this.find(".version").textContent = version;
    this.find("img").setAttribute("src", picture);
  }

  /** Shift three times: true where there was something to close here. */
  closes(): boolean {
    const isOpen = !this.find("[data-back]").hidden;
    if (isOpen) this.finish();
    return isOpen;
  }

  private begin(): void {
    this.find("[data-start]").hidden = true;
    this.find("[data-again]").hidden = true;
    this.find(".screen").hidden = false;
    this.turn(false);
    this.say("wayIn");
    // A page may open further down than it is tall: first the words, then the name that is to be held.
    this.scrollIntoView({ block: "nearest" });
    this.find(".name").focus({ preventScroll: true });
  }

  private enter(): void {
    this.turn(true);
    this.say("there", "wayBack");
    this.find(".screen").focus({ preventScroll: true });
  }

  private finish(): void {
    this.turn(false);
    this.say("done");
    this.find("[data-again]").hidden = false;
    // Not on the button: whoever still holds Enter down would start all over.
    this.find(".screen").focus({ preventScroll: true });
  }

  private turn(isOpen: boolean): void {
    this.find("[data-front]").hidden = isOpen;
    this.find("[data-back]").hidden = !isOpen;
    this.unfold(false);
  }

  private unfold(isOpen: boolean): void {
    this.find("[data-panel]").hidden = !isOpen;
    this.find("[data-settings]").setAttribute("aria-expanded", String(isOpen));
    this.note(false);
  }

  /** The version line answers as it does in every cover. */
  private note(isShown: boolean): void {
    const line = this.find("[data-panel] [role=status]");
    line.textContent = isShown ? (line.dataset["text"] ?? "") : "";
  }

  private say(...keys: readonly string[]): void {
    const lines = keys.map((key) => {
      const line = document.createElement("p");
      line.textContent = this.dataset[key] ?? "";
      return line;
    });
    this.find(".said").replaceChildren(...lines);
  }

  private whenClicked(selector: string, act: () => void): void {
    this.find(selector).addEventListener("click", act);
  }

  private find(selector: string): HTMLElement {
    const found = this.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`${selector} is missing`);
    return found;
  }
}
