// What both the passcode screen and the settings take for a passcode, so that what was chosen can be typed again.

import { plainDigits } from "../shared/digits.ts";

/** Longer than any passphrase, short enough for a phone. */
export const LONGEST_CODE = 200;

/** Without the space that a keyboard's suggestions or a copy leave at the ends; with digits as they are counted below. */
export function codeIn(field: HTMLInputElement): string {
  return plainDigits(field.value.trim());
}

/** Why it cannot be one, or undefined: 4 to 12 digits, or a passphrase. */
export function faultOf(code: string): "short" | "long" | undefined {
  if (code.length < 4) return "short";
  return /^\d+$/.test(code) && code.length > 12 ? "long" : undefined;
}
