// The server as far as pairs go, reached by her phone; and somebody with another phone, who is asked. Fake in nothing
// but the network: the keys are the real ones.
import { bytesOfName, nameOf, type Bytes } from "../../../../pwa/shared/bytes.ts";
import type { Derive } from "../../../../pwa/vault/derive.ts";
import {
  agree,
  keysOfSecret,
  makeReply,
  openNote,
  openOffer,
  openReply,
  openShown,
  type Asks,
} from "../../../../pwa/vault/pairing.ts";
import { done, refused, said, ServerInMemory } from "../../server-in-memory.ts";
import { CHEAP, derive } from "../../vault/cheap-derive.ts";

export const cheaply: Derive = (secret, salt) => derive(secret, salt, CHEAP);

interface CardThere {
  content: string;
  reply: string | null;
  shown: string | null;
  state: "waiting" | "taken" | "declined";
}

interface TieThere {
  id: string;
  said: number | null;
  said_day: number | null;
  agree: boolean;
}

const BOX = 1024;

export class CircleInMemory {
  readonly server = new ServerInMemory();
  readonly cards = new Map<string, CardThere>();
  readonly notes = new Map<string, string>();
  ties: TieThere[] = [];
  most = { buddies: 5, people: 10 };
  wishes = {
    ...{ most_buddies: 5, most_people: 10, together: false },
    ...{ paused_until: null, zone: null, quiet_from: null, quiet_to: null },
  };
  free = true;
  reportKey: string | null = null;
  readonly reports: { id: string | null; content: string }[] = [];
  /** The next pair is made, and the answer to it is lost. */
  losesNextAnswer = false;
  #count = 0;

  constructor() {
    const { answers } = this.server;
    const lookupOf = (body: unknown): string => (body as { lookup: string }).lookup;
    const idOf = (body: unknown): string => (body as { id: string }).id;
    answers.set("POST /s/card", (body) => {
      if (this.ties.length + this.cards.size >= this.wishes.most_buddies) return refused(409, "full");
      const { content } = body as { content: string };
      this.cards.set(lookupOf(body), { content, reply: null, shown: null, state: "waiting" });
      return done();
    });
    answers.set("POST /s/card/look", (body) => {
      const card = this.cards.get(lookupOf(body));
      return card ? said({ state: card.state, reply: card.reply, shown: null }) : refused(404, "nothing");
    });
    answers.set("POST /s/card/show", (body) => {
      const card = this.cards.get(lookupOf(body));
      const { shown } = body as { shown: string };
      if (card?.state !== "taken" || (card.shown ?? shown) !== shown) return refused(404, "nothing");
      card.shown = shown;
      return done();
    });
    answers.set("POST /s/card/done", (body) => {
      const lookup = lookupOf(body);
      if (!this.cards.get(lookup)?.shown) return refused(404, "nothing");
      this.cards.delete(lookup);
      const id = this.gives();
      this.notes.set(id, (body as { notes: string }).notes);
      const isLost = this.losesNextAnswer;
      this.losesNextAnswer = false;
      return isLost ? new Response("", { status: 502 }) : said({ id });
    });
    answers.set("POST /s/card/off", (body) => {
      this.cards.delete(lookupOf(body));
      return done();
    });
    answers.set("GET /s/circle", () => {
      const { most, wishes, ties, free } = this;
      return said({ most, wishes, hers: ties, theirs: [], free, report: this.reportKey, pad: "" });
    });
    answers.set("PUT /s/circle", (body) => {
      this.wishes = body as typeof this.wishes;
      return done();
    });
    answers.set("POST /s/circle/stop", (body) => {
      this.ties = this.ties.filter(({ id }) => id !== idOf(body));
      return done();
    });
    answers.set("POST /s/circle/agree", (body) => {
      this.ties = this.ties.map((tie) => (tie.id === idOf(body) ? { ...tie, agree: false } : tie));
      return done();
    });
    answers.set("POST /s/report", (body) => {
      this.reports.push(body as { id: string | null; content: string });
      return done();
    });
    answers.set("POST /s/circle/notes", (body) => {
      this.notes.set(idOf(body), (body as { notes: string }).notes);
      return done();
    });
  }

  /** One more pair, as another phone of hers would make it. */
  gives(more: Partial<TieThere> = {}): string {
    this.#count += 1;
    const id = `tie${this.#count}`.padEnd(22, "_");
    this.ties.push({ id, said: null, said_day: null, agree: false, ...more });
    return id;
  }
}

/** Who was told eight words. */
export class Friend {
  readonly #circle: CircleInMemory;
  #lookup = "";
  #key: Bytes = new Uint8Array();
  #commit: Bytes = new Uint8Array();
  #end: Awaited<ReturnType<typeof makeReply>> | undefined;
  #pairKey: Bytes = new Uint8Array();
  asks: Asks | undefined;

  constructor(circle: CircleInMemory) {
    this.#circle = circle;
  }

  async says(yes: boolean, secret: Bytes): Promise<void> {
    const { lookup, key } = await keysOfSecret(secret, cheaply);
    const card = this.#circle.cards.get(lookup);
    if (!card) throw new Error("these words lead nowhere");
    const { asks, commit } = await openOffer(bytesOfName(card.content), key);
    [this.#lookup, this.#key, this.#commit, this.asks] = [lookup, key, commit, asks];
    if (!yes) {
      card.state = "declined";
      return;
    }
    this.#end = await makeReply(key);
    card.reply = nameOf(this.#end.content);
    card.state = "taken";
  }

  /** What stands on the friend's phone, to be said aloud. */
  async places(): Promise<readonly number[]> {
    const shown = this.#circle.cards.get(this.#lookup)?.shown;
    if (!shown || !this.#end) throw new Error("nothing is shown yet");
    const hers = await openShown(bytesOfName(shown), this.#key, this.#commit);
    const { publicKey, nonce, privateKey } = this.#end;
    const agreed = await agree({
      ...{ key: this.#key, lookup: this.#lookup, hers, theirs: { publicKey, nonce } },
      ownPrivate: privateKey,
    });
    this.#pairKey = agreed.pairKey;
    return agreed.places;
  }

  async reads(id: string): Promise<readonly (string | undefined)[]> {
    const boxes = bytesOfName(this.#circle.notes.get(id) ?? "");
    return Promise.all([0, 1, 2].map((at) => openNote(this.#pairKey, boxes.slice(at * BOX, (at + 1) * BOX))));
  }

  /** Whoever stands between the two answers with keys of their own. */
  async isImpersonated(): Promise<void> {
    const card = this.#circle.cards.get(this.#lookup);
    if (!card) throw new Error("no such card");
    const other = await makeReply(this.#key);
    await openReply(other.content, this.#key);
    card.reply = nameOf(other.content);
  }
}
