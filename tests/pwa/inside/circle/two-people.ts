// Two people with a phone each, who become a pair through a host in memory: hers asks, theirs was given the words.
import { finish, layDownCard, lookAfterCard, placesOf } from "../../../../pwa/inside/circle/inviting.ts";
import { accept, isInvite, lookAfter, matched, openInvite, type Invite } from "../../../../pwa/inside/circle/invite.ts";
import { Around } from "../../../../pwa/inside/circle/look.ts";
import type { Card, Notes } from "../../../../pwa/inside/circle/pairs.ts";
import type { Derive } from "../../../../pwa/vault/derive.ts";
import { bytesOfName, type Bytes } from "../../../../pwa/shared/bytes.ts";
import type { Asks } from "../../../../pwa/vault/pairing.ts";
import type { Entry } from "../../../../pwa/vault/store.ts";
import { TwoSidedCircle } from "./two-sided-circle.ts";
import { HostInMemory } from "../../host-in-memory.ts";
import { CHEAP, derive } from "../../vault/cheap-derive.ts";
import { VaultInMemory } from "../../vault-in-memory.ts";

export const cheap: Derive = (secret, salt) => derive(secret, salt, CHEAP);
export const ASKS: Asks = { silence: true, company: true, noOfficers: true, hours: "after nine" };
export const NOTES: Notes = ["Call me about the cake", "Walk the dog with me", "Bring the blue book"];

export class TwoPeople {
  readonly host = new HostInMemory();
  readonly circle = new TwoSidedCircle(this.host);
  readonly herVault = new VaultInMemory();
  readonly theirVault = new VaultInMemory();
  hers = new Around(this.herVault);
  theirs = new Around(this.theirVault);
  secret: Bytes = new Uint8Array(10);

  constructor() {
    this.circle.connect();
  }

  /** Each phone has a cookie of its own. */
  takes(phone: "hers" | "theirs"): void {
    this.host.phone = phone;
  }

  async keepWords(): Promise<void> {
    await this.herVault.create("");
    await this.theirVault.create("");
    await this.hers.load();
    await this.theirs.load();
  }

  async asks(asks: Asks = ASKS): Promise<Entry<Card>> {
    this.takes("hers");
    const laid = await layDownCard(this.hers, cheap, { name: "Buddy", asks, notes: NOTES, language: "en" });
    if (!laid.ok) throw new Error(laid.trouble);
    this.secret = bytesOfName(laid.value.value.secret ?? "");
    this.takes("theirs");
    return laid.value;
  }

  async opens(): Promise<Invite> {
    this.takes("theirs");
    const found = await openInvite(this.secret, cheap, this.theirs);
    if (!isInvite(found)) throw new Error(found);
    return found;
  }

  async accepts(name = "Ann"): Promise<void> {
    const accepted = await accept(this.theirs, await this.opens(), name);
    if (!accepted.ok) throw new Error(accepted.trouble);
  }

  /** Her phone takes the answer, and shows its half of the keys. */
  async shows(): Promise<readonly number[] | undefined> {
    this.takes("hers");
    const [card] = this.hers.cards("hers");
    if (!card) throw new Error("no card");
    const looked = await lookAfterCard(this.hers, card);
    this.takes("theirs");
    return looked.ok ? placesOf(looked.value) : undefined;
  }

  async confirms(): Promise<void> {
    this.takes("hers");
    const [card] = this.hers.cards("hers");
    if (card) await finish(this.hers, card);
    this.takes("theirs");
  }

  theirCard(): Entry<Card> {
    const [card] = this.theirs.cards("theirs");
    if (!card) throw new Error("no card");
    return card;
  }

  async becomeAPair(): Promise<void> {
    await this.keepWords();
    await this.asks();
    await this.accepts();
    await this.shows();
    await lookAfter(this.theirs, this.theirCard());
    await matched(this.theirs, this.theirCard());
    await this.confirms();
    await lookAfter(this.theirs, this.theirCard());
  }

  /** As after another visit: nothing is known but what the vault keeps. */
  async comesBack(): Promise<void> {
    this.theirs = new Around(this.theirVault);
    this.takes("theirs");
    await this.theirs.load();
  }
}
