// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import {
  accept,
  fourPlaces,
  lookAfter,
  matched,
  openInvite,
  passOn,
  pending,
  readTyped,
  settle,
  stepBack,
} from "../../../../pwa/inside/circle/invite.ts";
import { lookAfterCard } from "../../../../pwa/inside/circle/inviting.ts";
import { pairOf } from "../../../../pwa/inside/circle/pairs.ts";
import { bytesOfName, nameOf } from "../../../../pwa/shared/bytes.ts";
import { makeReply, sealShown } from "../../../../pwa/vault/pairing.ts";
import { wordsOf } from "../../../../pwa/vault/recovery-words.ts";
import { wordList } from "../../vault/word-list.ts";
import { ASKS, cheap, TwoPeople } from "./two-people.ts";

const LIST = wordList("en");
let two: TwoPeople;

beforeEach(async () => {
  two = new TwoPeople();
  await two.keepWords();
});

describe("Eight typed words", () => {
  it("are read as they were made", async () => {
    await two.asks();

    expect(await readTyped((await wordsOf(two.secret, LIST)).join(" "), LIST)).toEqual(two.secret);
  });

  it.each([
    ["apple zzzz", "unknown"],
    ["about about", "eight"],
    ["about ".repeat(8), "closed"],
  ])("%j are told to be %s", async (typed, fault) => {
    const known = typed.replaceAll("about", LIST[0] ?? "").replace("apple", LIST[1] ?? "");

    expect(await readTyped(known, LIST)).toBe(fault);
  });
});

describe("Reading what is asked", () => {
  it("needs no account, and tells nobody", async () => {
    await two.asks();
    two.host.sessions.delete("theirs");

    expect((await two.opens()).asks).toEqual(ASKS);
    expect(two.host.sessions.has("theirs")).toBe(false);
    expect((await two.shows()) ?? "nothing to compare").toBe("nothing to compare");
  });

  it("says that it is over once taken back, used, or never made", async () => {
    await two.asks();
    two.circle.cards.clear();

    expect(await openInvite(two.secret, cheap, two.theirs)).toBe("over");
  });

  it("knows an invite of one's own", async () => {
    await two.asks();

    expect(await openInvite(two.secret, cheap, two.hers)).toBe("own");
  });

  it("says that there is no network, and works once there is", async () => {
    await two.asks();
    two.host.online = false;
    expect(await openInvite(two.secret, cheap, two.theirs)).toBe("offline");
    two.host.online = true;

    expect((await two.opens()).asks).toEqual(ASKS);
  });

  it("takes nothing that the words do not open", async () => {
    const card = await two.asks();
    const laid = two.circle.cards.get(card.value.lookup);
    if (laid) laid.content = "A".repeat(1366);

    expect(await openInvite(two.secret, cheap, two.theirs)).toBe("damaged");
  });

  it("turned down, it shows to whoever asked as no more than not right now", async () => {
    const card = await two.asks();

    expect((await passOn(await two.opens())).ok).toBe(true);

    two.takes("hers");
    const seen = await lookAfterCard(two.hers, card);
    expect(seen.ok && seen.value.value.state).toBe("declined");
    expect(two.circle.ties).toEqual([]);
  });
});

describe("After the yes", () => {
  it("both phones show the same four, and nothing is a pair until both have said so", async () => {
    await two.asks();
    await two.accepts();
    expect(await lookAfter(two.theirs, two.theirCard())).toBe("sent");
    const shown = await two.shows();
    expect(await lookAfter(two.theirs, two.theirCard())).toBe("compare");

    expect(await fourPlaces(two.theirCard())).toEqual(shown);
    expect(shown).toHaveLength(4);
    await matched(two.theirs, two.theirCard());
    expect(await lookAfter(two.theirs, two.theirCard())).toBe("agreed");
    expect(two.circle.ties).toEqual([]);

    await two.confirms();
    expect(await lookAfter(two.theirs, two.theirCard())).toBe("made");
    expect(two.theirs.cards("theirs")).toEqual([]);
    const [pair] = two.theirs.pairs("theirs");
    expect(pair?.value).toMatchObject({ name: "Ann", id: two.circle.theirs().id, asks: ASKS });
    expect(pair?.value.key).toBe(two.hers.pairs("hers")[0]?.value.key);
  });

  it("goes on where it was when the phone dies at any point", async () => {
    await two.asks();
    await two.accepts();
    await two.comesBack();
    await two.shows();
    expect(await lookAfter(two.theirs, two.theirCard())).toBe("compare");
    await two.comesBack();
    await two.confirms();

    await two.theirs.refresh();
    expect((await settle(two.theirs)).map(({ name }) => name)).toEqual(["Ann"]);
    expect(two.theirs.pairs("theirs")[0]?.value.key).toBe(two.hers.pairs("hers")[0]?.value.key);
  });

  it("an answer that is lost on its way back is no second yes", async () => {
    await two.asks();
    two.circle.faults.set("POST /s/card/take", "lost");
    const invite = await two.opens();
    expect(await accept(two.theirs, invite, "Ann")).toMatchObject({ trouble: "offline" });

    expect((await accept(two.theirs, invite, "Ann")).ok).toBe(true);
    expect(two.theirs.cards("theirs")).toHaveLength(1);
    expect((await two.shows())?.length).toBe(4);
  });

  it("a yes that never arrived is sent again by the next look", async () => {
    await two.asks();
    const invite = await two.opens();
    two.circle.faults.set("POST /s/card/take", new Response(null, { status: 503 }));
    await accept(two.theirs, invite, "Ann");

    expect(await lookAfter(two.theirs, two.theirCard())).toBe("sent");
    expect((await two.shows())?.length).toBe(4);
  });

  it("keeps nothing where another phone was quicker", async () => {
    const card = await two.asks();
    const invite = await two.opens();
    const laid = two.circle.cards.get(card.value.lookup);
    if (laid) laid.guest = "somebody else";

    expect(await accept(two.theirs, invite, "Ann")).toMatchObject({ trouble: "nothing" });
    expect(two.theirs.cards("theirs")).toEqual([]);
  });

  it("keeps nothing where there are as many people as there may be", async () => {
    await two.asks();
    two.circle.mostPeople = 0;

    expect(await accept(two.theirs, await two.opens(), "Ann")).toMatchObject({ trouble: "refused" });
    expect(two.theirs.cards("theirs")).toEqual([]);
  });

  it("stops where the other phone shows something else than it had committed to", async () => {
    await two.asks();
    await two.accepts();
    await two.shows();
    // Somebody between the two puts a half of their own in the place of hers
    const { key, lookup } = two.theirCard().value;
    const laid = two.circle.cards.get(lookup);
    if (laid) laid.shown = nameOf(await sealShown(await makeReply(bytesOfName(key)), bytesOfName(key)));

    expect(await lookAfter(two.theirs, two.theirCard())).toBe("wrong");
    expect(two.theirs.cards("theirs")).toEqual([]);
    expect(two.circle.cards.get(lookup)?.declined).toBe(true);
  });

  it("four words that differ end it on both sides, also where the other had confirmed already", async () => {
    await two.asks();
    await two.accepts();
    await two.shows();
    await lookAfter(two.theirs, two.theirCard());
    const card = two.theirCard();
    await two.confirms();

    await stepBack(two.theirs, card);

    expect(two.circle.ties.filter(({ isHers }) => !isHers)).toEqual([]);
    expect(two.theirs.pairs("theirs")).toEqual([]);
  });

  it("four words that differ end it without a network too, and the server is told when it can be", async () => {
    await two.asks();
    await two.accepts();
    await two.shows();
    await lookAfter(two.theirs, two.theirCard());
    two.host.online = false;
    await stepBack(two.theirs, two.theirCard());
    expect(pending(two.theirs)).toEqual([]);
    two.host.online = true;
    await two.confirms();

    await two.comesBack();
    await two.theirs.refresh();
    expect(await settle(two.theirs)).toEqual([]);

    expect(two.circle.ties.filter(({ isHers }) => !isHers)).toEqual([]);
    expect(two.theirs.cards("theirs")).toEqual([]);
    expect(two.theirs.pairs("theirs")).toEqual([]);
  });

  it("a day later it is over, and leaves nothing behind", async () => {
    await two.asks();
    await two.accepts();
    two.circle.cards.clear();

    expect(await lookAfter(two.theirs, two.theirCard())).toBe("over");
    expect(two.theirs.cards("theirs")).toEqual([]);
  });

  it("a pair that was made before its half came through is there without a key", async () => {
    await two.asks();
    await two.accepts();
    await two.shows();
    await two.confirms();

    expect(await lookAfter(two.theirs, two.theirCard())).toBe("made");
    expect(two.theirs.pairs("theirs")[0]?.value).toMatchObject({ name: "Ann", key: "" });
    expect(pairOf(two.theirs.pairs("theirs")[0]?.value)).toBeDefined();
  });
});
