// What the vault keeps of her check-ins: the last that the server said, and what this phone did since. No document.

import { readTimes, type Times } from "../../shared/api.ts";
import type { QuietEntries } from "./lay-slips.ts";

export const ASKING = "asking";

export interface Kept {
  readonly times: Times | null;
  /** Where pushes of this phone lead: the cover whose worker shows them, and the endpoint that the server knows. */
  readonly scope: string | null;
  readonly endpoint: string | null;
  /** Milliseconds since 1970; and the check-ins that were open then. */
  readonly answeredAt: number;
  readonly answered: readonly string[];
  /** The zone she has travelled to without wanting to be asked by its clocks. */
  readonly zoneLeftAlone: string | null;
  /** The quiet answer, where she has chosen one. */
  readonly quiet: QuietEntries | null;
}

export const NOTHING: Kept = {
  times: null,
  scope: null,
  endpoint: null,
  answeredAt: 0,
  answered: [],
  zoneLeftAlone: null,
  quiet: null,
};

const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

function quietOf(value: unknown): QuietEntries | null {
  const { cover, here, come } = (value ?? {}) as Partial<Record<keyof QuietEntries, unknown>>;
  const isWhole = typeof cover === "string" && typeof here === "string" && typeof come === "string";
  return isWhole ? { cover, here, come } : null;
}

export function parseKept(value: unknown): Kept {
  const { times, scope, endpoint, answeredAt, answered, zoneLeftAlone, quiet } = (value ?? {}) as Partial<
    Record<keyof Kept, unknown>
  >;
  return {
    times: readTimes(times) ?? null,
    scope: textOrNull(scope),
    endpoint: textOrNull(endpoint),
    answeredAt: typeof answeredAt === "number" ? answeredAt : 0,
    answered: Array.isArray(answered) ? answered.filter((id) => typeof id === "string") : [],
    zoneLeftAlone: textOrNull(zoneLeftAlone),
    quiet: quietOf(quiet),
  };
}

/** As the server tells it, so that it is read again by the same rules. */
export function flat({ times, ...rest }: Kept): object {
  if (!times) return { ...rest, times };
  const { wishes, ...others } = times;
  return { ...rest, times: { ...others, ...(wishes ?? { schedule: null, ladder: null, nudge: false }) } };
}
