// Her times as days and hours of a zone. No document; server/checkins/schedule.py has the last word on all of it.

import type { Schedule } from "../../shared/api.ts";

const APART_MINUTES = 30;
const DAY_MINUTES = 24 * 60;
const DAY_MS = 86_400_000;

export interface Wall {
  /** YYYY-MM-DD */
  readonly day: string;
  /** HH:MM */
  readonly time: string;
}

/** The phone's own zone; undefined where it does not know. */
export function phoneZone(): string | undefined {
  try {
    return (Intl.DateTimeFormat().resolvedOptions() as { timeZone?: string }).timeZone;
  } catch {
    return undefined;
  }
}

/** What a clock on the wall in that zone says. A zone that this phone does not know is taken for its own. */
export function wallIn(zone: string, moment: Date): Wall {
  const shape = { hourCycle: "h23", hour: "2-digit", minute: "2-digit" } as const;
  const date = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en", { ...date, ...shape, timeZone: zone });
  } catch {
    format = new Intl.DateTimeFormat("en", { ...date, ...shape });
  }
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  const part = (name: string): string => parts.get(name as Intl.DateTimeFormatPartTypes) ?? "";
  return { day: `${part("year")}-${part("month")}-${part("day")}`, time: `${part("hour")}:${part("minute")}` };
}

const utcOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

export const dayAfter = (day: string, days: number): string =>
  new Date(utcOf(day) + days * DAY_MS).toISOString().slice(0, 10);

/** 1 is Monday. */
export const weekdayOf = (day: string): number => new Date(utcOf(day)).getUTCDay() || 7;

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

export type TimesFault = "none" | "close" | "days";

/** What is wrong with what she has chosen, if anything; `times` in order and each once. */
export function faultOf(times: readonly string[], days: readonly number[]): TimesFault | undefined {
  if (times.length === 0) return "none";
  if (days.length === 0) return "days";
  const minutes = times.map(minutesOf);
  // Around the clock: the last of a day and the first of the next one as well.
  const next = [...minutes.slice(1), (minutes[0] ?? 0) + DAY_MINUTES];
  return minutes.some((minute, at) => (next[at] ?? Infinity) - minute < APART_MINUTES) ? "close" : undefined;
}

/** Whether prompts come on that day at all. */
export function wants({ paused_until, skip, days }: Schedule, day: string): boolean {
  if (paused_until === "turned_on" || day === skip || !days.includes(weekdayOf(day))) return false;
  return paused_until === null || day >= paused_until;
}

/**
 * Whether a time of today has come since she last answered: what the phone can tell by itself, without a network and
 * without a push. The prompt goes out some minutes later than its time; who opens the door in between may answer early.
 */
export function isDueByClock(schedule: Schedule, moment: Date, answeredAt: Date): boolean {
  const here = wallIn(schedule.zone, moment);
  if (!wants(schedule, here.day)) return false;
  const last = schedule.times.filter((time) => time <= here.time).at(-1);
  if (last === undefined) return false;
  const answered = wallIn(schedule.zone, answeredAt);
  return `${answered.day} ${answered.time}` < `${here.day} ${last}`;
}

export type Pause = "day" | "week" | "turned_on";

/** The first day with prompts again. Late in the day, when today's have all been, "a day" means tomorrow. */
export function pausedUntil(pause: Pause, { zone, times }: Schedule, moment: Date): string {
  const { day, time } = wallIn(zone, moment);
  if (pause === "turned_on") return pause;
  const isOver = times.every((each) => each <= time);
  return dayAfter(day, (pause === "week" ? 7 : 1) + (isOver ? 1 : 0));
}
