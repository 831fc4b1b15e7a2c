// What this worker has to lay by; the server writes it at the head of the script, so any change makes a new worker.

export interface Part {
  readonly address: string;
  /** Base64 SHA-256 of the decoded body: a half-finished deployment or a meddling proxy is never laid by. */
  readonly digest: string;
}

/** What a notification may say, the cover's own lines, by the first byte of a push: names of kinds would tell too much. */
export type Phrases = Readonly<Record<string, readonly string[]>>;

export interface Language extends Part {
  readonly phrases: Phrases;
}

export interface Plan {
  readonly cover: string;
  /** As the phone's owner reads it, above each notification. */
  readonly name: string;
  readonly icon: string;
  readonly scope: string;
  readonly version: string;
  /** Needed in every language. */
  readonly shell: readonly Part[];
  /** The cover's page by language, and what its notifications say. */
  readonly languages: Readonly<Record<string, Language>>;
  /** By language too, but apart from what is laid by as it comes: see pwa/vault/lay-pack.ts. */
  readonly packs: Readonly<Record<string, Part>>;
}

/** Also takes what it gave the server as name of the global (server/covers.py). */
export const plan: Plan = (self as unknown as { readonly plan: Plan }).plan;

export const cacheName = `${plan.cover}-${NAMES.cachePrefix}-${plan.version}`;
const ownPrefix = `${plan.cover}-${NAMES.cachePrefix}-`;

export function isOwnOldCache(name: string): boolean {
  return name.startsWith(ownPrefix) && name !== cacheName;
}
