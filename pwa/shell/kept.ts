// Small dull choices kept outside the vault (language, region): nothing here may tell what the app is.
// A private window or a full phone may refuse; then a choice lasts as long as the page.

const inMemory = new Map<string, string>();

export function readKept(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? inMemory.get(key);
  } catch {
    return inMemory.get(key);
  }
}

/** Keeps a choice; false where the phone refused and it lasts only as long as the page. */
export function keep(key: string, value: string): boolean {
  inMemory.set(key, value);
  try {
    localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}
