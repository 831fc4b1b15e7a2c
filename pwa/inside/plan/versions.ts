// Which entries belong to one section of the plan: one as a rule, more where two windows wrote in it. No document.

import type { Entry } from "../../vault/store.ts";
import { holds, readSection, type Answers } from "./answers.ts";

export interface Version {
  readonly entry: Entry;
  readonly answers: Answers;
}

export interface Versions {
  /** The one that was written last: it stands in the fields. */
  readonly latest: Version;
  /** Those that say something the last one does not: she decides what becomes of them. */
  readonly others: readonly Version[];
  /** Those of which the last one holds every word: they may go. */
  readonly outgrown: readonly Entry[];
}

/** By section. Entries that are no section at all are passed by. */
export function versionsOf(entries: readonly Entry[]): ReadonlyMap<string, Versions> {
  const found = new Map<string, Version[]>();
  for (const entry of entries) {
    const section = readSection(entry.value);
    if (section)
      found.set(section.section, [...(found.get(section.section) ?? []), { entry, answers: section.answers }]);
  }
  return new Map([...found].map(([section, versions]) => [section, sort(versions)]));
}

function sort(versions: Version[]): Versions {
  versions.sort((one, other) => other.entry.at - one.entry.at);
  const [latest, ...earlier] = versions as [Version, ...Version[]];
  return {
    latest,
    others: earlier.filter(({ answers }) => !holds(latest.answers, answers)),
    outgrown: earlier.filter(({ answers }) => holds(latest.answers, answers)).map(({ entry }) => entry),
  };
}
