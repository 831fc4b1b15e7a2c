// What the phone asks its server for, once an account is open.

import { ask, isId, isRecord, tell, type Reply } from "./asking.ts";

export { isId, type Reply, type Trouble } from "./asking.ts";

export interface SignedIn {
  readonly account: string;
  readonly device: string;
}

export function readSignedIn(told: unknown): SignedIn | undefined {
  if (!isRecord(told)) return undefined;
  const { account, device } = told;
  return isId(account) && isId(device) ? { account, device } : undefined;
}

export const openNew = (secret: string): Promise<Reply<SignedIn>> => ask("POST", "/s/new", { secret }, readSignedIn);

export const signIn = (known: SignedIn & { readonly secret: string }): Promise<Reply<SignedIn>> =>
  ask("POST", "/s/in", known, readSignedIn);

export const eraseAccount = (): Promise<Reply<undefined>> => tell("POST", "/s/clear", {});

/** When to ask: server/checkins/schedule.py has the shape. */
export interface Schedule {
  readonly zone: string;
  readonly times: readonly string[];
  /** 1 is Monday. */
  readonly days: readonly number[];
  /** The first day with prompts again, or "turned_on". */
  readonly paused_until: string | null;
  readonly skip: string | null;
}

/** How long from the prompt; LadderSettings of server/checkins/check_in.py. */
export interface Ladder {
  readonly reminder_minutes: number;
  readonly grace_minutes: number;
  readonly patience_minutes: number;
}

export interface Wishes {
  readonly schedule: Schedule;
  readonly ladder: Ladder;
  readonly nudge: boolean;
}

export interface OpenCheckIn {
  readonly id: string;
  /** Seconds since 1970, by the server's clock. */
  readonly asked_at: number;
}

export interface Times {
  /** null: nothing is turned on. */
  readonly wishes: Wishes | null;
  readonly open: readonly OpenCheckIn[];
  /** The key that pushes are signed with, in base64url. */
  readonly key: string;
  readonly reach: "none" | "on" | "lost";
  /** Seconds since 1970. */
  readonly next: number | null;
}

const isMoment = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === "string";

function isSchedule(value: unknown): value is Schedule {
  if (!isRecord(value)) return false;
  const { zone, times, days, paused_until, skip } = value;
  return (
    typeof zone === "string" &&
    Array.isArray(times) &&
    times.length > 0 &&
    times.every((time) => typeof time === "string" && /^\d\d:\d\d$/.test(time)) &&
    Array.isArray(days) &&
    days.every((day) => isMoment(day)) &&
    isTextOrNull(paused_until) &&
    isTextOrNull(skip)
  );
}

const isLadder = (value: unknown): value is Ladder =>
  isRecord(value) &&
  isMoment(value["reminder_minutes"]) &&
  isMoment(value["grace_minutes"]) &&
  isMoment(value["patience_minutes"]);

const isOpen = (value: unknown): value is OpenCheckIn =>
  isRecord(value) && isId(value["id"]) && isMoment(value["asked_at"]);

const REACHES = ["none", "on", "lost"] as const;

/** Also reads what the vault kept of an earlier answer. */
export function readTimes(told: unknown): Times | undefined {
  if (!isRecord(told)) return undefined;
  const { schedule, ladder, nudge, open, key, next } = told;
  const reach = REACHES.find((each) => each === told["reach"]);
  if (!Array.isArray(open) || !open.every(isOpen) || typeof key !== "string" || !reach) return undefined;
  if (next !== null && !isMoment(next)) return undefined;
  const rest = { open: open as readonly OpenCheckIn[], key, reach, next };
  if (schedule === null) return { ...rest, wishes: null };
  if (!isSchedule(schedule) || !isLadder(ladder) || typeof nudge !== "boolean") return undefined;
  return { ...rest, wishes: { schedule, ladder, nudge } };
}

export const askTimes = (): Promise<Reply<Times>> => ask("GET", "/s/times", undefined, readTimes);

export const putWishes = (wishes: Wishes): Promise<Reply<undefined>> => tell("PUT", "/s/times", wishes);

export const dropWishes = (): Promise<Reply<undefined>> => tell("DELETE", "/s/times");

/** The body comes ready-made, padded so that all are equally long: see answers.ts. */
export const sendNote = (body: string): Promise<Reply<undefined>> => tell("POST", "/s/note", body);

export type Wait = "hour" | "evening" | "longer" | "skip";

export const askToWait = (what: Wait, checkIn: string | null): Promise<Reply<undefined>> =>
  tell("POST", "/s/wait", { what, check_in: checkIn });

/** Where a push for this phone goes, and the keys that only it can open it with (RFC 8291). */
export interface Reach {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  /** The server's key that it was made for. */
  readonly key: string;
}

export const putReach = (reach: Reach): Promise<Reply<undefined>> => tell("PUT", "/s/reach", reach);

export const dropReach = (): Promise<Reply<undefined>> => tell("DELETE", "/s/reach");

/** A rehearsal push to this phone, now. */
export const tryReach = (): Promise<Reply<undefined>> => tell("POST", "/s/try", {});

/** One slip of the quiet answer, as the server may know it before it is used (pwa/shared/slips.ts). */
export interface LaidSlip {
  readonly digest: string;
  readonly says: "here" | "come";
  readonly day: string;
}

/** In place of all that were laid by before. */
export const putSlips = (slips: readonly LaidSlip[]): Promise<Reply<undefined>> => tell("POST", "/s/slip", { slips });
