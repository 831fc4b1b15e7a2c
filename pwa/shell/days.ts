// A day is its date on this phone's calendar, "2026-03-29". Counting goes over UTC, where every day has 24 hours, so that
// neither a clock change nor a journey turns one day into two.

export type Day = string;

const DAY_MS = 86_400_000;

const two = (part: number): string => String(part).padStart(2, "0");

export function dayOf(time: Date): Day {
  return `${String(time.getFullYear()).padStart(4, "0")}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

const utc = (day: Day): number => Date.parse(`${day}T00:00Z`);

/** Only dates that exist: a phone reads 30 February as 2 March, and would move somebody's entry. */
export function isDay(value: unknown): value is Day {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const time = utc(value);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

export function plusDays(day: Day, days: number): Day {
  return new Date(utc(day) + days * DAY_MS).toISOString().slice(0, 10);
}

export function daysBetween(from: Day, to: Day): number {
  return Math.round((utc(to) - utc(from)) / DAY_MS);
}

/** The moment to hand to a formatter that is set to UTC. */
export function momentOf(day: Day): Date {
  return new Date(utc(day));
}
