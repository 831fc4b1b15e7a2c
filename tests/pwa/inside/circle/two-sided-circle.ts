// Cards and pairs as the host keeps them for both sides, beside the accounts of HostInMemory: fake in nothing but the network and its
// storage. It answers as server/routes/cards.py and circle.py do.
import { vi } from "vitest";
import type { CircleWishes } from "../../../../pwa/shared/circle-api.ts";
import type { HostInMemory } from "../../host-in-memory.ts";

interface Card {
  readonly account: string;
  content: string;
  guest?: string;
  reply?: string;
  shown?: string;
  declined?: boolean;
}

export interface Nudge {
  id: string;
  note: string | null;
  state: "open" | "handed" | "well";
  said: number[];
}

export interface Tie {
  readonly id: string;
  readonly account: string;
  readonly isHers: boolean;
  readonly card: string;
  peer: string;
  notes?: string;
  agree: boolean;
  nudge?: Nudge;
}

type Body = Readonly<Record<string, unknown>>;

const refused = (status: number, kind: string): Response => Response.json({ kind }, { status });
const done = (): Response => new Response(null, { status: 204 });
const BOX_LETTERS = 1366;

export const NO_WISHES: CircleWishes = {
  ...{ most_buddies: 5, most_people: 10, together: false, paused_until: null },
  ...{ zone: null, quiet_from: null, quiet_to: null },
};

export class TwoSidedCircle {
  readonly cards = new Map<string, Card>();
  ties: Tie[] = [];
  readonly reports: { id: unknown; content: string }[] = [];
  wishes: CircleWishes = NO_WISHES;
  reportKey: string | null = null;
  mostPeople = 10;
  /** What the next one of these is answered with, once; "lost" does it and loses the answer. */
  readonly faults = new Map<string, Response | "lost">();
  readonly asked: string[] = [];
  readonly #host: HostInMemory;
  #count = 0;

  constructor(host: HostInMemory) {
    this.#host = host;
  }

  /** After the host's own: whatever is not about cards and pairs goes on to it. */
  connect(): void {
    this.#host.connect();
    const onward = fetch;
    vi.stubGlobal("fetch", async (address: string, init: RequestInit = {}) => {
      const what = `${init.method ?? "GET"} ${address}`;
      if (!/^\/s\/(card|circle|report)/.test(address)) return onward(address, init);
      this.asked.push(what);
      await Promise.resolve();
      if (!this.#host.online) throw new TypeError("Failed to fetch");
      const fault = this.faults.get(what);
      this.faults.delete(what);
      if (fault instanceof Response) return fault;
      const answer = this.#answer(what, JSON.parse(typeof init.body === "string" ? init.body : "{}") as Body);
      if (fault === "lost") throw new TypeError("Failed to fetch");
      return answer;
    });
  }

  nudge(note: string | null, tie = this.theirs()): Nudge {
    tie.nudge = { id: this.#id("n"), note, state: "open", said: [] };
    return tie.nudge;
  }

  /** The guest's one end. */
  theirs(): Tie {
    const tie = this.ties.find(({ isHers }) => !isHers);
    if (!tie) throw new Error("no pair");
    return tie;
  }

  #id(letter: string): string {
    this.#count += 1;
    return String(this.#count).padStart(22, letter);
  }

  #answer(what: string, body: Body): Response {
    const lookup = String(body["lookup"]);
    const card = this.cards.get(lookup);
    const isOpen = card && card.guest === undefined && !card.declined;
    if (what === "POST /s/card/read")
      return isOpen ? Response.json({ content: card.content }) : refused(404, "nothing");
    if (what === "POST /s/card/pass") {
      if (isOpen) card.declined = true;
      return done();
    }
    const account = this.#host.sessions.get(this.#host.phone)?.account;
    if (account === undefined) return refused(401, "closed");
    return what.startsWith("POST /s/card")
      ? this.#card(what, account, lookup, card, body)
      : this.#circle(what, account, body);
  }

  #card(what: string, account: string, lookup: string, card: Card | undefined, body: Body): Response {
    if (what === "POST /s/card") {
      if (card) return refused(409, "full");
      this.cards.set(lookup, { account, content: String(body["content"]) });
      return done();
    }
    if (what === "POST /s/card/off") {
      if (card?.account === account) this.cards.delete(lookup);
      else if (card?.guest === account) this.cards.set(lookup, { ...card, declined: true, guest: "nobody" });
      return done();
    }
    if (!card) return refused(404, "nothing");
    const [isHers, isGuest] = [card.account === account, card.guest === account];
    if (what === "POST /s/card/take") return this.#take(card, account, String(body["reply"]));
    if (what === "POST /s/card/look") {
      if (!isHers && !isGuest) return refused(404, "nothing");
      if (isGuest) return Response.json({ state: "taken", reply: null, shown: card.shown ?? null });
      const state = card.declined ? "declined" : card.guest === undefined ? "waiting" : "taken";
      return Response.json({ state, reply: card.reply ?? null, shown: null });
    }
    if (!isHers || card.guest === undefined) return refused(404, "nothing");
    if (what === "POST /s/card/show") {
      card.shown ??= String(body["shown"]);
      return card.shown === body["shown"] ? done() : refused(404, "nothing");
    }
    const [hers, theirs] = [this.#id("h"), this.#id("t")];
    const both = { card: lookup, agree: false };
    this.ties.push({ ...both, id: hers, account, isHers: true, peer: theirs, notes: String(body["notes"]) });
    this.ties.push({ ...both, id: theirs, account: card.guest, isHers: false, peer: hers });
    this.cards.delete(lookup);
    return Response.json({ id: hers });
  }

  #take(card: Card, account: string, reply: string): Response {
    if (reply.length !== BOX_LETTERS) return refused(400, "unreadable");
    if (card.guest === account && card.reply === reply) return done();
    if (card.account === account || card.guest !== undefined || card.declined) return refused(404, "nothing");
    if (this.ties.filter((tie) => tie.account === account && !tie.isHers).length >= this.mostPeople)
      return refused(409, "full");
    card.guest = account;
    card.reply = reply;
    return done();
  }

  #circle(what: string, account: string, body: Body): Response {
    const own = this.ties.filter((tie) => tie.account === account);
    const tie = own.find(({ id }) => id === body["id"]);
    switch (what) {
      case "GET /s/circle":
        return Response.json({
          most: { buddies: 5, people: 10 },
          wishes: this.wishes,
          hers: own.filter(({ isHers }) => isHers).map(({ id, agree }) => ({ id, said: null, said_day: null, agree })),
          theirs: own
            .filter(({ isHers }) => !isHers)
            .map(({ id, card, agree, nudge }) => ({
              ...{ id, card, agree },
              nudge: nudge
                ? { id: nudge.id, note: nudge.note, state: nudge.state, said_today: nudge.said.length }
                : null,
            })),
          free: true,
          report: this.reportKey,
          pad: "",
        });
      case "PUT /s/circle":
        this.wishes = body as unknown as CircleWishes;
        return done();
      case "POST /s/circle/stop":
        this.ties = this.ties.filter((each) => each !== tie);
        return done();
      case "POST /s/circle/agree":
        if (tie) tie.agree = false;
        return done();
      case "POST /s/circle/say":
        if ((tie?.nudge?.said.length ?? 0) >= 3) return refused(429, "later");
        tie?.nudge?.said.push(Number(body["says"]));
        if (tie?.nudge && body["says"] === 3) tie.nudge.state = "handed";
        return done();
      case "POST /s/report":
        this.reports.push({ id: body["id"], content: String(body["content"]) });
        return done();
      default:
        return refused(404, "nothing");
    }
  }
}
