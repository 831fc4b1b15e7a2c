import { beforeAll, describe, expect, it } from "vitest";
import { nameOf, randomBytes, type Bytes } from "../../../pwa/vault/bytes.ts";
import type { Derive } from "../../../pwa/vault/derive.ts";
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

const quick: Derive = async (secret, salt) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from([...secret, ...salt])));
const ASKS = { silence: true, company: false, noOfficers: true, hours: "after 6" };

describe("two phones", () => {
  it("agree on a key and four words", async () => {
    const hers = await makeOffer(ASKS, "en", quick);
    const keys = await keysOfSecret(hers.secret, quick);
    expect(keys).toEqual({ lookup: hers.lookup, key: hers.key });
    const offer = await openOffer(hers.content, keys.key);
    expect(offer).toMatchObject({ asks: ASKS, language: "en" });
    const theirs = await makeReply(keys.key);
    const reply = await openReply(theirs.content, hers.key);
    const shown = await openShown(await sealShown(hers, hers.key), keys.key, offer.commit);
    const atHers = await agree({ ...keys, hers, theirs: reply, ownPrivate: hers.privateKey });
    const atTheirs = await agree({ ...keys, hers: shown, theirs, ownPrivate: theirs.privateKey });
    expect(atHers).toEqual(atTheirs);
    const notes = await sealNotes(atHers.pairKey, ["one", "", "three"]);
    expect(notes).toHaveLength(3072);
    expect(await openNote(atTheirs.pairKey, notes.slice(0, 1024))).toBe("one");
    expect(await openNote(atTheirs.pairKey, notes.slice(1024, 2048))).toBe("");
  });
});
