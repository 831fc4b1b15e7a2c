// A copy with the server: turned on with eight words, saved once a day or now, and turned off again. Off unless she asks.

import type { Vault } from "../vault/store.ts";
import { keysOfWords } from "../vault/stretched-keys.ts";
import { readSpare, saveNow, turnOff, turnOn, type Saved } from "./elsewhere/spare.ts";
import { currentVisit } from "./room.ts";
import { fill, focusOn, languageOf, once, say, show, showOnly } from "./said.ts";
import { WordSteps } from "./word-steps.ts";

export class SpareCopy extends WordSteps {
  override connectedCallback(): void {
    super.connectedCallback();
    this.on("[data-turn-on]", () => void this.#turnOn());
    this.on("[data-save]", () => void this.#save(false));
    this.on("[data-take-over]", () => void this.#save(true));
    this.on("[data-ask-off]", () => {
      this.#askOff(true);
    });
    this.on("[data-keep-on]", () => {
      this.#askOff(false);
    });
    this.on("[data-turn-off]", () => void this.#turnOff());
    void this.#draw();
  }

  async #turnOn(): Promise<void> {
    const derive = currentVisit()?.place.derive;
    await this.#act(async (vault) => {
      const secret = await this.secret();
      if (!secret || !derive) return undefined;
      const saved = await turnOn(vault, await keysOfWords(secret, derive));
      if (!saved.ok) return saved.trouble;
      // Only now: after trouble she can try again with the words that stand on her paper.
      this.forgetWords();
      if (this.isConnected) this.step("begin");
      return "turned-on";
    });
  }

  #save(takeOver: boolean): Promise<void> {
    return this.#act(async (vault) => nameOf(await saveNow(vault, { takeOver })));
  }

  async #turnOff(): Promise<void> {
    await this.#act(async (vault) => {
      const off = await turnOff(vault);
      return off.ok ? "turned-off" : off.trouble;
    });
    this.#askOff(false);
  }

  /** Does one thing, says how it went, and shows how it stands now. */
  async #act(act: (vault: Vault) => Promise<string | undefined>): Promise<void> {
    const vault = currentVisit()?.place.vault;
    if (!vault) return;
    await once(this, async () => {
      const said = await act(vault);
      await this.#draw();
      say(this, said);
      show(this, "[data-take-over]", said === "elsewhere");
    });
  }

  #askOff(isAsked: boolean): void {
    show(this, "[data-sure]", isAsked);
    show(this, "[data-ask-off]", !isAsked);
    focusOn(this, isAsked ? "[data-keep-on]" : "[data-ask-off]");
  }

  async #draw(): Promise<void> {
    const vault = currentVisit()?.place.vault;
    if (!vault) return;
    const kind = await vault.kind();
    const spare = kind === "absent" ? undefined : (await readSpare(vault))?.value;
    const state = kind === "absent" ? "absent" : spare ? "on" : "off";
    showOnly(this, "when", state);
    const saved =
      spare && new Date(spare.savedAt).toLocaleString(languageOf(this), { dateStyle: "full", timeStyle: "short" });
    fill(this, "[data-saved-at]", saved ?? "");
  }
}

const nameOf = (saved: Saved): string => (saved.ok ? "saved" : saved.trouble);
