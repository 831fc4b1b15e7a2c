// Reads what somebody typed about a plant. Anything odd gets a question back, never a guess.

import { plainDigits } from "../../shared/digits.ts";
import { type Day, isDay } from "../../shell/days.ts";
import { isRhythm, PICTURES, type Picture, type PlantFields } from "./diary.ts";

/** As typed; kept while the form is open, so that nothing typed is lost. */
export interface Draft {
  readonly name: string;
  readonly place: string;
  readonly picture: Picture;
  readonly every: string;
  /** Last watered; empty when unknown. Asked for new plants only. */
  readonly watered: string;
}

/** Each names the text that asks for something better. */
export type Problem = "nameMissing" | "nameLong" | "placeLong" | "everyOdd" | "dayOdd" | "dayAhead";

export type Field = "name" | "place" | "every" | "watered";

export type Problems = Readonly<Partial<Record<Field, Problem>>>;

export const LONGEST_NAME = 80;

/** "7", "7 days", "cada 7" and "７" are all seven; "1.5" and "2 or 3" are not one number of days. */
export function readRhythm(typed: string): number | undefined {
  const numbers = plainDigits(typed.normalize("NFKC")).match(/-?\d+(?:[.,]\d+)?/g) ?? [];
  const every = Number(numbers[0]);
  return numbers.length === 1 && isRhythm(every) ? every : undefined;
}

function problemsOf(draft: Draft, today: Day): Problems {
  const name = draft.name.trim();
  const watered = draft.watered;
  return {
    ...(name === ""
      ? { name: "nameMissing" as const }
      : name.length > LONGEST_NAME
        ? { name: "nameLong" as const }
        : {}),
    ...(draft.place.trim().length > LONGEST_NAME ? { place: "placeLong" as const } : {}),
    ...(readRhythm(draft.every) === undefined ? { every: "everyOdd" as const } : {}),
    ...(watered === ""
      ? {}
      : !isDay(watered)
        ? { watered: "dayOdd" as const }
        : watered > today
          ? { watered: "dayAhead" as const }
          : {}),
  };
}

export type ReadPlant = { readonly fields: PlantFields; readonly watered?: Day } | { readonly problems: Problems };

export function readPlant(draft: Draft, today: Day): ReadPlant {
  const problems = problemsOf(draft, today);
  const every = readRhythm(draft.every);
  if (Object.keys(problems).length > 0 || every === undefined) return { problems };
  const fields = { name: draft.name.trim(), place: draft.place.trim(), picture: draft.picture, every };
  return draft.watered === "" ? { fields } : { fields, watered: draft.watered };
}

/** A picture brings its usual rhythm along, until somebody has chosen one. */
export function withPicture(draft: Draft, picture: Picture): Draft {
  const untouched = readRhythm(draft.every) === PICTURES[draft.picture];
  return { ...draft, picture, every: untouched ? String(PICTURES[picture]) : draft.every };
}
