// Small dull choices kept outside the vault (language, region): nothing here may tell what the app is.
// A private window or a full phone may refuse; then a choice lasts as long as the page.

/** What the phone refused to keep: it holds as long as the page does, also against an older choice still on the phone. */
const refused = new Map<string, string>();

export function readKept(key: string): string | undefined {
  try {
    return refused.get(key) ?? localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** As if it had never been chosen. */
export function dropKept(key: string): void {
  refused.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // Where nothing can be read, there is nothing to drop.
  }
}

/** Keeps a choice; false where the phone refused and it lasts only as long as the page. */
export function keep(key: string, value: string): boolean {
  try {
    localStorage.setItem(key, value);
    refused.delete(key);
    return true;
  } catch {
    refused.set(key, value);
    return false;
  }
}
