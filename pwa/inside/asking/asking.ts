// Her check-ins as this phone knows them: what she has chosen, what is open, and what she does about it. No document.
// The last that the server said is kept in the vault, so that a time that has come is shown without a network too.

import { forgetAnswers, type Says } from "../../shared/answers.ts";
import {
  askTimes,
  askToWait,
  dropReach,
  dropWishes,
  putWishes,
  tryReach,
  type Reply,
  type Times,
  type Trouble,
  type Wait,
  type Wishes,
} from "../../shared/api.ts";
import { now } from "../../shared/clock.ts";
import { pageData } from "../../shell/page-data.ts";
import type { Keeping } from "../../shared/slips.ts";
import type { Vault } from "../../vault/store.ts";
import { findAccount, openAccount, signedIn } from "../account.ts";
import { looksOut } from "../circle/pairs.ts";
import type { Mood } from "../keeping/moods.ts";
import type { Visit } from "../room.ts";
import { Answering } from "./answering.ts";
import { pausedUntil, phoneZone, type Pause } from "./clock-times.ts";
import { dueOf, type Due } from "./due.ts";
import { dropSlips, laySlips, type QuietEntries } from "./lay-slips.ts";
import { NOTHING, type Kept } from "./kept.ts";
import { endReach, ensureReach, type ReachState } from "./reach.ts";
import { Remembered } from "./remembered.ts";

/** What a press came to: undefined when it is done. */
export type Went = Trouble | undefined;

const troubleIn = (reply: Reply<unknown>): Went => (reply.ok ? undefined : reply.trouble);

export class Asking {
  readonly #vault: Vault;
  readonly #remembered: Remembered;
  readonly #answering: Answering;
  #reach: ReachState | undefined;
  #looked: Promise<void> | undefined;
  /** The check-in she does not want to answer in this visit; undefined: none. */
  #putOff: string | null | undefined;
  #refreshing: Promise<Went> | undefined;

  constructor(vault: Vault) {
    this.#vault = vault;
    this.#remembered = new Remembered(vault);
    this.#answering = new Answering(vault, this.#remembered);
  }

  /** Reads what the vault keeps; once for a visit. Rejects with VaultError. */
  load(): Promise<void> {
    return this.#remembered.load();
  }

  /** Calls back after every change, until the returned function is called. */
  watch(changed: () => void): () => void {
    return this.#remembered.watch(changed);
  }

  get wishes(): Wishes | null {
    return this.#kept.times?.wishes ?? null;
  }

  /** When the next prompt is due, as the server last said; paused until turned on, or unknown: undefined. */
  get next(): Date | undefined {
    const next = this.#kept.times?.next;
    return typeof next === "number" ? new Date(next * 1000) : undefined;
  }

  /** undefined until it has been looked at. */
  get reach(): ReachState | undefined {
    return this.#reach;
  }

  /** The check-in to answer, if there is one. */
  get due(): Due | undefined {
    const due = dueOf(this.#kept, now());
    return due && due.id !== this.#putOff ? due : undefined;
  }

  /** The zone that the phone is in now, where that is another than she is asked by. */
  get travelledTo(): string | undefined {
    const zone = phoneZone();
    if (!this.wishes || !zone || zone === this.wishes.schedule.zone) return undefined;
    return zone === this.#kept.zoneLeftAlone ? undefined : zone;
  }

  /** Once for a visit, and quietly: what goes wrong is found again where she looks for it. */
  look(keeping: Keeping): Promise<void> {
    return (this.#looked ??= this.#lookOnce(keeping).catch(() => undefined));
  }

  async #lookOnce(keeping: Keeping): Promise<void> {
    await this.refresh();
    await this.#laySlipsAnew(keeping);
  }

  /** So that there are slips for weeks after each visit. */
  async #laySlipsAnew(keeping: Keeping): Promise<void> {
    const { quiet } = this.#kept;
    if (quiet && this.wishes) await laySlips(keeping, quiet, (act) => this.#signedIn(act));
  }

  /** What waits is sent, what is open is asked for, and whether pushes still come. Rejects with VaultError only. */
  refresh(): Promise<Went> {
    return (this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    }));
  }

  async #refresh(): Promise<Went> {
    await this.load();
    if (!(await findAccount(this.#vault))) return undefined;
    await this.#answering.sendWaiting();
    const told = await this.#signedIn(askTimes);
    if (!told.ok) return told.trouble;
    await this.#keep({ times: told.value });
    const isReached = told.value.wishes !== null || (await looksOut(this.#vault));
    if (isReached && this.#kept.scope !== null) await this.#lookAtReach(told.value);
    return undefined;
  }

  async #lookAtReach({ key, reach }: Times): Promise<void> {
    const { scope, endpoint } = this.#kept;
    if (scope === null) return;
    if (reach === "lost") await endReach(scope);
    const told = reach === "on" ? endpoint : null;
    const reached = await ensureReach(scope, key, told, (act) => this.#signedIn(act));
    this.#reach = reached.state;
    await this.#keep({ endpoint: reached.endpoint });
  }

  /** One tap. */
  answer(says: Says, mood: Mood | undefined, isTheLastWord = false): Promise<Went> {
    return this.#answering.answer(says, this.due?.id ?? null, mood, isTheLastWord);
  }

  /** Later, or longer; for this visit the question is out of the way. */
  async wait(what: Wait): Promise<Went> {
    const id = this.due?.id ?? null;
    const asked = await this.#signedIn(() => askToWait(what, id));
    if (!asked.ok) return asked.trouble;
    this.#putOff = id;
    const told = await this.#signedIn(askTimes);
    if (told.ok) await this.#keep({ times: told.value });
    return undefined;
  }

  /** Opens an account if there is none, and tells the server when to ask. */
  async turnOn(wishes: Wishes): Promise<Went> {
    await this.load();
    const opened = await openAccount(this.#vault);
    if (!opened.ok) return opened.trouble;
    return this.change(wishes);
  }

  async change(wishes: Wishes): Promise<Went> {
    const put = await this.#signedIn(() => putWishes(wishes));
    if (!put.ok) return put.trouble;
    const told = await this.#signedIn(askTimes);
    // What was put is what counts, also where the way back fails.
    const { times } = this.#kept;
    if (told.ok) await this.#keep({ times: told.value });
    else await this.#keep({ times: { open: [], key: "", reach: "none", next: null, ...times, wishes } });
    return undefined;
  }

  /** Has pushes come to this phone, under the cover that she is in, and sends one at once. Never asks her. */
  async reachHere(): Promise<ReachState> {
    const { times } = this.#kept;
    const { scope } = pageData();
    await this.#keep({ scope });
    const reached = await ensureReach(scope, times?.key ?? "", null, (act) => this.#signedIn(act));
    this.#reach = reached.state;
    await this.#keep({ endpoint: reached.endpoint });
    return reached.state;
  }

  async rehearse(): Promise<Went> {
    return troubleIn(await this.#signedIn(tryReach));
  }

  pause(pause: Pause): Promise<Went> {
    return this.#reschedule((schedule) => ({ ...schedule, paused_until: pausedUntil(pause, schedule, now()) }));
  }

  goOn(): Promise<Went> {
    return this.#reschedule((schedule) => ({ ...schedule, paused_until: null, skip: null }));
  }

  moveTo(zone: string): Promise<Went> {
    return this.#reschedule((schedule) => ({ ...schedule, zone }));
  }

  leaveZoneAlone(zone: string): Promise<void> {
    return this.#keep({ zoneLeftAlone: zone });
  }

  get quiet(): QuietEntries | null {
    return this.#kept.quiet;
  }

  /** Which ordinary entries of this cover count from now on; null: none do. */
  async setQuiet(keeping: Keeping, entries: Omit<QuietEntries, "cover"> | null): Promise<Went> {
    const quiet = entries && { ...entries, cover: pageData().cover };
    const done = await (quiet
      ? laySlips(keeping, quiet, (act) => this.#signedIn(act))
      : dropSlips(keeping, (act) => this.#signedIn(act)));
    if (done.ok) await this.#keep({ quiet });
    return troubleIn(done);
  }

  async turnOff(keeping: Keeping): Promise<Went> {
    const dropped = await this.#signedIn(dropWishes);
    if (!dropped.ok) return dropped.trouble;
    // A slip that stayed would go on answering for a while, and would still be found on the phone.
    if (this.quiet) await dropSlips(keeping, (act) => this.#signedIn(act));
    await forgetAnswers();
    // Whoever looks out for somebody is still to be reached.
    if (await looksOut(this.#vault)) {
      const { scope, endpoint } = this.#kept;
      await this.#keep({ ...NOTHING, scope, endpoint });
      return undefined;
    }
    await this.#signedIn(dropReach);
    if (this.#kept.scope !== null) await endReach(this.#kept.scope);
    await this.#remembered.forget();
    this.#reach = undefined;
    this.#remembered.tell();
    return undefined;
  }

  #reschedule(change: (schedule: Wishes["schedule"]) => Wishes["schedule"]): Promise<Went> {
    const { wishes } = this;
    return wishes ? this.change({ ...wishes, schedule: change(wishes.schedule) }) : Promise.resolve("nothing");
  }

  #signedIn<T>(act: () => Promise<Reply<T>>): Promise<Reply<T>> {
    return signedIn(this.#vault, act);
  }

  get #kept(): Kept {
    return this.#remembered.now;
  }

  #keep(changed: Partial<Kept>): Promise<void> {
    return this.#remembered.keep(changed);
  }
}

// Held by the visit alone, so that what it knows goes with it.
const askings = new WeakMap<Visit, Asking>();

/** Undefined where nothing can be kept: no vault yet, or a locked one. */
export function askingOf(visit: Visit | undefined): Asking | undefined {
  if (!visit?.place.vault.isOpen()) return undefined;
  const asking = askings.get(visit) ?? new Asking(visit.place.vault);
  askings.set(visit, asking);
  return asking;
}
