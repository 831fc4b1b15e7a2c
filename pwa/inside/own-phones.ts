// Her phones: a code for another one, a code from another one, signing the others out, and erasing what the server has.

import { codeToShow, readCode } from "../vault/handover.ts";
import type { Vault } from "../vault/store.ts";
import type { Reply } from "../shared/asking.ts";
import { findAccount } from "./account.ts";
import { countOthers, eraseThere, join, offerCode, signOutHere, signOutOthers, takePass } from "./elsewhere/phones.ts";
import { currentVisit, type Visit } from "./room.ts";
import { askTwice, fill, focusOn, once, onPress, say, show, showOnly } from "./said.ts";

export class OwnPhones extends HTMLElement {
  connectedCallback(): void {
    this.#on("[data-offer]", async ({ place }) => {
      const code = await offerCode(place.vault, place.derive);
      if (!code.ok) return code.trouble;
      if (!this.isConnected) return undefined;
      fill(this, "[data-code-shown]", codeToShow(code.value));
      show(this, "[data-offered]", true);
      focusOn(this, "[data-offered]");
      return undefined;
    });
    this.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#join();
    });
    this.#ask("others", async (vault) => said(await signOutOthers(vault), "others-out"));
    this.#ask("here", async (vault) => said(await signOutHere(vault), "here-out"));
    this.#ask("erase", async (vault) => said(await eraseThere(vault), "erased"));
    void this.#draw();
  }

  /** A code on the screen is as good as the account. */
  disconnectedCallback(): void {
    fill(this, "[data-code-shown]", "");
  }

  #on(selector: string, act: (visit: Visit) => Promise<string | undefined>): void {
    onPress(this, selector, () => void this.#act(act));
  }

  #ask(name: string, act: (vault: Vault) => Promise<string>): void {
    const part = this.querySelector<HTMLElement>(`[data-asks="${name}"]`);
    if (!part) return;
    const putAway = askTwice(part, "[data-no]");
    onPress(part, "[data-yes]", () => {
      void this.#act(({ place }) => act(place.vault)).then(putAway);
    });
  }

  #join(): Promise<void> {
    const field = this.querySelector<HTMLInputElement>("[data-typed]");
    return this.#act(async ({ place }) => {
      const code = readCode(field?.value ?? "");
      if (!field || !code) return "no-code";
      const pass = await takePass(code, place.derive);
      if (!pass.ok) return pass.trouble;
      const joined = await join(place.vault, pass.value);
      if (joined.ok) field.value = "";
      return said(joined, "joined");
    });
  }

  /** Does one thing, shows how it stands now, and says how it went. */
  async #act(act: (visit: Visit) => Promise<string | undefined>): Promise<void> {
    const visit = currentVisit();
    if (!visit) return;
    await once(this, async () => {
      const name = await act(visit);
      await this.#draw();
      say(this, name);
    });
  }

  async #draw(): Promise<void> {
    const vault = currentVisit()?.place.vault;
    if (!vault) return;
    const kind = await vault.kind();
    const isSignedIn = kind !== "absent" && (await findAccount(vault)) !== undefined;
    const state = kind === "absent" ? "absent" : isSignedIn ? "signed-in" : "none";
    showOnly(this, "when", state);
    if (!isSignedIn) return;
    const others = await countOthers(vault);
    const count = others.ok ? others.value : undefined;
    fill(this, "[data-others]", count === undefined ? "?" : String(count));
    // The last phone that leaves takes the account with it, unnoticed; erasing says what it does.
    show(this, '[data-asks="others"], [data-asks="here"]', count !== 0);
  }
}

const said = (done: Reply<undefined>, name: string): string => (done.ok ? name : done.trouble);
