// Understands what somebody types in a hurry: "2 milk", "milk x2", "500g flour", "2 kg de patatas". What cannot be read as
// an amount stays part of the name; nothing typed is thrown away.

export interface Wish {
  readonly name: string;
  /** "2", "500 g", "2 × 500 g", or empty. */
  readonly amount: string;
}

// Arabic and Persian keyboards have digits of their own; what is typed is shown as it was typed.
const D = String.raw`[\d٠-٩۰-۹]`;
const NUMBER = String.raw`(?:${D}+ )?${D}+\/${D}+|${D}* ?[¼½¾⅓⅔]|${D}+(?:[.,٫]${D}+)?(?: ?[-–] ?${D}+)?`;

const UNIT = [
  "kg|g|mg|ml|cl|dl|l|lbs?|oz|pints?",
  "kilos?|grams?|gramos?|lit(?:er|re)s?|litros?",
  "cans?|tins?|bottles?|jars?|pac?ks?|packets?|bags?|box(?:es)?|bunch(?:es)?|loa(?:f|ves)|slices?|bars?|rolls?|cups?",
  "كغ|كيلو|غ|غرام|مل|ل|لتر|علبة|علب|زجاجة|زجاجات|كيس|أكياس|حبة|حبات|حزمة|رغيف|أرغفة",
  "latas?|botellas?|botes?|tarros?|paquetes?|bolsas?|cajas?|manojos?|barras?|rebanadas?|rollos?|tazas?",
].join("|");

const pattern = (source: string): RegExp => new RegExp(`^${source}$`, "iu");

const DOZEN = pattern(String.raw`(half a|media|an?|one|una)? ?(?:dozen|docena)(?: of| de)? (?<name>.+)`);
const COUNT_FIRST = pattern(String.raw`(?<count>${NUMBER}) ?(?:[×*] ?|x )(?<name>.+)`);
const COUNT_LAST = pattern(String.raw`(?<name>.+?)(?: x ?| ?[×*] ?)(?<count>${NUMBER})`);
const UNIT_FIRST = pattern(String.raw`(?<number>${NUMBER}) ?(?<unit>${UNIT})\.? (?:of |de |d['’])?(?<name>.+)`);
const UNIT_LAST = pattern(String.raw`(?<name>.+?),? \(?(?<number>${NUMBER}) ?(?<unit>${UNIT})\.?\)?`);
// "00 flour", "3 in 1 soap", "7up" and "100% juice" are names.
const PLAIN_FIRST = pattern(String.raw`(?!0)(?<count>${NUMBER}) (?!in |en |por |%|[-–/])(?<name>.+)`);
const PLAIN_LAST = pattern(String.raw`(?<name>.+?)(?:, ?| ?\()(?<count>${NUMBER})\)?`);

const tidy = (typed: string): string => typed.replace(/\s+/g, " ").trim();

const groupsOf = (shape: RegExp, typed: string): Readonly<Record<string, string | undefined>> | undefined =>
  shape.exec(typed)?.groups;

function counted(count: string, rest: string): Wish {
  const inner = split(rest);
  return { name: inner.name, amount: inner.amount ? `${count} × ${inner.amount}` : count };
}

function split(typed: string): Wish {
  const dozen = DOZEN.exec(typed);
  if (dozen?.groups) {
    const half = /half|media/i.test(dozen[1] ?? "");
    return { name: dozen.groups["name"] ?? "", amount: half ? "6" : "12" };
  }
  for (const shape of [COUNT_FIRST, COUNT_LAST]) {
    const { count, name } = groupsOf(shape, typed) ?? {};
    if (count && name) return counted(count, name);
  }
  for (const shape of [UNIT_FIRST, UNIT_LAST]) {
    const { number, unit, name } = groupsOf(shape, typed) ?? {};
    if (number && unit && name) return { name, amount: `${number} ${unit}` };
  }
  for (const shape of [PLAIN_FIRST, PLAIN_LAST]) {
    const { count, name } = groupsOf(shape, typed) ?? {};
    if (count && name) return { name, amount: count };
  }
  return { name: typed, amount: "" };
}

/** A name written all small gets a capital; one with capitals of its own ("iPad cable") is left alone. */
const neat = (name: string): string =>
  name === name.toLowerCase() ? name.charAt(0).toUpperCase() + name.slice(1) : name;

/** "500 g": of what? */
const AMOUNT_ALONE = pattern(String.raw`x? ?(?:${NUMBER}) ?(?:x|kg|g|mg|ml|cl|dl|l|lbs?|oz)?`);

/** An empty name means that there was none to read. */
export function readWish(typed: string): Wish {
  const words = tidy(typed);
  const { name, amount } = AMOUNT_ALONE.test(words) ? { name: "", amount: words } : split(words);
  return { name: neat(name.trim()), amount: amount.trim() };
}

/** What somebody would type to get this wish. */
export function asTyped({ name, amount }: Wish): string {
  return amount ? `${amount.replace("×", "x")} ${name}` : name;
}

/** "× 2", but "500 g". */
export function shownAmount(amount: string): string {
  return amount === "" || /[×\p{L}]/u.test(amount) ? amount : `× ${amount}`;
}
