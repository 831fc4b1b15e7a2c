// Lays slips by for the coming days, while the vault is open: their digests with the server, the slips on the phone.

import type { Reply } from "../../shared/api.ts";
import { putSlips, type LaidSlip } from "../../shared/api.ts";
import { nameOf, randomBytes } from "../../shared/bytes.ts";
import { now } from "../../shared/clock.ts";
import { digestOf, hashOf, sendSlips, writeSlips, type Keeping, type Slip, type Slips } from "../../shared/slips.ts";
import { dayOf } from "../keeping/days.ts";
import { dayAfter } from "./clock-times.ts";

/** Which entries of which cover count; kept in the vault alone. */
export interface QuietEntries {
  readonly cover: string;
  readonly here: string;
  readonly come: string;
}

// She need not open the door more often than this.
const DAYS = 28;

const randomText = (): string => nameOf(randomBytes(32));

interface Laid {
  readonly slips: Slips;
  readonly told: readonly LaidSlip[];
}

async function make({ cover, here, come }: QuietEntries): Promise<Laid> {
  const key = randomText();
  const days: Record<string, readonly Slip[]> = {};
  const told: LaidSlip[] = [];
  for (let ahead = 0; ahead < DAYS; ahead += 1) {
    const day = dayAfter(dayOf(now()), ahead);
    const pair: Slip[] = [];
    for (const [says, entry] of [
      ["here", here],
      ["come", come],
    ] as const) {
      const slip = randomText();
      pair.push({ of: await hashOf(key, cover, day, entry), slip });
      told.push({ digest: await digestOf(slip), says, day });
    }
    // By their hashes, so that their order says nothing.
    days[day] = pair.sort((one, other) => (one.of < other.of ? -1 : 1));
  }
  return { slips: { key, days }, told };
}

/** New slips in place of the old ones. One that was written and not sent yet goes first, or nothing changes. */
export async function laySlips(
  keeping: Keeping,
  entries: QuietEntries,
  signed: (act: () => Promise<Reply<undefined>>) => Promise<Reply<undefined>>,
): Promise<Reply<undefined>> {
  if (!(await sendSlips(keeping))) return { ok: false, trouble: "offline" };
  const { slips, told } = await make(entries);
  const put = await signed(() => putSlips(told));
  if (put.ok) writeSlips(keeping, slips);
  return put;
}

export async function dropSlips(
  keeping: Keeping,
  signed: (act: () => Promise<Reply<undefined>>) => Promise<Reply<undefined>>,
): Promise<Reply<undefined>> {
  const put = await signed(() => putSlips([]));
  if (put.ok) keeping.dropKept(NAMES.slipsKey);
  return put;
}
