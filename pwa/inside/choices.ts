// What she chose about the vault, kept in the vault like everything else.

import { isRecord } from "../shared/asking.ts";
import type { Entry, Store } from "../vault/store.ts";

export const LOCK_SECONDS = [0, 30, 300] as const;

export interface Choices {
  readonly lockAfterSeconds: (typeof LOCK_SECONDS)[number];
}

const KIND = "settings";
const DEFAULTS: Choices = { lockAfterSeconds: 30 };

function parse(value: unknown): Choices {
  const kept = isRecord(value) ? value["lockAfterSeconds"] : undefined;
  return { lockAfterSeconds: LOCK_SECONDS.find((each) => each === kept) ?? DEFAULTS.lockAfterSeconds };
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
