// What docs/PAIRING.md promises: two phones end with one key and four words, or whoever changed anything shows.
import { afterEach, describe, expect, it, vi } from "vitest";
import { joined, nameOf, randomBytes, type Bytes } from "../../../pwa/shared/bytes.ts";
import { sealPadded } from "../../../pwa/vault/padded.ts";
import {
  agree,
  keysOfSecret,
  linkFragment,
  makeOffer,
  makeReply,
  NOTE_CHARACTERS,
  openNote,
  openOffer,
  openReply,
  openShown,
  readFragment,
  sealNotes,
  sealShown,
} from "../../../pwa/vault/pairing.ts";
import { readWords, wordsOf } from "../../../pwa/vault/recovery-words.ts";
import { part, rootFrom } from "../../../pwa/vault/stretched-keys.ts";
import { ASKS, offering, paired, quick } from "./two-phones.ts";
import { wordList } from "./word-list.ts";

const BOX = 1024;

function changed(bytes: Bytes, at: number): Bytes {
  return bytes.map((byte, place) => (place === at ? byte ^ 1 : byte));
}

/** A box as somebody with the key could make it, of whatever is inside. */
async function boxOf(inside: unknown, key: Bytes, purpose: string, size = BOX): Promise<Bytes> {
  return sealPadded(await part(await rootFrom(key), purpose, 32), inside, [size]);
}

const commitTo = async (...parts: readonly Bytes[]): Promise<string> =>
  nameOf(new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts))));

afterEach(() => {
  vi.restoreAllMocks();
});

describe("Two phones", () => {
  it("end with the same key and the same four words, and another time with others", async () => {
    const first = await paired(await offering());
    const second = await paired(await offering());

    expect(first.hers).toEqual(first.theirs);
    expect(first.hers.pairKey).toHaveLength(32);
    for (const place of first.hers.places) expect(place).toSatisfy((at: number) => at >= 0 && at < 2048);
    expect(second.hers.pairKey).not.toEqual(first.hers.pairKey);
    expect(second.hers.places).not.toEqual(first.hers.places);
  });

  it("show what she asks for, and in which language she reads", async () => {
    const hers = await makeOffer({ silence: false, company: true, noOfficers: false }, "es", quick);

    const offer = await openOffer(hers.content, hers.key);

    expect(offer.asks).toEqual({ silence: false, company: true, noOfficers: false });
    expect(offer.language).toBe("es");
  });

  it("have four words out of all that was exchanged: any other byte, other words", async () => {
    const [hers, key] = [await offering(), randomBytes(32)];
    const theirs = await makeReply(key);
    const ends = { key, lookup: hers.lookup, hers, theirs, ownPrivate: theirs.privateKey };
    const other = await makeReply(key);
    const places = (changes: Partial<typeof ends>): Promise<string> =>
      agree({ ...ends, ...changes }).then((agreed) => agreed.places.join(" "));

    const all = await Promise.all([
      places({}),
      places({ key: changed(key, 31) }),
      places({ lookup: `${hers.lookup.slice(1)}A` }),
      places({ hers: { ...hers, nonce: changed(hers.nonce, 0) } }),
      places({ hers: { ...hers, publicKey: other.publicKey } }),
      places({ theirs: { ...theirs, nonce: changed(theirs.nonce, 31) } }),
    ]);

    expect(new Set(all).size).toBe(all.length);
  });

  it("have no other words where a key was one's own or the other's: roles do not change places", async () => {
    const [hers, theirs] = [await offering(), await makeReply(randomBytes(32))];
    const { key, lookup } = hers;
    const one = await agree({ key, lookup, hers, theirs, ownPrivate: hers.privateKey });

    const turned = await agree({ key, lookup, hers: theirs, theirs: hers, ownPrivate: hers.privateKey });

    expect(turned.places).not.toEqual(one.places);
    expect(turned.pairKey).not.toEqual(one.pairKey);
  });
});

describe("Whoever carries the boxes, without the words,", () => {
  it.each(["offer", "reply", "shown"] as const)("changes nothing in the %s unnoticed", async (step) => {
    for (const at of [0, 1, 12, 13, 500, BOX - 1]) {
      const carrying = paired(await offering(), { [step]: (content: Bytes) => changed(content, at) });

      await expect(carrying).rejects.toMatchObject({ name: "Error", code: at === 0 ? "damaged" : "wrong" });
    }
  });

  it.each(["offer", "reply", "shown"] as const)("gets no %s of another pair believed", async (step) => {
    const other = await offering();
    const box = {
      offer: other.content,
      reply: (await makeReply(other.key)).content,
      shown: await sealShown(other, other.key),
    };

    const carrying = paired(await offering(), { [step]: () => box[step] });

    await expect(carrying).rejects.toMatchObject({ code: "wrong" });
  });

  it("cannot give one box in the place of another: each has a key of its own", async () => {
    const hers = await offering();
    const { commit } = await openOffer(hers.content, hers.key);
    const shown = await sealShown(hers, hers.key);
    const theirs = await makeReply(hers.key);

    await expect(openReply(shown, hers.key)).rejects.toMatchObject({ code: "wrong" });
    await expect(openShown(theirs.content, hers.key, commit)).rejects.toMatchObject({ code: "wrong" });
    await expect(openOffer(theirs.content, hers.key)).rejects.toMatchObject({ code: "wrong" });
    expect(await openNote(hers.key, shown)).toBeUndefined();
  });

  it("sees boxes of one size, whatever is asked for or written", async () => {
    const least = await makeOffer({ silence: false, company: false, noOfficers: false }, "en", quick);
    const most = await makeOffer({ ...ASKS, hours: "م".repeat(120) }, "zh-Hant", quick);
    const reply = await makeReply(least.key);
    const boxes = [least.content, most.content, reply.content, await sealShown(least, least.key)];
    const empty = await sealNotes(randomBytes(32), ["", "", ""]);
    const full = await sealNotes(randomBytes(32), ["語".repeat(NOTE_CHARACTERS), "\n".repeat(NOTE_CHARACTERS), ""]);

    expect(boxes.map((box) => box.length)).toEqual([BOX, BOX, BOX, BOX]);
    expect([empty.length, full.length]).toEqual([3 * BOX, 3 * BOX]);
  });

  it("sees no box twice, though the same is sealed", async () => {
    const hers = await offering();
    const notes = await sealNotes(hers.key, ["same", "same", "same"]);

    expect(await sealShown(hers, hers.key)).not.toEqual(await sealShown(hers, hers.key));
    expect(new Set([0, 1, 2].map((at) => nameOf(notes.slice(at * BOX, (at + 1) * BOX)))).size).toBe(3);
  });
});

describe("Whoever carries the boxes and has the words,", () => {
  it("ends with other words on the two phones, in every one of many tries", async () => {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const hers = await offering();
      const toBuddy = await makeOffer(ASKS, "en", quick);
      const commit = await commitTo(toBuddy.publicKey, toBuddy.nonce, asksBytes());
      const toHer = await makeReply(hers.key);

      const ends = await paired(hers, {
        offer: () => boxOf({ v: 1, commit, language: "en", asks: ASKS }, hers.key, "offer 1"),
        reply: () => toHer.content,
        shown: () => sealShown(toBuddy, hers.key),
      });

      expect(ends.hers.places).not.toEqual(ends.theirs.places);
      expect(ends.hers.pairKey).not.toEqual(ends.theirs.pairKey);
    }
  });

  it("cannot keep her commitment and show the buddy another key", async () => {
    const hers = await offering();
    const own = await makeReply(hers.key);

    const carrying = paired(hers, { shown: () => sealShown(own, hers.key) });

    await expect(carrying).rejects.toMatchObject({ code: "wrong" });
  });

  it("cannot commit to one key and show hers", async () => {
    const hers = await offering();
    const own = await makeReply(hers.key);
    const commit = await commitTo(own.publicKey, own.nonce, asksBytes());

    const carrying = paired(hers, {
      offer: () => boxOf({ v: 1, commit, language: "en", asks: ASKS }, hers.key, "offer 1"),
    });

    await expect(carrying).rejects.toMatchObject({ code: "wrong" });
  });

  it("cannot try nonce after nonce until the words fit: what is shown must be what was committed to", async () => {
    const hers = await offering();
    const { commit } = await openOffer(hers.content, hers.key);

    const other = await sealShown({ publicKey: hers.publicKey, nonce: changed(hers.nonce, 5) }, hers.key);

    await expect(openShown(other, hers.key, commit)).rejects.toMatchObject({ code: "wrong" });
  });

  it.each([
    { ...ASKS, noOfficers: false },
    { ...ASKS, company: true },
    { ...ASKS, hours: "at any time" },
  ])("cannot have her ask for something else: %j", async (asks) => {
    const hers = await offering();
    const kept = await openOffer(hers.content, hers.key);
    const commit = nameOf(kept.commit.slice(0, 32));

    const carrying = paired(hers, {
      offer: () => boxOf({ v: 1, commit, language: "en", asks }, hers.key, "offer 1"),
    });

    await expect(carrying).rejects.toMatchObject({ code: "wrong" });
  });

  it("cannot send her own key back to her", async () => {
    const hers = await offering();
    const mirror = await boxOf(
      { v: 1, publicKey: nameOf(hers.publicKey), nonce: nameOf(hers.nonce) },
      hers.key,
      "reply 1",
    );

    await expect(paired(hers, { reply: () => mirror })).rejects.toMatchObject({ code: "damaged" });
  });

  it("cannot hand over a key that is no point of the curve", async () => {
    const hers = await offering();
    const nowhere = Uint8Array.from({ length: 65 }, (_, at) => (at === 0 ? 4 : 1));
    const reply = await boxOf({ v: 1, publicKey: nameOf(nowhere), nonce: nameOf(hers.nonce) }, hers.key, "reply 1");

    await expect(paired(hers, { reply: () => reply })).rejects.toMatchObject({ code: "damaged" });
  });

  /** As docs/PAIRING.md says, for ASKS. */
  function asksBytes(): Bytes {
    return joined(Uint8Array.of(1 + 4), new TextEncoder().encode(`en\0${ASKS.hours ?? ""}`));
  }
});

describe("What is not ours", () => {
  it("is refused when it is of a later version, outside or inside", async () => {
    const { key, content } = await offering();
    const inside = { commit: nameOf(randomBytes(32)), language: "en", asks: ASKS };

    const outer = content.map((byte, at) => (at === 0 ? 2 : byte));
    await expect(openOffer(outer, key)).rejects.toMatchObject({ code: "newer" });
    await expect(openOffer(await boxOf({ v: 2, ...inside }, key, "offer 1"), key)).rejects.toMatchObject({
      code: "newer",
    });
    for (const purpose of ["reply 1", "shown 1"]) {
      const later = await boxOf({ v: 2 }, key, purpose);
      const opening = purpose === "reply 1" ? openReply(later, key) : openShown(later, key, new Uint8Array(32));
      await expect(opening).rejects.toMatchObject({ code: "newer" });
    }
    expect(await openNote(key, await boxOf({ v: 2, text: "later" }, key, "note 1"))).toBeUndefined();
  });

  it.each([
    null,
    7,
    [],
    {},
    { v: 1 },
    { v: "1", commit: nameOf(new Uint8Array(32)), language: "en", asks: ASKS },
    { v: 0, commit: nameOf(new Uint8Array(32)), language: "en", asks: ASKS },
    { v: 1, commit: nameOf(new Uint8Array(31)), language: "en", asks: ASKS },
    { v: 1, commit: "no base64!", language: "en", asks: ASKS },
    { v: 1, commit: nameOf(new Uint8Array(32)), language: "<b>", asks: ASKS },
    { v: 1, commit: nameOf(new Uint8Array(32)), language: "en", asks: null },
    { v: 1, commit: nameOf(new Uint8Array(32)), language: "en", asks: { ...ASKS, silence: "yes" } },
    { v: 1, commit: nameOf(new Uint8Array(32)), language: "en", asks: { ...ASKS, hours: "x".repeat(121) } },
    { v: 1, commit: nameOf(new Uint8Array(32)), language: "en", asks: { ...ASKS, hours: 6 } },
  ])("is refused when an offer's inside is not what it must be: %j", async (inside) => {
    const key = randomBytes(32);

    await expect(openOffer(await boxOf(inside, key, "offer 1"), key)).rejects.toMatchObject({ code: "damaged" });
  });

  it("is refused when it is of another size", async () => {
    const key = randomBytes(32);
    const inside = { v: 1, publicKey: nameOf(randomBytes(65)), nonce: nameOf(randomBytes(32)) };

    for (const size of [512, 1023, 2048]) {
      await expect(openReply(await boxOf(inside, key, "reply 1", size), key)).rejects.toMatchObject({
        code: "damaged",
      });
    }
    await expect(openReply(new Uint8Array(), key)).rejects.toMatchObject({ code: "damaged" });
  });

  it("makes no pair with a private key that is neither end's", async () => {
    const [hers, theirs, other] = [await offering(), await makeReply(randomBytes(32)), await offering()];
    const { key, lookup } = hers;

    await expect(agree({ key, lookup, hers, theirs, ownPrivate: other.privateKey })).rejects.toMatchObject({
      code: "damaged",
    });
    await expect(agree({ key, lookup, hers, theirs, ownPrivate: randomBytes(138) })).rejects.toMatchObject({
      code: "damaged",
    });
  });

  it("is not sent: hours longer than the box is meant for", async () => {
    await expect(makeOffer({ ...ASKS, hours: "x".repeat(121) }, "en", quick)).rejects.toMatchObject({
      code: "too-big",
    });
  });
});

describe("Notes", () => {
  it("open on the other phone, each its own, empty ones too", async () => {
    const { hers, theirs } = await paired(await offering());
    const texts = ["call me about the recipe", "", "¿Vienes a por el pan?\nGracias 🌱"] as const;

    const notes = await sealNotes(hers.pairKey, texts);

    for (const [at, text] of texts.entries()) {
      expect(await openNote(theirs.pairKey, notes.slice(at * BOX, (at + 1) * BOX))).toBe(text);
    }
  });

  it("open with no other key, not when changed, and not the three in one", async () => {
    const key = randomBytes(32);
    const notes = await sealNotes(key, ["one", "two", "three"]);
    const box = notes.slice(0, BOX);

    expect(await openNote(randomBytes(32), box)).toBeUndefined();
    expect(await openNote(key, changed(box, 100))).toBeUndefined();
    expect(await openNote(key, notes)).toBeUndefined();
    expect(await openNote(key, new Uint8Array())).toBeUndefined();
  });

  it.each(["x", "語", "🌱".slice(0, 1), "\n"])("are not sealed when they are too long: %j", async (letter) => {
    const long = letter.repeat(NOTE_CHARACTERS + 1);

    await expect(sealNotes(randomBytes(32), ["", long, ""])).rejects.toMatchObject({ code: "too-big" });
  });

  it("hold as many characters as a field counts, in any script", async () => {
    const key = randomBytes(32);
    for (const letter of ["x", "ñ", "م", "語", "\n", '"', "🌱"]) {
      const text = letter.repeat(NOTE_CHARACTERS / letter.length);

      expect(await openNote(key, (await sealNotes(key, [text, "", ""])).slice(0, BOX))).toBe(text);
    }
  });
});

describe("Keys", () => {
  it("are imported so that no script can read them back", async () => {
    const imported = vi.spyOn(crypto.subtle, "importKey");

    const { hers } = await paired(await offering());
    await sealNotes(hers.pairKey, ["one", "two", "three"]);

    expect(imported.mock.calls.length).toBeGreaterThan(10);
    for (const [, , , isExtractable] of imported.mock.calls) expect(isExtractable).toBe(false);
  });

  it("leave nothing of what they were made from: stretched words and the shared point are written over", async () => {
    const stretched: Bytes[] = [];
    const points: Bytes[] = [];
    const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
    const seen = vi.spyOn(crypto.subtle, "deriveBits").mockImplementation(async (how, ...rest) => {
      const bits = await derive(how, ...rest);
      if ((how as { name: string }).name === "ECDH") points.push(new Uint8Array(bits));
      return bits;
    });
    const keys = await keysOfSecret(randomBytes(10), async (secret, salt, cost) => {
      const bytes = await quick(secret, salt, cost);
      stretched.push(bytes);
      return bytes;
    });
    const [hers, theirs] = [await offering(), await makeReply(keys.key)];

    await agree({ ...keys, hers, theirs, ownPrivate: hers.privateKey });

    expect(seen).toHaveBeenCalled();
    expect(stretched).toEqual([new Uint8Array(32)]);
    // The first tells whose the private key is, the last is what the two share.
    expect(points.at(-1)).toEqual(new Uint8Array(32));
  });
});

describe("The words and the link", () => {
  it("lead to the same keys", async () => {
    const hers = await offering();
    const words = (await wordsOf(hers.secret, wordList("es"))).join(" ");

    const typed = await readWords(words.toUpperCase(), wordList("es"));
    const linked = readFragment(`#${linkFragment(hers.secret)}`);

    expect(typed).toEqual(hers.secret);
    expect(linked).toEqual(hers.secret);
    expect(await keysOfSecret(typed ?? new Uint8Array(), quick)).toEqual({ lookup: hers.lookup, key: hers.key });
  });

  it("are taken in no other language than they were said in", async () => {
    for (let round = 0; round < 50; round += 1) {
      const words = (await wordsOf(randomBytes(10), wordList("en"))).join(" ");

      expect(await readWords(words, wordList("es"))).toBeUndefined();
    }
  });

  it("lead to a lookup that tells nothing of the key", async () => {
    const { lookup, key } = await offering();

    expect(lookup).toMatch(/^[\w-]{22}$/);
    expect(nameOf(key)).not.toContain(lookup.slice(0, 8));
  });

  it("are 14 letters after the #, whatever was drawn", () => {
    for (const secret of [new Uint8Array(10), new Uint8Array(10).fill(255), randomBytes(10)]) {
      expect(linkFragment(secret)).toMatch(/^[\w-]{14}$/);
      expect(readFragment(linkFragment(secret))).toEqual(secret);
    }
  });

  it.each([
    "",
    "#",
    "#top",
    "#AAAAAAAAAAAAA",
    "#AAAAAAAAAAAAAAA",
    "#AAAAAAAAAAAAA!",
    "#AAAAAAAAAAAAA_",
    "##AAAAAAAAAAAAAA",
  ])("are not read into what else may stand in an address: %j", (hash) => {
    expect(readFragment(hash)).toBeUndefined();
  });
});
