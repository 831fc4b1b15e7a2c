// Digits as any keyboard writes them: an Arabic or a Persian one has signs of its own for nought to nine.

/** The same with 0 to 9, and with a point and a comma in place of the Arabic ones. */
export function plainDigits(typed: string): string {
  return typed
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replaceAll("\u066b", ".")
    .replaceAll("\u066c", ",");
}
