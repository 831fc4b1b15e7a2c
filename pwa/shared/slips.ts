// The quiet answer: an ordinary entry of her cover that she has chosen counts as her answer, and another as "I would like
// company". The vault is locked when she writes it, so slips for the coming days lie outside of it: one for each meaning
// and day, good once, which only the server can read. Beside each lies a keyed hash of the entry that it goes with.
//
// The key lies beside the hashes: there is nowhere else for it while the vault is locked. Somebody who takes the phone's
// files apart can therefore try every amount there is, and find which two count, but not which of them means what: the
// two are as long, stand in random order, and are sent in the same words. It is one small record, as an app keeps many.

import { tell, type Reply } from "./asking.ts";
import { nameOf } from "./bytes.ts";
import { now } from "./clock.ts";

export interface Slip {
  /** The hash of its entry. */
  readonly of: string;
  readonly slip: string;
  /** Seconds since 1970 when its entry was written, until it is sent. */
  readonly at?: number;
}

export interface Slips {
  readonly key: string;
  readonly days: Readonly<Record<string, readonly Slip[]>>;
}

export interface Keeping {
  readKept(key: string): string | undefined;
  keep(key: string, value: string): boolean;
  dropKept(key: string): void;
}

const encoded = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** As a person would call them the same: capitals and spaces at the ends do not count. */
const plain = (entry: string): string => entry.trim().replaceAll(/\s+/g, " ").toLowerCase();

export async function hashOf(key: string, cover: string, day: string, entry: string): Promise<string> {
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", encoded(key), hmac, false, ["sign"]);
  const signed = await crypto.subtle.sign("HMAC", imported, encoded(`${cover}\n${day}\n${plain(entry)}`));
  return nameOf(new Uint8Array(signed));
}

export async function digestOf(slip: string): Promise<string> {
  return nameOf(new Uint8Array(await crypto.subtle.digest("SHA-256", encoded(slip))));
}

export function readSlips(keeping: Keeping): Slips | undefined {
  try {
    // Only what is written below stands there.
    const kept = JSON.parse(keeping.readKept(NAMES.slipsKey) ?? "null") as Slips | null;
    return kept && typeof kept.key === "string" && typeof kept.days === "object" ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function writeSlips(keeping: Keeping, slips: Slips): void {
  keeping.keep(NAMES.slipsKey, JSON.stringify(slips));
}

const changed = (slips: Slips, change: (slip: Slip) => readonly Slip[]): Slips => ({
  ...slips,
  days: Object.fromEntries(Object.entries(slips.days).map(([day, all]) => [day, all.flatMap(change)])),
});

const seconds = (): number => Math.floor(now().getTime() / 1000);

/** Whether this entry was one that counts; then its slip is marked to be sent. */
export async function markSlip(keeping: Keeping, cover: string, day: string, entry: string): Promise<boolean> {
  const slips = readSlips(keeping);
  if (!slips?.days[day]) return false;
  const of = await hashOf(slips.key, cover, day, entry);
  if (!slips.days[day].some((slip) => slip.of === of && slip.at === undefined)) return false;
  writeSlips(
    keeping,
    changed(slips, (slip) => [slip.of === of ? { at: seconds(), ...slip } : slip]),
  );
  return true;
}

export type Marked = Required<Slip>;

/** Those whose entry was written and which are not sent yet. */
export function markedSlips(keeping: Keeping): readonly Marked[] {
  const all = Object.values(readSlips(keeping)?.days ?? {}).flat();
  return all.filter((slip): slip is Marked => slip.at !== undefined);
}

export const sendSlip = (slip: string, at: number): Promise<Reply<undefined>> =>
  tell("POST", "/s/tick", JSON.stringify({ slip, given_at: at, sent_at: seconds() }));

/** Sends what is marked, and forgets it; resolves to whether nothing is left to send. */
export async function sendSlips(keeping: Keeping): Promise<boolean> {
  for (const { slip, at } of markedSlips(keeping)) {
    const told = await sendSlip(slip, at);
    if (!told.ok && told.trouble !== "refused") return false;
    const slips = readSlips(keeping);
    if (slips) {
      writeSlips(
        keeping,
        changed(slips, (each) => (each.slip === slip ? [] : [each])),
      );
    }
  }
  return true;
}
