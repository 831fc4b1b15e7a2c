// What she chose about the vault, kept in the vault like everything else.

import type { Entry, Store } from "../vault/store.ts";

export const LOCK_SECONDS = [0, 30, 300] as const;
export const WIPE_TRIES = [0, 5, 10, 20] as const;

export interface Choices {
  readonly lockAfterSeconds: (typeof LOCK_SECONDS)[number];
  /** Wrong tries after which everything is removed; 0: never. */
  readonly wipeAfter: (typeof WIPE_TRIES)[number];
}

const KIND = "settings";
const DEFAULTS: Choices = { lockAfterSeconds: 30, wipeAfter: 0 };

function oneOf<T extends number>(offered: readonly T[], value: unknown, otherwise: T): T {
  return offered.find((each) => each === value) ?? otherwise;
}

function parse(value: unknown): Choices {
  const given = (typeof value === "object" && value !== null ? value : {}) as Partial<Record<keyof Choices, unknown>>;
  return {
    lockAfterSeconds: oneOf(LOCK_SECONDS, given.lockAfterSeconds, DEFAULTS.lockAfterSeconds),
    wipeAfter: oneOf(WIPE_TRIES, given.wipeAfter, DEFAULTS.wipeAfter),
  };
}

async function lastEntry(vault: Store): Promise<Entry | undefined> {
  return (await vault.load(KIND)).entries.at(-1);
}

export async function readChoices(vault: Store): Promise<Choices> {
  return parse((await lastEntry(vault))?.value);
}

export async function changeChoices(vault: Store, changed: Partial<Choices>): Promise<Choices> {
  const last = await lastEntry(vault);
  const next = { ...parse(last?.value), ...changed };
  await vault.save(KIND, next, last);
  return next;
}
