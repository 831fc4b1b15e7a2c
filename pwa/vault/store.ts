// What the inside may ask of the vault: entries by kind, and the few questions of opening, closing and removing it.
// The types stand apart from the work, so that screens and tests need nothing of how it is done.

/** One thing she keeps: a section of the plan, a note, a day, a setting. */
export interface Entry<T = unknown> {
  readonly id: string;
  readonly kind: string;
  readonly value: T;
  /** When it was last written, in milliseconds since 1970, by this phone's clock. */
  readonly at: number;
  /** Changes with every write; a save over an entry compares it. */
  readonly revision: string;
  /** Another window wrote the entry of this id meanwhile, and both are kept. */
  readonly copyOf?: string;
}

export interface Loaded {
  /** Oldest first. */
  readonly entries: readonly Entry[];
  /** How many records of the whole store could not be opened: tampered with, cut short, or of a newer version. */
  readonly unreadable: number;
}

export interface Saved {
  readonly entry: Entry;
  /** Someone else had written it meanwhile: what was saved now stands beside it, as a copy. */
  readonly conflict: boolean;
}

export interface Store {
  load(kind: string): Promise<Loaded>;
  /**
   * Without `over`, a new entry; with it, that entry is replaced, unless another window has written it meanwhile: then
   * both are kept. Rejects with VaultError "full" where the phone has no room; what was there stays.
   */
  save(kind: string, value: unknown, over?: Entry): Promise<Saved>;
  remove(entry: Entry): Promise<void>;
}

/** absent: nothing is kept on this phone yet; free: kept without a passcode; passcode: one is asked for. */
export type VaultKind = "absent" | "free" | "passcode";

/** Which passcode it was. A second one opens nothing: the caller shows the cover's own settings. */
export type Opened = "first" | "second" | "wrong";

export interface Vault extends Store {
  kind(): Promise<VaultKind>;
  isOpen(): boolean;
  /** An empty passcode makes a vault without one. It is open afterwards. */
  create(passcode: string): Promise<void>;
  /** Waits out the delay that earlier wrong tries have earned, then takes one stretching of the passcode. */
  unlock(passcode: string): Promise<Opened>;
  /** Drops every key at once. */
  lock(): void;
  /** Needs an open vault, as all that follow do but wipe. An empty passcode removes it. */
  /** False, and nothing done, when it is the second one's. */
  changePasscode(passcode: string): Promise<boolean>;
  /** False, and nothing done, when it is the first one's. */
  setSecond(passcode: string): Promise<boolean>;
  removeSecond(): Promise<void>;
  hasSecond(): Promise<boolean>;
  /** False where the phone has no private file for the device key, which then lies beside what it protects. */
  hasDeviceFile(): Promise<boolean>;
  /** False where the phone could not give the memory that a passcode should be stretched with. */
  hasFullCost(): Promise<boolean>;
  /** After so many wrong tries in a row everything is removed; 0, from the start, for never. */
  wipeAfter(): Promise<number>;
  setWipeAfter(tries: number): Promise<void>;
  /** Opens bytes that were sealed to this vault while it was locked. */
  openSealed(box: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  /** Removes the device key first, then all the rest. Works locked or open, and without a network. */
  wipe(): Promise<void>;
}

/**
 * locked: asked for before it was opened; full: no room; blocked: the browser refuses storage; newer: written by a newer
 * version; memory: the phone cannot give what stretching a passcode takes; damaged: it cannot be read.
 */
export type VaultTrouble = "locked" | "full" | "blocked" | "newer" | "memory" | "damaged";

export class VaultError extends Error {
  readonly code: VaultTrouble;

  constructor(code: VaultTrouble, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}
