// Two phones, and whoever stands between them: each step is the phone's own code, only the carrying is the test's.
import type { Bytes } from "../../../pwa/shared/bytes.ts";
import type { Derive } from "../../../pwa/vault/derive.ts";
import {
  agree,
  keysOfSecret,
  makeOffer,
  makeReply,
  openOffer,
  openReply,
  openShown,
} from "../../../pwa/vault/pairing.ts";
import { sealShown, type Asks } from "../../../pwa/vault/pairing.ts";

/** Says the same for the same, which is all that the steps after it need; pairing-vectors.test.ts has the real one. */
export const quick: Derive = async (secret, salt) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from([...secret, ...salt])));

export const ASKS: Asks = { silence: true, company: false, noOfficers: true, hours: "after six" };

type Agreed = Awaited<ReturnType<typeof agree>>;
export type Offered = Awaited<ReturnType<typeof makeOffer>>;

/** What carries the boxes may hand on others. */
export interface Carrier {
  offer(content: Bytes): Bytes | Promise<Bytes>;
  reply(content: Bytes): Bytes | Promise<Bytes>;
  shown(content: Bytes): Bytes | Promise<Bytes>;
}

const HONEST: Carrier = { offer: (content) => content, reply: (content) => content, shown: (content) => content };

export async function offering(): Promise<Offered> {
  return makeOffer(ASKS, "en", quick);
}

/** The whole way, in the order in which the server lets it happen. Rejects where a phone goes no further. */
export async function paired(hers: Offered, carrier: Partial<Carrier> = {}): Promise<{ hers: Agreed; theirs: Agreed }> {
  const carry = { ...HONEST, ...carrier };
  const { lookup, key } = await keysOfSecret(hers.secret, quick);
  const offer = await openOffer(await carry.offer(hers.content), key);
  const buddy = await makeReply(key);
  const reply = await openReply(await carry.reply(buddy.content), hers.key);
  const shown = await openShown(await carry.shown(await sealShown(hers, hers.key)), key, offer.commit);
  return {
    hers: await agree({ key: hers.key, lookup: hers.lookup, hers, theirs: reply, ownPrivate: hers.privateKey }),
    theirs: await agree({ key, lookup, hers: shown, theirs: buddy, ownPrivate: buddy.privateKey }),
  };
}
