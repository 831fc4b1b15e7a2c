// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { aroundOf, type Around } from "../../../../pwa/inside/circle/look.ts";
import {
  finish,
  layDownCard,
  lookAfterCard,
  placesOf,
  takeBack,
  type Wanted,
} from "../../../../pwa/inside/circle/inviting.ts";
import { type Card, loadCards, loadPairs } from "../../../../pwa/inside/circle/pairs.ts";
import type { Visit } from "../../../../pwa/inside/room.ts";
import { bytesOfName } from "../../../../pwa/shared/bytes.ts";
import type { Entry } from "../../../../pwa/vault/store.ts";
import { StoreInMemory } from "../store-in-memory.ts";
import { layOutRoom } from "../visiting.ts";
import { cheaply, CircleInMemory, Friend } from "./circle-in-memory.ts";

const WANTED: Wanted = {
  name: "Rosa",
  asks: { silence: true, company: true, noOfficers: true, hours: "before four" },
  notes: ["Call about the recipe", "Ask about the dog", "Do not call"],
  language: "en",
};

let store: StoreInMemory;
let circle: CircleInMemory;
let around: Around;
let friend: Friend;

/** A visit of its own, as after a phone that died. */
function comesIn(): Around {
  const place = { ...layOutRoom(), vault: store.asVault() };
  circle.server.listen();
  const visit = { place, pack: { format: 1, views: {}, countries: {}, words: [] } } as unknown as Visit;
  const found = aroundOf(visit);
  if (!found) throw new Error("locked");
  return found;
}

beforeEach(() => {
  vi.stubGlobal("navigator", {});
  store = new StoreInMemory();
  circle = new CircleInMemory();
  around = comesIn();
  friend = new Friend(circle);
});

async function made(): Promise<Entry<Card>> {
  const laid = await layDownCard(around, cheaply, WANTED);
  if (!laid.ok) throw new Error(laid.trouble);
  return laid.value;
}

const secretOf = ({ value }: Entry<Card>): Uint8Array<ArrayBuffer> => bytesOfName(value.secret ?? "");

async function looked(card: Entry<Card>): Promise<Entry<Card>> {
  const looking = await lookAfterCard(around, card);
  if (!looking.ok) throw new Error(looking.trouble);
  return looking.value;
}

async function comparing(): Promise<Entry<Card>> {
  const card = await made();
  await friend.says(true, secretOf(card));
  return looked(card);
}

describe("Asking somebody", () => {
  it("opens an account only now, and nothing readable leaves the phone", async () => {
    expect(circle.server.asked).toEqual([]);

    await made();

    expect(circle.server.whats()).toEqual(["POST /s/new", "POST /s/card"]);
    expect(circle.server.asked.map(({ text }) => text).join("")).not.toMatch(/Rosa|recipe|four/);
  });

  it("tells the friend what is asked, and no name", async () => {
    const card = await made();
    await friend.says(true, secretOf(card));

    expect(friend.asks).toEqual(WANTED.asks);
  });

  it("shows both phones the same four places, and only then makes a pair, whose notes the friend can open", async () => {
    const card = await comparing();

    expect(await placesOf(card)).toEqual(await friend.places());
    expect(circle.ties).toEqual([]);
    const finished = await finish(around, card);

    expect(finished).toMatchObject({ ok: true, value: { value: { side: "hers", name: "Rosa" } } });
    expect(await friend.reads(circle.ties[0]?.id ?? "")).toEqual(WANTED.notes);
    expect(await loadCards(store.asVault())).toEqual([]);
  });

  it("goes on where it was after the phone died at any step", async () => {
    const card = await made();
    await friend.says(true, secretOf(card));
    circle.server.answers.set("POST /s/card/show", () => new Response("", { status: 502 }));
    expect(await lookAfterCard(around, card)).toMatchObject({ ok: false });

    circle.server.answers.delete("POST /s/card/show");
    const shown = circle.cards.get(card.value.lookup);
    circle.server.answers.set("POST /s/card/show", (body) => {
      if (shown) shown.shown = (body as { shown: string }).shown;
      return new Response(null, { status: 204 });
    });
    around = comesIn();
    await around.load();
    const [kept] = around.cards("hers");
    if (!kept) throw new Error("it is lost");
    const again = await looked(kept);

    expect(again.value.state).toBe("compare");
    expect(await placesOf(again)).toEqual(await friend.places());
  });

  it("counts only the first answer: a server cannot try others until four words fit", async () => {
    const card = await comparing();
    const before = await placesOf(card);
    await friend.isImpersonated();

    expect(await placesOf(await looked(card))).toEqual(before);
  });

  it("shows other words on the two phones where somebody has answered in the friend's place", async () => {
    const card = await made();
    await friend.says(true, secretOf(card));
    await friend.isImpersonated();

    expect(await placesOf(await looked(card))).not.toEqual(await friend.places());
  });

  it("ends it where an answer was made by somebody who does not know the words", async () => {
    const card = await made();
    await friend.says(true, secretOf(card));
    const there = circle.cards.get(card.value.lookup);
    if (there) there.reply = "A".repeat(1366);

    expect((await looked(card)).value.state).toBe("over");
    expect(circle.cards.size).toBe(0);
  });

  it("hears a kind no, and an end of its time", async () => {
    const declined = await made();
    await friend.says(false, secretOf(declined));
    expect((await looked(declined)).value.state).toBe("declined");

    const expired = await made();
    circle.cards.delete(expired.value.lookup);
    expect((await looked(expired)).value.state).toBe("over");
  });

  it("finds the pair again whose answer was lost, and gives no other one its name", async () => {
    const fromElsewhere = circle.gives();
    const card = await comparing();
    circle.losesNextAnswer = true;

    expect(await finish(around, card)).toMatchObject({ ok: false });
    const [kept] = await loadCards(store.asVault());
    if (!kept) throw new Error("it is lost");
    const again = await finish(around, kept);

    expect(again.ok && again.value.value.id).not.toBe(fromElsewhere);
    expect((await loadPairs(store.asVault())).map(({ value }) => value.name)).toEqual(["Rosa"]);
  });

  it("names nobody where its time was over, although another phone has made a pair meanwhile", async () => {
    circle.gives();
    const card = await comparing();
    circle.cards.clear();

    expect(await finish(around, card)).toEqual({ ok: false, trouble: "nothing" });
    expect(await loadPairs(store.asVault())).toEqual([]);
  });

  it("takes it back at once, also without a network", async () => {
    const card = await made();
    circle.server.online = false;

    await takeBack(around, card);

    expect(await loadCards(store.asVault())).toEqual([]);
  });

  it("is told when there are as many as she may have", async () => {
    circle.wishes.most_buddies = 0;

    expect(await layDownCard(around, cheaply, WANTED)).toEqual({ ok: false, trouble: "refused" });
    expect(await loadCards(store.asVault())).toEqual([]);
  });
});
