// What she chose in the settings; anything missing or broken becomes the ordinary choice.

import { DRINK_ML, fits, GOAL_ML, toMl, type Range, type Unit } from "./amounts.ts";

export interface Choices {
  readonly unit: Unit;
  readonly goal: number;
  /** Cup, glass, mug, bottle: millilitres each. */
  readonly sizes: readonly number[];
  readonly picked: number;
  /** Which of the given lines reminds her; OWN_LINE for her own words. */
  readonly line: number;
  readonly own: string;
  /** Hours without a drink after which the line shows; 0 for never. */
  readonly after: number;
}

export const OWN_LINE = 4;
export const OWN_LENGTH = 60;
export const HOURS: readonly number[] = [2, 3, 4, 0];

/** Round numbers in either unit: nobody's cup holds 8.45 ounces. */
const ORDINARY: Readonly<Record<Unit, { readonly goal: number; readonly sizes: readonly number[] }>> = {
  ml: { goal: 2000, sizes: [150, 250, 350, 500] },
  oz: { goal: toMl(64, "oz"), sizes: [5, 8, 12, 16].map((oz) => toMl(oz, "oz")) },
};

const within = (raw: unknown, range: Range, otherwise: number): number =>
  typeof raw === "number" && fits(raw, range) ? raw : otherwise;

const oneOf = (raw: unknown, count: number, otherwise: number): number =>
  typeof raw === "number" && Number.isInteger(raw) && raw >= 0 && raw < count ? raw : otherwise;

export function parseChoices(raw: unknown): Choices {
  const found = (typeof raw === "object" && raw !== null ? raw : {}) as Record<string, unknown>;
  const unit: Unit = found["unit"] === "oz" ? "oz" : "ml";
  const sizes: readonly unknown[] = Array.isArray(found["sizes"]) ? found["sizes"] : [];
  return {
    unit,
    goal: within(found["goal"], GOAL_ML, ORDINARY[unit].goal),
    sizes: ORDINARY[unit].sizes.map((size, index) => within(sizes[index], DRINK_ML, size)),
    picked: oneOf(found["picked"], ORDINARY.ml.sizes.length, 1),
    line: oneOf(found["line"], OWN_LINE + 1, 0),
    own: typeof found["own"] === "string" ? found["own"].slice(0, OWN_LENGTH) : "",
    after: HOURS.find((hours) => hours === found["after"]) ?? 3,
  };
}

/** Changes the unit: an ordinary amount becomes the other unit's ordinary one, a chosen amount stays what it is. */
export function inUnit(choices: Choices, unit: Unit): Choices {
  const from = ORDINARY[choices.unit];
  const to = ORDINARY[unit];
  const carried = (ml: number, was: number | undefined, becomes: number | undefined): number =>
    ml === was && becomes !== undefined ? becomes : ml;
  return {
    ...choices,
    unit,
    goal: carried(choices.goal, from.goal, to.goal),
    sizes: choices.sizes.map((size, index) => carried(size, from.sizes[index], to.sizes[index])),
  };
}
