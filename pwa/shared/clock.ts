// The only source of time on the phone.

export function now(): Date {
  return new Date();
}
