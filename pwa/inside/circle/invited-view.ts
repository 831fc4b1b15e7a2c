// Eight words that somebody gave: what they ask, screen by screen, then yes or "not right now". Nothing is made on this
// phone or told to the server before the yes.

import { pageData } from "../../shell/page-data.ts";
import type { Bytes } from "../../shared/bytes.ts";
import { unknownWords, wordsOf } from "../../vault/recovery-words.ts";
import { askingOf } from "../asking/asking.ts";
import { askPermission, reachNow } from "../asking/reach.ts";
import { CodeForm, type CodeFault } from "../code-form.ts";
import { part, Rows } from "../keeping/rows.ts";
import { makePlace } from "../make-place.ts";
import { askToKeep, windowKind } from "../phone.ts";
import { currentVisit, type Visit } from "../room.ts";
import { fill, once, say, show } from "../said.ts";
import { accept, isInvite, openInvite, passOn, pending, readTyped, type Fault, type Invite } from "./invite.ts";
import { aroundOf } from "./look.ts";
import { showNudge } from "./nudge-card.ts";
import { PairingSteps } from "./pairing-steps.ts";

/** What somebody has come to, so that a look at another page loses nothing. Gone with the visit. */
interface Draft {
  secret: Bytes | undefined;
  invite: Invite | undefined;
  typed: string;
  called: string;
  step: string;
}

const drafts = new WeakMap<Visit, Draft>();
const CANNOT = "3";

export class InvitedView extends HTMLElement {
  #visit: Visit | undefined;
  #draft: Draft = { secret: undefined, invite: undefined, typed: "", called: "", step: "words" };
  #pairing: PairingSteps | undefined;

  connectedCallback(): void {
    const visit = currentVisit();
    if (!visit) return;
    // What lies within is brought to life after this element, unless asked for.
    customElements.upgrade(this);
    this.#visit = visit;
    this.#draft = drafts.get(visit) ?? this.#draft;
    drafts.set(visit, this.#draft);
    this.#pairing = new PairingSteps(this, (name) => this.#to(name));
    this.#wire();
    this.#practise();
    void once(this, () => this.#begin(visit));
  }

  disconnectedCallback(): void {
    this.#pairing?.rest();
    this.#draft.typed = this.#typed().value;
    this.#draft.called = this.#called().value;
    fill(this, "[data-word], [data-four], [data-numbers]", "");
  }

  #typed = (): HTMLTextAreaElement => part(this, "[data-typed]");
  #called = (): HTMLInputElement => part(this, "[data-called]");

  #wire(): void {
    this.#onSubmit("[data-words]", () => once(this, () => this.#openTyped()));
    this.#onSubmit("[data-decide]", () => this.#decide());
    for (const each of this.querySelectorAll<HTMLElement>("[data-to]"))
      each.addEventListener("click", () => {
        this.#to(each.dataset["to"] ?? "words");
      });
    part(this, "[data-not-now]").addEventListener("click", () => void once(this, () => this.#pass()));
    part(this, "[data-free]").addEventListener("click", () => void this.#keepWith(""));
    part(this, "[data-try]").addEventListener("click", () => void once(this, () => this.#tryReach()));
    for (const form of this.querySelectorAll(NAMES.codeForm))
      if (form instanceof CodeForm) form.onCode = (code) => this.#keepWith(code);
  }

  #onSubmit(selector: string, act: () => Promise<void>): void {
    part(this, selector).addEventListener("submit", (event) => {
      event.preventDefault();
      void act();
    });
  }

  #to(step: string): void {
    this.#draft.step = step;
    for (const each of this.querySelectorAll<HTMLElement>("[data-part]")) {
      each.hidden = each.dataset["part"] !== step;
      if (!each.hidden) each.focus();
    }
    say(this);
  }

  async #begin(visit: Visit): Promise<void> {
    this.#typed().value = this.#draft.typed;
    this.#called().value = this.#draft.called;
    const around = aroundOf(visit);
    await around?.load();
    if (!this.isConnected) return;
    const given = visit.place.takeInvite();
    if (given) {
      await this.#open(given);
      return;
    }
    if (this.#draft.invite) {
      this.#drawInvite(this.#draft.invite);
      this.#to(this.#draft.step);
      return;
    }
    const [only, ...more] = around ? pending(around) : [];
    if (around && only && more.length === 0) await this.#pairing?.goOn(around, only.value.lookup);
    else this.#showPending();
  }

  /** More than one person may have asked within a day. */
  #showPending(): void {
    const around = aroundOf(this.#visit);
    const cards = around ? pending(around) : [];
    const rows = new Rows(this);
    const list = part(this, "[data-pending-list]");
    list.replaceChildren(
      ...cards.map(({ value }) => {
        const row = rows.make("pending");
        fill(row, "[data-name]", value.name);
        row.addEventListener("click", () => {
          if (around) void once(this, async () => this.#pairing?.goOn(around, value.lookup));
        });
        return row;
      }),
    );
    show(this, "[data-pending]", cards.length > 0);
    say(this);
  }

  async #openTyped(): Promise<void> {
    const { pack } = this.#visit ?? {};
    if (!pack) return;
    const { value } = this.#typed();
    fill(this, "[data-unknown]", unknownWords(value, pack.words).join(", "));
    const read = await readTyped(value, pack.words);
    if (typeof read === "string") this.#sayFault(read);
    else await this.#open(read);
  }

  async #open(secret: Bytes): Promise<void> {
    const visit = this.#visit;
    if (!visit) return;
    const found = await openInvite(secret, visit.place.derive, aroundOf(visit));
    if (!this.isConnected) return;
    if (!isInvite(found)) {
      // What a link brought stands here as words, to try again with.
      this.#typed().value ||= (await wordsOf(secret, visit.pack.words)).join(" ");
      this.#sayFault(found);
      return;
    }
    this.#draft.secret = secret;
    this.#draft.invite = found;
    this.#drawInvite(found);
    this.#to("asked");
  }

  /** "closed" of the words is that they do not go together; of the server, that this phone is not signed in. */
  #sayFault(fault: Fault): void {
    say(this, fault === "closed" ? "words" : fault);
  }

  #drawInvite({ asks }: Invite): void {
    for (const line of this.querySelectorAll<HTMLElement>("[data-asks]")) {
      const asked = asks[line.dataset["asks"] as keyof typeof asks];
      line.hidden = asked === undefined || asked === false || asked === "";
    }
    fill(this, "[data-good-time]", asks.hours ?? "");
    fill(this, "[data-cover]", document.title);
    fill(this, "[data-example]", pageData().example);
    const push = windowKind() === "apple" ? "apple" : reachNow();
    for (const line of this.querySelectorAll<HTMLElement>("[data-push]"))
      line.hidden = !line.dataset["push"]?.split(" ").includes(push);
  }

  /** The same card as when it is real; its buttons change nothing but the card. */
  #practise(): void {
    const box = part(this, "[data-practice]");
    const card = part(box, "[data-nudge]");
    const { fromName: name = "", sample: note } = box.dataset;
    showNudge(card, { name, note, state: "open" });
    for (const button of card.querySelectorAll<HTMLElement>("[data-says]"))
      button.addEventListener("click", () => {
        showNudge(card, { name, note, state: button.dataset["says"] === CANNOT ? "handed" : "open" });
        show(this, "[data-tried]", true);
      });
  }

  async #pass(): Promise<void> {
    const { invite } = this.#draft;
    const passed = invite && (await passOn(invite));
    if (!passed?.ok) {
      say(this, passed?.trouble ?? "failed");
      return;
    }
    this.#forgetInvite();
    this.#to("declined");
  }

  #forgetInvite(): void {
    this.#draft.invite = undefined;
    this.#draft.secret = undefined;
    this.#typed().value = "";
    this.#called().value = "";
  }

  async #decide(): Promise<void> {
    const { invite, secret } = this.#draft;
    const visit = this.#visit;
    if (!visit || !invite) return;
    if (this.#called().value.trim() === "") {
      say(this, "no-name");
      this.#called().focus();
      return;
    }
    if (visit.place.vault.isOpen()) {
      await this.#accept(visit, invite);
      return;
    }
    if (windowKind() !== "apple") {
      this.#to("keep");
      return;
    }
    // Safari keeps nothing in common with the app on the home screen: there the words are typed again.
    const words = secret ? await wordsOf(secret, visit.pack.words) : [];
    this.querySelectorAll("[data-word]").forEach((spot, at) => {
      spot.textContent = words[at] ?? "";
    });
    this.#to("apple");
  }

  /** An empty code makes a place to keep things without one. */
  async #keepWith(code: string): Promise<CodeFault | undefined> {
    const visit = this.#visit;
    const { invite } = this.#draft;
    if (!visit || !invite) return undefined;
    const asked = askPermission().catch(() => undefined);
    await once(this, async () => {
      const { place } = visit;
      if ((await place.vault.kind()) === "absent") {
        if (!(await makePlace(visit, code))) return;
        void askToKeep();
      }
      await this.#sayYes(visit, invite, asked);
    });
    return this.#draft.invite ? "refused" : undefined;
  }

  async #accept(visit: Visit, invite: Invite): Promise<void> {
    // First of all: browsers let a page ask only within a tap.
    const asked = askPermission().catch(() => undefined);
    await once(this, () => this.#sayYes(visit, invite, asked));
  }

  async #sayYes(visit: Visit, invite: Invite, asked: Promise<unknown>): Promise<void> {
    const around = aroundOf(visit);
    if (!around) return;
    await around.load();
    const done = await accept(around, invite, this.#called().value.trim());
    if (!this.isConnected) return;
    if (!done.ok) {
      this.#to("decide");
      say(this, done.trouble === "refused" ? "limit" : done.trouble);
      return;
    }
    this.#forgetInvite();
    // Beside all else: a push service may take its time, and nobody has to wait for it.
    void asked.then(() => this.#setUpReach(visit)).catch(() => undefined);
    await this.#pairing?.goOn(around, invite.lookup);
  }

  /** A rehearsal comes at once. Where pushes do not come, the nudge is there all the same when the door is opened. */
  async #setUpReach(visit: Visit): Promise<void> {
    const asking = askingOf(visit);
    if (!asking) return;
    await asking.refresh();
    if ((await asking.reachHere()) !== "on") return;
    await asking.rehearse();
    if (this.isConnected) show(this, "[data-try]", true);
  }

  async #tryReach(): Promise<void> {
    say(this, (await askingOf(this.#visit)?.rehearse()) ?? "tried");
  }
}
