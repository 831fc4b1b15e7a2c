// What docs/PAIRING.md says, held against another program (tests/pairing.py); `vitest run -u` writes the fixture anew.
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { bytesOfName, nameOf, type Bytes } from "../../../pwa/shared/bytes.ts";
import {
  agree,
  keysOfSecret,
  makeOffer,
  makeReply,
  openNote,
  openOffer,
  openReply,
  openShown,
  sealNotes,
  sealShown,
} from "../../../pwa/vault/pairing.ts";
import { wordsOf } from "../../../pwa/vault/recovery-words.ts";
import { derive } from "./cheap-derive.ts";
import { wordList } from "./word-list.ts";

const ASKS = { silence: true, company: true, noOfficers: true, hours: "después de las seis" };
const NOTES = ["Call me about the recipe.", "", "Two lines,\n¿qué? 🌱"] as const;
const CURVE = { name: "ECDH", namedCurve: "P-256" };

/** P-256 keys whose private numbers are all ones and all twos, as PKCS8. */
const PRIVATE = { hers: pkcs8Of(1), theirs: pkcs8Of(2) };

function pkcs8Of(byte: number): Bytes {
  const head = "MEECAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEJzAlAgEBBCA=";
  return Uint8Array.from([...Buffer.from(head, "base64"), ...new Uint8Array(32).fill(byte)]);
}

async function pairOf(pkcs8: Bytes): Promise<CryptoKeyPair> {
  const privateKey = await crypto.subtle.importKey("pkcs8", pkcs8, CURVE, true, ["deriveBits"]);
  const { x, y } = await crypto.subtle.exportKey("jwk", privateKey);
  const point = { kty: "EC", crv: "P-256", x: x ?? "", y: y ?? "" };
  return { privateKey, publicKey: await crypto.subtle.importKey("jwk", point, CURVE, true, []) };
}

/** Every draw is told apart from every other, and the same each time the fixture is made. */
function drawInOrder(): void {
  let drawn = 0;
  vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => {
    drawn += 1;
    if (array instanceof Uint8Array) array.forEach((_, at) => (array[at] = drawn * 16 + at));
    return array;
  });
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("A pair", () => {
  it("comes about as docs/PAIRING.md says, at the cost that it says", async () => {
    drawInOrder();
    const generated = vi.spyOn(crypto.subtle, "generateKey");
    generated.mockResolvedValueOnce(await pairOf(PRIVATE.hers));
    generated.mockResolvedValueOnce(await pairOf(PRIVATE.theirs));

    const hers = await makeOffer(ASKS, "es", derive);
    const theirs = await makeReply(hers.key);
    const { key, lookup } = hers;
    const { pairKey, places } = await agree({ key, lookup, hers, theirs, ownPrivate: hers.privateKey });
    const found = {
      words: (await wordsOf(hers.secret, wordList("en"))).join(" "),
      secret: nameOf(hers.secret),
      lookup,
      key: nameOf(key),
      language: "es",
      asks: ASKS,
      offer: nameOf(hers.content),
      reply: nameOf(theirs.content),
      shown: nameOf(await sealShown(hers, key)),
      hers: endOf(hers),
      theirs: endOf(theirs),
      places,
      compared: places.map((place) => wordList("en")[place]),
      pairKey: nameOf(pairKey),
      notes: nameOf(await sealNotes(pairKey, NOTES)),
      texts: NOTES,
    };

    await expect(`${JSON.stringify(found, null, 2)}\n`).toMatchFileSnapshot("../../fixtures/pairing/pairing.json");
  });

  function endOf({ publicKey, privateKey, nonce }: { publicKey: Bytes; privateKey: Bytes; nonce: Bytes }): object {
    return { publicKey: nameOf(publicKey), privateKey: nameOf(privateKey), nonce: nameOf(nonce) };
  }
});

describe("What another program has written", () => {
  const found = JSON.parse(readFileSync("tests/fixtures/pairing/pairing-by-another.json", "utf8")) as Record<
    string,
    string
  >;
  const bytesOf = (name: string): Bytes => bytesOfName(found[name] ?? "");

  it("is opened here, and ends in its key and its places", async () => {
    const { lookup, key } = await keysOfSecret(bytesOf("secret"), derive);
    const offer = await openOffer(bytesOf("offer"), key);
    const theirs = await openReply(bytesOf("reply"), key);
    const hers = await openShown(bytesOf("shown"), key, offer.commit);

    const agreed = await agree({ key, lookup, hers, theirs, ownPrivate: PRIVATE.theirs });

    expect(lookup).toBe(found["lookup"]);
    expect([offer.language, offer.asks]).toEqual([found["language"], found["asks"]]);
    expect(nameOf(agreed.pairKey)).toBe(found["pairKey"]);
    expect(agreed.places).toEqual(found["places"]);
    const notes = bytesOf("notes");
    for (const [at, text] of NOTES.entries()) {
      expect(await openNote(agreed.pairKey, notes.slice(at * 1024, (at + 1) * 1024))).toBe(text);
    }
  });
});
