// Which check-in there is to answer. No document.

import { isDueByClock } from "./clock-times.ts";
import type { Kept } from "./kept.ts";

export interface Due {
  /** null where only the clock says that it is time. */
  readonly id: string | null;
}

/** The latest that the server has open and this phone has not answered; else whether a time of hers has passed. */
export function dueOf({ times, answered, answeredAt }: Kept, moment: Date): Due | undefined {
  const open = times?.open.filter(({ id }) => !answered.includes(id)) ?? [];
  const latest = open.reduce<(typeof open)[number] | undefined>(
    (last, one) => (last && last.asked_at > one.asked_at ? last : one),
    undefined,
  );
  if (latest) return { id: latest.id };
  const schedule = times?.wishes?.schedule;
  return schedule && isDueByClock(schedule, moment, new Date(answeredAt)) ? { id: null } : undefined;
}
