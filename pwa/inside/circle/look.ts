// Who looks out for whom, as this phone and the server together know it. One look for a visit; views and cards watch.
// What was stopped here stays stopped: until the server has taken it, and again should a restored server bring it back.

import { agreeAgain, askCircle, putCircle, stopTie, type Circle, type CircleWishes } from "../../shared/circle-api.ts";
import type { Reply, Trouble } from "../../shared/asking.ts";
import type { Entry, Vault } from "../../vault/store.ts";
import { findAccount, signedIn } from "../account.ts";
import type { Visit } from "../room.ts";
import {
  loadCards,
  loadPairs,
  loadStopped,
  noteStopped,
  noteStopTaken,
  type Card,
  type Pair,
  type Side,
  type Stopped,
} from "./pairs.ts";

/** What a press came to: undefined when it is done. */
export type Went = Trouble | undefined;

const troubleIn = (reply: Reply<unknown>): Went => (reply.ok ? undefined : reply.trouble);

export class Around {
  readonly vault: Vault;
  readonly #watchers = new Set<() => void>();
  #told: Circle | undefined;
  #pairs: readonly Entry<Pair>[] = [];
  #cards: readonly Entry<Card>[] = [];
  #stopped: readonly Entry<Stopped>[] = [];
  #loading: Promise<void> | undefined;
  #looked: Promise<Went> | undefined;
  #refreshing: Promise<Went> | undefined;

  constructor(vault: Vault) {
    this.vault = vault;
  }

  /** Reads what the vault keeps; once for a visit. Rejects with VaultError. */
  load(): Promise<void> {
    return (this.#loading ??= this.reload());
  }

  /** Reads it again, after something of it was written. */
  async reload(): Promise<void> {
    const { vault } = this;
    [this.#pairs, this.#cards, this.#stopped] = await Promise.all([
      loadPairs(vault),
      loadCards(vault),
      loadStopped(vault),
    ]);
    this.#tell();
  }

  /** Calls back after every change, until the returned function is called. */
  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }

  /** As the server has said it in this visit, without what this phone has stopped; undefined: it has not. */
  get told(): Circle | undefined {
    const told = this.#told;
    if (!told) return undefined;
    const stays = ({ id }: { readonly id: string }): boolean => !this.#isStopped(id);
    return { ...told, hers: told.hers.filter(stays), theirs: told.theirs.filter(stays) };
  }

  /** Oldest first. */
  pairs(side: Side): readonly Entry<Pair>[] {
    return this.#pairs.filter(({ value }) => value.side === side);
  }

  cards(side: Side): readonly Entry<Card>[] {
    return this.#cards.filter(({ value }) => value.side === side);
  }

  pairOf(id: string): Entry<Pair> | undefined {
    return this.#pairs.find(({ value }) => value.id === id);
  }

  /** Whether there is anything to ask the server about. */
  get isOfUse(): boolean {
    return this.#pairs.length + this.#cards.length > 0 || this.#stopped.some(({ value }) => !value.done);
  }

  #isStopped(id: string): boolean {
    return this.#stopped.some(({ value }) => value.id === id);
  }

  /** Once for a visit, and only where there is something to ask about. Rejects with VaultError only. */
  look(): Promise<Went> {
    return (this.#looked ??= this.load().then(() => (this.isOfUse ? this.refresh() : undefined)));
  }

  /** Asks anew. Rejects with VaultError only. */
  refresh(): Promise<Went> {
    return (this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    }));
  }

  async #refresh(): Promise<Went> {
    await this.load();
    if (!(await findAccount(this.vault))) return this.#pairs.length > 0 ? "closed" : undefined;
    await this.#stopAgain(this.#stopped.flatMap(({ value }) => (value.done ? [] : [value.id])));
    const told = await this.ask(askCircle);
    if (!told.ok) return told.trouble;
    this.#told = told.value;
    const listed = [...told.value.hers, ...told.value.theirs].map(({ id }) => id);
    await this.#stopAgain(listed.filter((id) => this.#isStopped(id)));
    this.#tell();
    return undefined;
  }

  async #stopAgain(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const { ok } = await this.ask(() => stopTie(id));
      if (ok) await noteStopTaken(this.vault, id);
    }
    if (ids.length > 0) await this.reload();
  }

  /** At once on this phone. "offline" and "later": the server does not know yet, and is told on each look until it does. */
  async stop(id: string): Promise<Went> {
    await noteStopped(this.vault, id);
    await this.reload();
    const stopped = await this.ask(() => stopTie(id));
    if (stopped.ok) await noteStopTaken(this.vault, id);
    return troubleIn(stopped);
  }

  /** It is still right. */
  async agree(id: string): Promise<Went> {
    const agreed = await this.ask(() => agreeAgain(id));
    if (agreed.ok) this.#change((tie) => (tie.id === id ? { ...tie, agree: false } : tie));
    return troubleIn(agreed);
  }

  async wish(changed: Partial<CircleWishes>): Promise<Went> {
    const told = this.#told;
    if (!told) return "offline";
    const wishes = { ...told.wishes, ...changed };
    const put = await this.ask(() => putCircle(wishes));
    if (put.ok) {
      this.#told = { ...told, wishes };
      this.#tell();
    }
    return troubleIn(put);
  }

  /** As the account that is open here. */
  ask<T>(act: () => Promise<Reply<T>>): Promise<Reply<T>> {
    return signedIn(this.vault, act);
  }

  #change(change: <T extends { readonly id: string; readonly agree: boolean }>(tie: T) => T): void {
    if (!this.#told) return;
    const { hers, theirs } = this.#told;
    this.#told = { ...this.#told, hers: hers.map(change), theirs: theirs.map(change) };
    this.#tell();
  }

  #tell(): void {
    for (const changed of this.#watchers) changed();
  }
}

// Held by the visit alone, so that what it knows goes with it.
const arounds = new WeakMap<Visit, Around>();

/** Undefined where nothing can be kept: no vault yet, or a locked one. */
export function aroundOf(visit: Visit | undefined): Around | undefined {
  if (!visit?.place.vault.isOpen()) return undefined;
  const around = arounds.get(visit) ?? new Around(visit.place.vault);
  arounds.set(visit, around);
  return around;
}
