// A field for an amount. What does not fit is answered kindly beside it and stays as typed.

import { fits, readAmount, type Range, type Unit } from "./amounts.ts";
import { text } from "../../shell/words.ts";
import { amountIn, fieldAmount } from "./words.ts";

const EXAMPLE_ML = 250;

function complaintAbout(ml: number | undefined, range: Range, unit: Unit): string {
  if (ml === undefined) return text("notNumber", { example: fieldAmount(EXAMPLE_ML, unit) });
  if (fits(ml, range)) return "";
  return text("outside", { min: amountIn(range.min, unit), max: amountIn(range.max, unit) });
}

export const isWrong = (field: HTMLInputElement): boolean => field.hasAttribute("aria-invalid");

/** The amount typed, or undefined after saying what does not fit. */
export function amountFrom(field: HTMLInputElement, error: HTMLElement, range: Range, unit: Unit): number | undefined {
  const ml = readAmount(field.value, unit);
  const complaint = complaintAbout(ml, range, unit);
  if (complaint) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  error.textContent = complaint;
  return complaint ? undefined : ml;
}
