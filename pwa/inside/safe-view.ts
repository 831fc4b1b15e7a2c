// Keeping her words: whether, behind which passcode, and how soon it is locked again.

import { VaultError, type Vault } from "../vault/store.ts";
import { changeChoices, LOCK_SECONDS, readChoices } from "./choices.ts";
import { CodeForm, type CodeFault } from "./code-form.ts";
import { makePlace } from "./make-place.ts";
import { askToKeep, windowKind } from "./phone.ts";
import { currentVisit, type Visit } from "./room.ts";
import { show } from "./said.ts";
import { sealPacks } from "./seal-packs.ts";

type Purpose = "make" | "change" | "second";
type Act = (vault: Vault) => Promise<CodeFault | undefined>;

export class SafeView extends HTMLElement {
  #visit: Visit | undefined;
  #state: string | undefined;

  connectedCallback(): void {
    this.#visit = currentVisit();
    if (!this.#visit) return;
    // What lies within is brought to life after this element, unless asked for.
    customElements.upgrade(this);
    for (const form of this.querySelectorAll(NAMES.codeForm)) this.#wireForm(form);
    this.#onPress("[data-free]", () => this.#make(""));
    this.#onPress("[data-drop-code]", async (vault) => {
      await vault.changePasscode("");
      this.#say("dropped");
    });
    this.#onPress("[data-drop-second]", async (vault) => {
      await vault.removeSecond();
      this.#say("secondDropped");
    });
    this.#onPick("[data-lock]", async (vault, picked) => {
      const lockAfterSeconds = LOCK_SECONDS.find((each) => each === picked) ?? 30;
      await changeChoices(vault, { lockAfterSeconds });
      this.#visit?.place.lockAfter(lockAfterSeconds);
    });
    // Kept outside what is sealed: it is looked at while everything is locked.
    this.#onPick("[data-wipe]", (vault, picked) => vault.setWipeAfter(picked));
    void this.#try(() => Promise.resolve(undefined));
  }

  #wireForm(form: Element): void {
    if (!(form instanceof CodeForm)) return;
    const purpose = form.dataset["for"] as Purpose;
    form.onCode = (code) => this.#try((vault) => this.#use(vault, purpose, code));
  }

  async #use(vault: Vault, purpose: Purpose, code: string): Promise<CodeFault | undefined> {
    if (purpose === "make") await this.#make(code);
    else if (purpose === "change") {
      if (!(await vault.changePasscode(code))) return "same";
      await sealPacks();
      this.#say("changed");
    } else if (await vault.setSecond(code)) this.#say("secondSet");
    else return "same";
    return undefined;
  }

  async #make(code: string): Promise<void> {
    if (!this.#visit || !(await makePlace(this.#visit, code))) return;
    this.#say("made");
    // Some browsers ask her in turn, and the answer may take its time.
    void askToKeep().then((stays) => {
      show(this, "[data-stays]", stays === true);
      show(this, "[data-may-go]", stays !== true);
    });
  }

  #onPress(selector: string, act: (vault: Vault) => Promise<void>): void {
    this.querySelector(selector)?.addEventListener("click", () => {
      void this.#try(async (vault) => {
        await act(vault);
        return undefined;
      });
    });
  }

  #onPick(selector: string, keep: (vault: Vault, picked: number) => Promise<void>): void {
    const select = this.querySelector<HTMLSelectElement>(selector);
    select?.addEventListener("change", () => {
      void this.#try(async (vault) => {
        await keep(vault, Number(select.value));
        this.#say("kept");
        return undefined;
      });
    });
  }

  /** Does one thing and shows how it stands now; what the vault refuses is said in words, and what was typed stays. */
  async #try(act: Act): Promise<CodeFault | undefined> {
    const vault = this.#visit?.place.vault;
    if (!vault) return undefined;
    this.#say(undefined);
    this.#complain(undefined);
    try {
      const fault = await act(vault);
      await this.#draw(vault);
      return fault;
    } catch (error) {
      this.#complain(error instanceof VaultError ? error.code : "damaged");
      if (error instanceof VaultError && error.code === "blocked") this.#showFor("blocked");
      return "refused";
    }
  }

  async #draw(vault: Vault): Promise<void> {
    const kind = await vault.kind();
    const mayNotBegin = kind === "absent" && windowKind() === "apple";
    if (kind !== "absent") await this.#fill(vault, kind === "passcode");
    show(this, "[data-tab]", windowKind() === "tab");
    this.#showFor(mayNotBegin ? "apple" : kind);
  }

  async #fill(vault: Vault, hasCode: boolean): Promise<void> {
    show(this, "[data-no-file]", !(await vault.hasDeviceFile()));
    show(this, "[data-less-memory]", !(await vault.hasFullCost()));
    if (!hasCode) return;
    const hasSecond = await vault.hasSecond();
    show(this, "[data-has-second]", hasSecond);
    this.#pick("[data-lock]", (await readChoices(vault)).lockAfterSeconds);
    this.#pick("[data-wipe]", await vault.wipeAfter());
  }

  #pick(selector: string, value: number): void {
    const select = this.querySelector<HTMLSelectElement>(selector);
    if (select) select.value = String(value);
  }

  #showFor(state: string): void {
    for (const part of this.querySelectorAll<HTMLElement>("[data-when]"))
      part.hidden = !part.dataset["when"]?.split(" ").includes(state);
    if (this.#state && this.#state !== state) this.#beginAtTheTop();
    this.#state = state;
  }

  /** Other parts stand there now; where she was on the page means nothing any more. */
  #beginAtTheTop(): void {
    const view = this.#visit?.place.view;
    view?.closest("[data-scrolls]")?.scrollTo(0, 0);
    view?.querySelector("h1")?.focus({ preventScroll: true });
  }

  #say(key: string | undefined): void {
    const line = this.querySelector<HTMLElement>("[data-said]");
    if (line) line.textContent = key ? (line.dataset[key] ?? "") : "";
  }

  #complain(code: string | undefined): void {
    const line = this.querySelector<HTMLElement>("[data-trouble]");
    if (line) line.textContent = code ? (line.dataset[code] ?? "") : "";
  }
}
