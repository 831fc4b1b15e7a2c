// The language in here: it may be another one than the cover's, for whoever shares the cover with others.

import { keepNote } from "../shared/notes.ts";
import { pageData } from "../shell/page-data.ts";
import { openPackIn } from "./open-pack.ts";
import { currentVisit, showFirstView, type Visit } from "./room.ts";
import { once } from "./said.ts";

export class LanguageChoice extends HTMLElement {
  connectedCallback(): void {
    const select = this.querySelector("select");
    const visit = currentVisit();
    if (!select || !visit) return;
    select.addEventListener("change", () => {
      const wanted = select.value;
      // Until it is there, the language is the one before.
      select.value = visit.pack.language;
      void once(this, () => this.#change(wanted, visit));
    });
  }

  async #change(wanted: string, visit: Visit): Promise<void> {
    const isHere = (): boolean => currentVisit() === visit;
    const pack = await openPackIn(wanted, visit.place, isHere);
    if (!isHere()) return;
    visit.pack = pack;
    showFirstView();
    const owner = pageData();
    // As the cover has it: then there is nothing to note, and it goes on changing with the cover.
    await keepNote(owner, NAMES.insideEntry, wanted === owner.language ? undefined : wanted).catch(() => undefined);
  }
}
