// Amounts are kept in millilitres and spoken in the unit she chose.

import { plainDigits } from "../../shared/digits.ts";

export type Unit = "ml" | "oz";

const ML_PER_OZ = 29.5735;

const ML_PER: Readonly<Record<string, number>> = { ml: 1, cl: 10, dl: 100, l: 1000, مل: 1, لتر: 1000, oz: ML_PER_OZ };

/** A tenth of a millilitre is enough for 12 oz to come back as 12 oz. */
const keepable = (ml: number): number => Math.round(ml * 10) / 10;

export function fromMl(ml: number, unit: Unit): number {
  return unit === "oz" ? Math.round((ml / ML_PER_OZ) * 10) / 10 : Math.round(ml);
}

export function toMl(amount: number, unit: Unit): number {
  return keepable(amount * (unit === "oz" ? ML_PER_OZ : 1));
}

/** Reads "330", "1.5 l", "0,5 l", "12 oz", "1,200"; undefined where there is no number to be found. */
export function readAmount(typed: string, unit: Unit): number | undefined {
  const match = /^(\d{1,9})(?:([.,])(\d{1,6}))?(ml|مل|cl|dl|l|لتر|(?:fl\.?)?oz)?\.?$/.exec(
    plainDigits(typed.normalize("NFKC")).toLowerCase().replace(/\s+/g, ""),
  );
  if (!match) return undefined;
  const [, whole = "", , part = "", written] = match;
  const spoken = written?.endsWith("oz") ? "oz" : (written ?? unit);
  // "1,200" and "1.200" are twelve hundred to people on either side of an ocean, but "1.250 l" is not.
  const grouped = part.length === 3 && spoken === "ml" && whole !== "0";
  const amount = Number(grouped ? whole + part : `${whole}.${part || "0"}`);
  return keepable(amount * (ML_PER[spoken] ?? 1));
}

/** An average is not known to the millilitre, so it does not claim to be. */
export function roughly(ml: number, unit: Unit): number {
  return unit === "oz" ? toMl(Math.round(ml / ML_PER_OZ), unit) : Math.round(ml / 10) * 10;
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

export const DRINK_ML: Range = { min: 5, max: 5000 };
export const GOAL_ML: Range = { min: 200, max: 15_000 };

export const fits = (ml: number, { min, max }: Range): boolean => ml >= min && ml <= max;
