// What the page and its worker say to each other.

/** The page asks the worker to lay another language by, whole, for offline use. */
export interface KeepLanguage {
  readonly keep: string;
}

/** The worker's answer: whether the language is now there in full. */
export interface LanguageKept {
  readonly kept: boolean;
}

export function isKeepLanguage(data: unknown): data is KeepLanguage {
  return typeof data === "object" && data !== null && "keep" in data && typeof data.keep === "string";
}

export function isLanguageKept(data: unknown): data is LanguageKept {
  return typeof data === "object" && data !== null && "kept" in data && typeof data.kept === "boolean";
}
