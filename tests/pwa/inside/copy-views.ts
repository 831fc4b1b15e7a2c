// The views of the copy, of bringing it back and of her phones, down to what their scripts look for
// (tests/server/test_copy_views.py), on a phone whose network leads to a host in memory.
import { vi } from "vitest";
import { CodeForm } from "../../../pwa/inside/code-form.ts";
import { ComeBack } from "../../../pwa/inside/come-back.ts";
import { OwnPhones } from "../../../pwa/inside/own-phones.ts";
import { beginVisit, showView } from "../../../pwa/inside/room.ts";
import { SpareCopy } from "../../../pwa/inside/spare-copy.ts";
import type { HostInMemory } from "../host-in-memory.ts";
import { VaultInMemory } from "../vault-in-memory.ts";
import { CHEAP, derive } from "../vault/cheap-derive.ts";
import { wordList } from "../vault/word-list.ts";
import { layOutRoom, PACK, within, type TestPlace } from "./visiting.ts";

const said = (...names: readonly string[]): string =>
  ["working", "failed", "memory", "offline", "later", "refused", "closed", ...names]
    .map((name) => `<p data-said="${name}" hidden></p>`)
    .join("");

const VIEWS = {
  elsewhere: `<h1 tabindex="-1">A copy</h1><${NAMES.spareCopy}>
    <div data-when="absent" hidden></div>
    <div data-when="on" hidden><b data-saved-at></b><button data-save></button></div>
    <div data-when="off on" hidden>
      <div tabindex="-1" data-part="begin"><button data-begin></button></div>
      <div tabindex="-1" data-part="words" hidden><ol>${"<li data-word></li>".repeat(8)}</ol><button data-written></button></div>
      <form tabindex="-1" data-part="check" hidden>
        <span data-number="0"></span><input data-asked><span data-number="1"></span><input data-asked>
        <p data-said="not-that" hidden></p><button type="button" data-again></button></form>
      <div tabindex="-1" data-part="done" hidden><button data-turn-on></button></div></div>
    <div data-when="on" hidden><button data-ask-off></button>
      <div data-sure hidden><button data-keep-on></button><button data-turn-off></button></div></div>
    ${said("turned-on", "turned-off", "saved", "elsewhere", "too-big")}<button data-take-over hidden></button>
  </${NAMES.spareCopy}>`,
  back: `<h1 tabindex="-1">Eight words</h1><${NAMES.comeBack}>
    <div tabindex="-1" data-part="apple" hidden></div><div tabindex="-1" data-part="taken" hidden></div>
    <div tabindex="-1" data-part="words" hidden><form data-words><textarea data-typed></textarea></form></div>
    <div tabindex="-1" data-part="choose" hidden><b data-count="note"></b>
      <${NAMES.codeForm} data-for="back"><form><input data-code><input data-code></form></${NAMES.codeForm}>
      <button data-free></button></div>
    <div tabindex="-1" data-part="add" hidden><button data-add></button><button data-leave-it></button></div>
    <div tabindex="-1" data-part="done" hidden></div>
    <p data-said="unknown" hidden><b data-unknown></b></p>${said("eight", "wrong", "damaged", "newer", "full", "blocked")}
  </${NAMES.comeBack}>`,
  phones: `<h1 tabindex="-1">Phones</h1><${NAMES.ownPhones}>
    <div data-when="absent" hidden></div>
    <div data-when="none" hidden><form><input data-typed></form></div>
    <div data-when="signed-in" hidden><b data-others></b><button data-offer></button>
      <div tabindex="-1" data-offered hidden><b data-code-shown></b></div>
      ${["others", "here", "erase"]
        .map(
          (name) => `<section data-asks="${name}"><button data-ask></button>
            <div data-sure hidden><button data-no></button><button data-yes></button></div></section>`,
        )
        .join("")}</div>
    ${said("joined", "others-out", "here-out", "erased", "no-code", "nothing")}
  </${NAMES.ownPhones}>`,
};

export const WORDS = wordList("en");

export function furnishCopyViews(): void {
  customElements.define(NAMES.codeForm, CodeForm);
  customElements.define(NAMES.spareCopy, SpareCopy);
  customElements.define(NAMES.comeBack, ComeBack);
  customElements.define(NAMES.ownPhones, OwnPhones);
}

/** One of her phones; each has a vault of its own, and all reach the same host. */
export class OwnPhone {
  readonly vault = new VaultInMemory();
  readonly #name: string;
  readonly #host: HostInMemory;
  place: TestPlace;

  constructor(host: HostInMemory, name: string) {
    this.#host = host;
    this.#name = name;
    this.place = layOutRoom();
  }

  /** Takes it into the hand and opens a view. */
  opens(view: keyof typeof VIEWS): void {
    this.place = { ...layOutRoom(), vault: this.vault, derive: (secret, salt) => derive(secret, salt, CHEAP) };
    this.#host.connect();
    this.#host.phone = this.#name;
    beginVisit({ place: this.place, pack: { ...PACK, words: WORDS, views: { ...PACK.views, ...VIEWS } } });
    showView(view);
  }

  async keeps(code = ""): Promise<void> {
    await this.vault.create(code);
  }

  press(selector: string): void {
    within(this.place, selector).click();
  }

  submits(form: string): void {
    within(this.place, form).dispatchEvent(new Event("submit", { cancelable: true }));
  }

  types(selector: string, text: string): void {
    (within(this.place, selector) as HTMLInputElement).value = text;
  }

  typed(selector: string): string {
    return (within(this.place, selector) as HTMLInputElement).value;
  }

  text(selector: string): string {
    return within(this.place, selector).textContent;
  }

  shows(selector: string): boolean {
    return !within(this.place, selector).closest("[hidden]");
  }

  async sees(selector: string): Promise<void> {
    await vi.waitFor(() => {
      if (!this.shows(selector)) throw new Error(`${selector} is not shown`);
    });
  }

  told(name: string): Promise<void> {
    return this.sees(`[data-said="${name}"]`);
  }

  /** Makes eight words, has them checked, and sends the copy. */
  async turnsCopyOn(): Promise<readonly string[]> {
    await this.sees("[data-begin]");
    this.press("[data-begin]");
    await this.sees('[data-part="words"]');
    const words = [...this.place.view.querySelectorAll("[data-word]")].map(({ textContent }) => textContent);
    this.press("[data-written]");
    this.place.view.querySelectorAll<HTMLInputElement>("[data-asked]").forEach((field, at) => {
      field.value = words[Number(this.text(`[data-number="${at}"]`)) - 1] ?? "";
    });
    this.submits('[data-part="check"]');
    this.press("[data-turn-on]");
    return words;
  }
}
