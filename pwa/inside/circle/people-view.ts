// Those somebody looks out for: what they ask now, answers to it, and care for whoever looks out.

import type { Trouble } from "../../shared/asking.ts";
import type { CircleWishes } from "../../shared/circle-api.ts";
import { now } from "../../shared/clock.ts";
import { askingOf, type Asking } from "../asking/asking.ts";
import { askPermission, reachNow } from "../asking/reach.ts";
import { part, Rows, show } from "../keeping/rows.ts";
import { currentVisit, type Visit } from "../room.ts";
import { once, say } from "../said.ts";
import { CareForm } from "./care-form.ts";
import { pending, settle } from "./invite.ts";
import { aroundOf, type Around } from "./look.ts";
import { isTimeToRest, noteCalm, noteSeen, peopleOf, rename, say as sayTo, type Person } from "./people.ts";
import { PersonRow, type PersonActs } from "./person-row.ts";
import { TellForm } from "./tell-form.ts";
import type { Evidence } from "./tell-host.ts";

const CANNOT = 3;

// Asked once for a visit.
const rested = new WeakSet<Visit>();

export class PeopleView extends HTMLElement {
  readonly #rows = new Rows(this);
  readonly #drawn = new Map<string, PersonRow>();
  readonly #unwatch: (() => void)[] = [];
  #people: readonly Person[] = [];
  #care: CareForm | undefined;
  #tell: TellForm | undefined;

  connectedCallback(): void {
    const visit = currentVisit();
    const around = aroundOf(visit);
    if (visit && around) void this.#begin(visit, around);
    else show(this, "[data-none]");
  }

  disconnectedCallback(): void {
    for (const stop of this.#unwatch.splice(0)) stop();
  }

  async #begin(visit: Visit, around: Around): Promise<void> {
    try {
      await around.load();
      if (!this.isConnected) return;
      this.#wire(visit, around);
      this.#unwatch.push(around.watch(() => void this.#draw(around).catch(() => undefined)));
      await this.#draw(around);
      await this.#look(visit, around);
    } catch {
      if (this.isConnected) show(this, "[data-unopened]");
    }
  }

  async #look(visit: Visit, around: Around): Promise<void> {
    const trouble = await around.refresh();
    await settle(around);
    const at = now().getTime();
    await noteSeen(around, await peopleOf(around), at);
    await noteCalm(around, await peopleOf(around));
    if (!this.isConnected) return;
    show(this, "[data-offline]", trouble !== undefined && around.pairs("theirs").length > 0);
    show(this, "[data-rest]", !rested.has(visit) && isTimeToRest(around.pairs("theirs"), at));
    await this.#lookAtReach(visit);
  }

  #wire(visit: Visit, around: Around): void {
    const wish = (changed: Partial<CircleWishes>): void => {
      this.#do(() => around.wish(changed), "kept");
    };
    this.#care = new CareForm(this, wish, (name) => {
      say(this, name);
    });
    part(this, "[data-rest-not]").addEventListener("click", () => {
      rested.add(visit);
      show(this, "[data-rest]", false);
    });
    this.#tell = new TellForm(this, around, (id) => this.#evidenceOf(id));
  }

  #do(act: () => Promise<Trouble | undefined>, then: string): void {
    void once(this, async () => {
      say(this, (await act()) ?? then);
    });
  }

  #acts(around: Around): PersonActs {
    return {
      say: (person, says) => {
        void once(this, async () => {
          const trouble = await sayTo(around, person.id, says);
          const done = says === CANNOT ? "handed" : "said";
          say(this, trouble === "later" ? "enough" : (trouble ?? done));
        });
      },
      agree: ({ id }) => {
        this.#do(() => around.agree(id), "agreed");
      },
      rename: (person, name) => {
        if (name === "") say(this, "no-name");
        else
          this.#do(async () => {
            await rename(around, person, name);
            return undefined;
          }, "kept");
      },
      // What the server could not be told yet, it is told on the next look: here it is over at once.
      stop: ({ id }) => {
        this.#do(async () => {
          await around.stop(id);
          return undefined;
        }, "stopped");
      },
    };
  }

  async #draw(around: Around): Promise<void> {
    const people = await peopleOf(around);
    if (!this.isConnected) return;
    this.#people = people;
    const isKnown = around.told !== undefined;
    const rows = people.map((person) => this.#row(around, person, isKnown).element);
    const list = part(this, "[data-people]");
    // Only where it differs: whoever is on one of them would lose their place.
    const isSame = rows.length === list.children.length && rows.every((row, at) => list.children[at] === row);
    if (!isSame) list.replaceChildren(...rows);
    show(this, "[data-none]", people.length === 0);
    show(this, "[data-some]", isKnown && people.length > 0);
    show(this, "[data-waits]", pending(around).length > 0);
    this.#care?.draw(around, this.closest<HTMLElement>("[lang]")?.lang ?? "en");
    this.#tell?.draw(people);
  }

  #row(around: Around, person: Person, isKnown: boolean): PersonRow {
    const row = this.#drawn.get(person.id) ?? new PersonRow(this.#rows.make("person"), person, this.#acts(around));
    this.#drawn.set(person.id, row);
    row.draw(person, isKnown);
    return row;
  }

  #evidenceOf(id: string): Evidence {
    const person = this.#people.find((each) => each.id === id);
    const times = person?.pair?.value.nudges?.map((at) => new Date(at).toISOString());
    return { note: person?.nudge?.note, times: times?.length ? times : undefined };
  }

  async #lookAtReach(visit: Visit): Promise<void> {
    const asking = askingOf(visit);
    if (!asking) return;
    part(this, "[data-here]").addEventListener("click", () => {
      // First of all: browsers let a page ask only within a tap.
      const asked = askPermission().catch(() => undefined);
      this.#do(async () => {
        await asked;
        return (await asking.reachHere()) === "on" ? asking.rehearse() : undefined;
      }, "tried");
    });
    part(this, "[data-try]").addEventListener("click", () => {
      this.#do(() => asking.rehearse(), "tried");
    });
    this.#unwatch.push(asking.watch(() => this.#drawReach(asking)));
    await asking.refresh();
    if (this.isConnected) this.#drawReach(asking);
  }

  #drawReach({ reach }: Asking): void {
    const here = reachNow();
    // Allowed once, for another cover or before: nothing has been set up for this phone's nudges yet.
    const state = reach ?? (here === "on" ? "ask" : here);
    for (const line of this.querySelectorAll<HTMLElement>("[data-reach]"))
      line.hidden = !line.dataset["reach"]?.split(" ").includes(state);
  }
}
