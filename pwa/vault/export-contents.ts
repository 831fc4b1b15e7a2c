// What stands in a file once it is opened. Whoever made it knew a passphrase and need not be a friend: a value is passed
// on only when it could have been written by us, or by a newer version of us.

/** An entry without what only its own phone knows of it. */
export interface Kept {
  readonly kind: string;
  readonly value: unknown;
  /** When it was last written, in milliseconds since 1970. */
  readonly at: number;
}

// Far above what anybody writes; each is one write to the phone's store.
const MOST_ENTRIES = 20_000;
// The deepest value of ours has four levels.
const DEEPEST = 16;
const KIND = /^[a-z][a-z0-9-]{0,39}$/;

type Plain = Readonly<Record<string, unknown>>;

export function isContents(value: unknown): value is { readonly entries: readonly Kept[] } {
  if (!isPlain(value)) return false;
  const entries = value["entries"];
  return Array.isArray(entries) && entries.length <= MOST_ENTRIES && entries.every(isKept);
}

/** Kinds that we do not know are let through as they are: a newer version may have written them. */
function isKept(value: unknown): value is Kept {
  if (!isPlain(value)) return false;
  const { kind, at } = value;
  if (typeof kind !== "string" || !KIND.test(kind)) return false;
  return Number.isSafeInteger(at) && Number(at) >= 0 && "value" in value && isHarmless(value["value"], DEEPEST);
}

/** "__proto__" as a key would change what every object is, should the value ever be merged into another. */
function isHarmless(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (levels === 0 || Object.hasOwn(value, "__proto__")) return false;
  return Object.values(value).every((inner) => isHarmless(inner, levels - 1));
}

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
