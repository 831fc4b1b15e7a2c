// Everybody who could be asked to reach out to her: what each would see, changed or stopped in place.

import type { Wishes } from "../../shared/api.ts";
import { putNotes, type HerTie } from "../../shared/circle-api.ts";
import { bytesOfName, nameOf } from "../../shared/bytes.ts";
import { sealNotes } from "../../vault/pairing.ts";
import type { Entry } from "../../vault/store.ts";
import { askingOf, type Asking } from "../asking/asking.ts";
import { part, Rows, show, write } from "../keeping/rows.ts";
import { currentVisit } from "../room.ts";
import { once, say } from "../said.ts";
import { HowForm } from "./how-form.ts";
import { openCard } from "./invite-view.ts";
import { aroundOf, type Around, type Went } from "./look.ts";
import { savePair, type Card, type Notes, type Pair } from "./pairs.ts";
import { dayOf, PersonCard, type CardAround } from "./person-card.ts";
import { TellForm } from "./tell-form.ts";
import type { Evidence } from "./tell-host.ts";

export class BuddiesView extends HTMLElement {
  #unwatch: (() => void)[] = [];
  readonly #people = new Map<string, PersonCard>();
  #how: HowForm | undefined;
  #tell: TellForm | undefined;
  #extras = "";

  connectedCallback(): void {
    const visit = currentVisit();
    const [around, asking] = [aroundOf(visit), askingOf(visit)];
    if (around && asking) void this.#begin(around, asking);
    else show(this, "[data-absent]");
  }

  disconnectedCallback(): void {
    for (const unwatch of this.#unwatch) unwatch();
  }

  async #begin(around: Around, asking: Asking): Promise<void> {
    try {
      await Promise.all([around.load(), asking.load()]);
    } catch {
      show(this, "[data-unopened]");
      return;
    }
    if (!this.isConnected) return;
    this.#wireHow(around, asking);
    this.#tell = new TellForm(this, around, (id) => this.#evidenceOf(around, id));
    const draw = (): void => this.#draw(around, asking);
    this.#unwatch = [around.watch(draw), asking.watch(draw)];
    draw();
    await this.#lookAgain(around, asking);
  }

  /** Whoever looks here wants to know how it is now; check-ins may have been changed on another phone. */
  async #lookAgain(around: Around, asking: Asking): Promise<void> {
    const [trouble] = await Promise.all([around.refresh(), asking.refresh()]).catch((): Went[] => ["offline"]);
    if (!this.isConnected) return;
    show(this, "[data-as-before]", trouble !== undefined && trouble !== "closed");
    if (trouble === "closed") say(this, "closed");
    this.#draw(around, asking);
  }

  #wireHow(around: Around, asking: Asking): void {
    const change = (changed: (wishes: Wishes) => Wishes): void => {
      const { wishes } = asking;
      if (wishes) void this.#do(() => asking.change(changed(wishes)), "kept");
    };
    this.#how = new HowForm(part(this, "[data-some]"), {
      nudge: (on) => change((wishes) => ({ ...wishes, nudge: on })),
      patience: (minutes) =>
        change((wishes) => ({ ...wishes, ladder: { ...wishes.ladder, patience_minutes: minutes } })),
      wish: (changed) => void this.#do(() => around.wish(changed), "kept"),
    });
  }

  /** Does one thing and says how it went. What was not done is drawn as it was. */
  async #do(act: () => Promise<Went>, then: string): Promise<void> {
    await once(this, async () => {
      say(this, (await act()) ?? then);
    });
    const visit = currentVisit();
    const [around, asking] = [aroundOf(visit), askingOf(visit)];
    if (this.isConnected && around && asking) this.#draw(around, asking);
  }

  #draw(around: Around, asking: Asking): void {
    show(this, "[data-open]");
    const { told } = around;
    const pairs = around.pairs("hers");
    const people: readonly (HerTie | undefined)[] = told?.hers ?? [];
    const known = told ? people : pairs.map(() => undefined);
    const ids = told ? told.hers.map(({ id }) => id) : pairs.map(({ value }) => value.id);
    const cards = around.cards("hers");
    const gone = told ? pairs.filter(({ value }) => !ids.includes(value.id)) : [];
    this.#drawPeople(around, asking, ids, known);
    this.#drawRest(around, cards, gone);
    const many = ids.length + cards.filter(({ value }) => ["waiting", "compare"].includes(value.state)).length;
    show(this, "[data-nobody]", ids.length === 0 && cards.length === 0);
    show(this, "[data-some]", ids.length > 0);
    show(this, "[data-resting]", told?.free === false);
    const isFull = told !== undefined && many >= Math.min(told.wishes.most_buddies, told.most.buddies);
    show(this, "[data-full]", isFull);
    show(this, "[data-ask]", !isFull);
    this.#how?.draw(asking.wishes, told && { wishes: told.wishes, most: told.most.buddies });
    this.#tell?.draw(ids.map((id) => ({ id, name: around.pairOf(id)?.value.name ?? "" })));
  }

  #evidenceOf(around: Around, id: string): Evidence {
    const { said, said_day } = around.told?.hers.find((tie) => tie.id === id) ?? {};
    const notes = around.pairOf(id)?.value.notes;
    const words = this.#phraseOf(said ?? 0);
    const day = dayOf(said_day ?? 0)
      .toISOString()
      .slice(0, "2026-11-27".length);
    return { notes: notes?.some(Boolean) ? notes : undefined, reply: words === undefined ? undefined : { words, day } };
  }

  #phraseOf(said: number): string | undefined {
    return this.querySelector(`[data-phrase="${said}"]`)?.textContent;
  }

  #drawPeople(around: Around, asking: Asking, ids: readonly string[], ties: readonly (HerTie | undefined)[]): void {
    for (const [id, card] of this.#people) {
      if (ids.includes(id)) continue;
      card.root.remove();
      this.#people.delete(id);
    }
    ids.forEach((id, at) => {
      const card = this.#people.get(id) ?? this.#makePerson(around, asking, id);
      card.draw(ties[at], around.pairOf(id));
    });
  }

  #makePerson(around: Around, asking: Asking, id: string): PersonCard {
    const card = new PersonCard(this.#cardAround(asking), {
      keep: (name, notes) => void this.#keep(around, id, name, notes),
      still: () => void this.#do(() => around.agree(id), "agreed"),
      stop: () => void this.#stop(around, id),
    });
    this.#people.set(id, card);
    part(this, "[data-people]").append(card.root);
    return card;
  }

  #cardAround(asking: Asking): CardAround {
    return {
      rows: new Rows(this),
      language: this.closest<HTMLElement>("[lang]")?.lang ?? "en",
      phraseOf: (said) => this.#phraseOf(said),
      asksQuietly: asking.quiet !== null,
    };
  }

  /** First where it counts: what is kept here is what they would see. */
  #keep(around: Around, id: string, name: string, notes: Notes): Promise<void> {
    return this.#do(async () => {
      const pair = around.pairOf(id);
      if (!pair) return "nothing";
      const sealed = nameOf(await sealNotes(bytesOfName(pair.value.key), notes));
      const put = await around.ask(() => putNotes(id, sealed));
      if (!put.ok) return put.trouble;
      const value: Pair = { ...pair.value, name: name || pair.value.name, notes };
      await savePair(around.vault, value, pair);
      await around.reload();
      return undefined;
    }, "kept");
  }

  async #stop(around: Around, id: string): Promise<void> {
    await once(this, async () => {
      const trouble = await around.stop(id);
      // Here it is done already; the server is told as soon as it can be.
      say(this, trouble === undefined || trouble === "closed" ? "stopped" : "stopping");
      this.closest("main")?.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
    });
  }

  /** Pairings on their way, and those that the server does not know any more. */
  #drawRest(around: Around, cards: readonly Entry<Card>[], gone: readonly Entry<Pair>[]): void {
    // What has not changed stays, and so does whatever is in focus there.
    const signs = [
      ...cards.map(({ value }) => value.lookup + value.state),
      ...gone.map(({ value }) => value.id),
    ].join();
    if (signs === this.#extras) return;
    this.#extras = signs;
    const rows = new Rows(this);
    for (const old of this.querySelectorAll("[data-people] > [data-extra]")) old.remove();
    const add = (name: string, row: HTMLElement): void => {
      row.dataset["extra"] = "";
      write(row, "[data-name]", name);
      part(this, "[data-people]").append(row);
    };
    for (const entry of cards) {
      const row = rows.make("card");
      for (const line of row.querySelectorAll<HTMLElement>("[data-state]"))
        line.hidden = !line.dataset["state"]?.split(" ").includes(entry.value.state);
      part(row, "[data-look]").addEventListener("click", () => openCard(entry.value.lookup));
      add(entry.value.name, row);
    }
    for (const entry of gone) {
      const row = rows.make("gone");
      part(row, "[data-take-off]").addEventListener("click", () => void this.#takeOff(around, entry.value.id));
      add(entry.value.name, row);
    }
  }

  /** Stopped here as well, so that it does not come back with a restored server. */
  #takeOff(around: Around, id: string): Promise<void> {
    return this.#do(() => around.stop(id), "gone");
  }
}
