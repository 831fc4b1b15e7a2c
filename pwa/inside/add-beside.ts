// What an opened file adds to what is kept here: nothing here is replaced or removed, and nothing is added twice.

import type { Kept } from "../vault/export-contents.ts";
import type { Entry } from "../vault/store.ts";
import { CARD, PAIR, STOPPED } from "./circle/pairs.ts";

/** What a file is made of. Settings and keys are of one phone and stay there. */
export const KEPT_KINDS = ["section", "note", "day", "steps", "helped", "layout"] as const;

// Pairs come with a copy from the server alone (circle/carry.ts), and never out of a file that somebody may have made.
const OWN_PHONE_KINDS = ["settings", "key", "account", "asking", "spare", PAIR, CARD, STOPPED];
// How the plan is arranged, and whether an exercise helped.
const CHOICES = ["layout", "helped"];

export interface Addition {
  readonly kept: Kept;
  /** What already stands here for the same section or day: both are kept, one as a copy of the other. */
  readonly beside?: Entry;
}

export function whatToAdd(file: readonly Kept[], here: readonly Entry[]): readonly Addition[] {
  const taken = new Set(here.map(spelling));
  return file.flatMap((kept): Addition[] => {
    if (OWN_PHONE_KINDS.includes(kept.kind) || taken.has(spelling(kept))) return [];
    taken.add(spelling(kept));
    const same = placeOf(kept);
    const beside = same === undefined ? undefined : here.find((entry) => placeOf(entry) === same);
    // Choices, not something written: those made here stay.
    if (beside && CHOICES.includes(kept.kind)) return [];
    return [beside ? { kept, beside } : { kept }];
  });
}

/** Where only one thing can stand: a section of the plan, a day's mood, an exercise, a step of the ladder, the arrangement. */
function placeOf({ kind, value }: Pick<Kept, "kind" | "value">): string | undefined {
  const named = typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  if (kind === "section") return `section ${String(named["section"])}`;
  if (kind === "day") return `day ${String(named["day"])}`;
  if (kind === "helped") return `exercise ${String(named["exercise"])}`;
  if (kind === "steps" && typeof named["step"] === "string") return `step ${named["step"]}`;
  return kind === "layout" ? kind : undefined;
}

/** Equal for equal values, in whatever order their keys were written. */
function spelling({ kind, value }: Pick<Kept, "kind" | "value">): string {
  return `${kind} ${JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  )}`;
}
