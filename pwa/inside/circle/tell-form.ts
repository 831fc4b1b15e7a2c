// Telling the host, from either side of a pair: about whom, what happened, and what of it is attached. One form for both
// (pwa/templates/components/tell-host.html).

import { optionOf, part, show } from "../keeping/rows.ts";
import { once, say } from "../said.ts";
import type { Around } from "./look.ts";
import { tell, type Evidence } from "./tell-host.ts";

export interface Named {
  readonly id: string;
  /** "": one who has no name here. */
  readonly name: string;
}

export class TellForm {
  readonly #view: HTMLElement;
  readonly #around: Around;
  readonly #evidenceOf: (id: string) => Evidence;

  /** `evidenceOf` gives what this phone could attach about whoever has this id. */
  constructor(view: HTMLElement, around: Around, evidenceOf: (id: string) => Evidence) {
    this.#view = view;
    this.#around = around;
    this.#evidenceOf = evidenceOf;
    this.#whom.addEventListener("change", () => {
      this.#attached();
    });
    part(view, "[data-tell] form").addEventListener("submit", (event) => {
      event.preventDefault();
      void once(view, () => this.#tell());
    });
  }

  get #whom(): HTMLSelectElement {
    return part(this.#view, "[data-whom]");
  }

  /** Who is chosen stays so. Those without a name could be taken for one another, and the host might end the wrong pair. */
  draw(people: readonly Named[]): void {
    show(this.#view, "[data-tell]", Boolean(this.#around.told?.report));
    const select = this.#whom;
    const chosen = select.value;
    const [none] = select.options;
    const named = people.filter(({ name }) => name !== "");
    select.replaceChildren(...(none ? [none] : []), ...named.map(({ id, name }) => optionOf(id, name)));
    select.value = named.some(({ id }) => id === chosen) ? chosen : "";
    this.#attached();
  }

  /** Offers what there is of the one it is about, and gives of it only what is ticked. */
  #attached(): Evidence {
    const id = this.#whom.value;
    const there: Readonly<Record<string, unknown>> = id ? { ...this.#evidenceOf(id) } : {};
    const ticked: Record<string, unknown> = {};
    for (const box of this.#view.querySelectorAll<HTMLInputElement>("[data-attach]")) {
      const what = box.dataset["attach"] ?? "";
      const isThere = there[what] !== undefined;
      // What was ticked for one is not sent of another unseen.
      if (!isThere) box.checked = false;
      if (box.parentElement) box.parentElement.hidden = !isThere;
      if (box.checked) ticked[what] = there[what];
    }
    return ticked;
  }

  async #tell(): Promise<void> {
    const key = this.#around.told?.report;
    const field = part<HTMLTextAreaElement>(this.#view, "[data-happened]");
    const text = field.value.trim();
    if (!key || text === "") {
      say(this.#view, "empty");
      return;
    }
    const told = await tell(this.#around, key, this.#whom.value || null, { text, ...this.#attached() });
    if (told !== "long" && told.ok) field.value = "";
    say(this.#view, told === "long" ? told : told.ok ? "told" : told.trouble);
  }
}
