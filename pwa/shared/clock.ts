// The only source of time on the phone, and the one way to write a day: local, YYYY-MM-DD.

const MINUTE_MS = 60_000;

export function now(): Date {
  return new Date();
}

/** The day on this phone's calendar. */
export function dayOf(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 10);
}
