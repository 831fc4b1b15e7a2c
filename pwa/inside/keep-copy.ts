// A copy to keep elsewhere: an encrypted file under a passphrase, or, asked for twice, plain text.

import { writeExport } from "../vault/export-file.ts";
import { FILE_NAME, gather, handOver, TEXT_NAME } from "./copy-file.ts";
import { plainText, type PlainWords, type PlanWords } from "./plain-text.ts";
import { currentVisit } from "./room.ts";
import { focusOn, once, onPress, say, show } from "./said.ts";

// Whoever has the file can guess without end. Four words of an ordinary size are longer than this.
const SHORTEST_PASSPHRASE = 12;

export class KeepCopy extends HTMLElement {
  connectedCallback(): void {
    void this.#showWhatThereIs();
    const form = this.querySelector<HTMLFormElement>("[data-make]");
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#make(form);
    });
    this.querySelector("[data-reveal]")?.addEventListener("change", ({ target }) => {
      const type = target instanceof HTMLInputElement && target.checked ? "text" : "password";
      for (const field of this.#fields()) field.type = type;
    });
    const plain = this.querySelector<HTMLElement>("[data-plain]");
    if (!plain) return;
    onPress(plain, "[data-ask]", () => {
      show(plain, "[data-warning]");
      focusOn(plain, "[data-warning]");
    });
    onPress(plain, "[data-leave-it]", () => {
      show(plain, "[data-warning]", false);
      focusOn(plain, "[data-ask]");
    });
    onPress(plain, "[data-save]", () => void this.#savePlain(plain));
  }

  async #showWhatThereIs(): Promise<void> {
    const kind = (await currentVisit()?.place.vault.kind()) ?? "absent";
    show(this, "[data-absent]", kind === "absent");
    show(this, "[data-present]", kind !== "absent");
  }

  #fields(): readonly HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("[data-make] [data-secret]")];
  }

  #make(form: HTMLFormElement): void {
    const place = currentVisit()?.place;
    const [typed = "", again = ""] = this.#fields().map(({ value }) => value);
    if (typed.length < SHORTEST_PASSPHRASE) {
      say(form, "short");
    } else if (typed !== again) {
      say(form, "unequal");
    } else if (place) {
      const { vault, derive } = place;
      void once(form, async () => {
        const file = await writeExport(await gather(vault), typed, derive);
        // Whoever has left meanwhile wants no file to show up over the cover.
        if (!this.isConnected) return;
        handOver(file, FILE_NAME);
        form.reset();
        for (const field of this.#fields()) field.type = "password";
        say(form, "made");
      });
    }
  }

  async #savePlain(plain: HTMLElement): Promise<void> {
    const vault = currentVisit()?.place.vault;
    if (!vault) return;
    await once(plain, async () => {
      const text = plainText(await gather(vault), this.#words());
      if (!this.isConnected) return;
      if (text) handOver(text, TEXT_NAME);
      show(plain, "[data-warning]", false);
      say(plain, text ? "made" : "empty");
    });
  }

  /** The plan's words stand in a template, since the text is made from them and nobody reads them here. */
  #words(): PlainWords {
    const words = this.querySelector<HTMLTemplateElement>("template[data-plan]")?.content;
    const text = (selector: string): string => words?.querySelector(selector)?.textContent ?? "";
    const texts = (selector: string): string[] =>
      [...(words?.querySelectorAll(selector) ?? [])].map(({ textContent }) => textContent);
    return {
      sections: named(words, "[data-section]").map(([section, id]): PlanWords => ({
        id,
        title: section.querySelector("[data-title]")?.textContent ?? "",
        prompts: named(section, "[data-prompt]").map(([prompt, promptId]) => ({
          id: promptId,
          text: prompt.querySelector("[data-text]")?.textContent ?? "",
          items: named(prompt, "[data-item]").map(([item, itemId]) => ({ id: itemId, text: item.textContent })),
        })),
      })),
      notes: text("[data-notes]"),
      days: text("[data-days]"),
      moods: texts("[data-mood]"),
      steps: text("[data-steps]"),
      felt: texts("[data-felt]"),
    };
  }
}

function named(part: ParentNode | undefined, selector: string): readonly (readonly [HTMLElement, string])[] {
  const key = selector.slice("[data-".length, -1);
  return [...(part?.querySelectorAll<HTMLElement>(selector) ?? [])].map((found) => [found, found.dataset[key] ?? ""]);
}
