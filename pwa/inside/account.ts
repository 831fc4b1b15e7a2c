// The account: a random id and a random secret, made on the phone and kept in the vault. It is opened when check-ins, a
// buddy or a backup is first turned on, and tells the server nothing of whose it is.

import { eraseAccount, openNew, signIn, type SignedIn } from "../shared/api.ts";
import { failed, isId, type Reply } from "../shared/asking.ts";
import { settlePending } from "../shell/pending.ts";
import { alone } from "../vault/alone.ts";
import { nameOf, randomBytes } from "../shared/bytes.ts";
import type { Entry, Store } from "../vault/store.ts";

export interface Account extends SignedIn {
  readonly secret: string;
}

export const ACCOUNT = "account";

const SECRET_BYTES = 32;

interface Kept {
  readonly account: Account;
  readonly entry: Entry;
}

function parse(value: unknown): Account | undefined {
  const { account, secret, device } = (value ?? {}) as Partial<Record<keyof Account, unknown>>;
  const isWhole = isId(account) && isId(device) && typeof secret === "string" && secret !== "";
  return isWhole ? { account, secret, device } : undefined;
}

async function kept(vault: Store): Promise<Kept | undefined> {
  for (const entry of (await vault.load(ACCOUNT)).entries) {
    const account = parse(entry.value);
    if (account) return { account, entry };
  }
  return undefined;
}

/** undefined: none is open. Rejects with VaultError, as all here do when the vault cannot be read or written. */
export async function findAccount(vault: Store): Promise<Account | undefined> {
  return (await kept(vault))?.account;
}

/** The account that is open, or a new one. One window at a time, so that two do not open one each. */
export function openAccount(vault: Store): Promise<Reply<Account>> {
  return alone(async () => {
    const known = await kept(vault);
    if (!known) return openAnother(vault);
    const again = await enter(vault, known);
    // Erased meanwhile, from another device or after long silence: what she turns on now begins anew.
    return !again.ok && again.trouble === "closed" ? openAnother(vault, known.entry) : again;
  });
}

async function openAnother(vault: Store, over?: Entry): Promise<Reply<Account>> {
  if (!(await settlePending())) return failed("offline");
  const secret = nameOf(randomBytes(SECRET_BYTES));
  const opened = await openNew(secret);
  if (!opened.ok) return opened;
  const account = { ...opened.value, secret };
  try {
    await vault.save(ACCOUNT, account, over);
  } catch (error) {
    // Nobody could ever sign in to it again.
    await eraseAccount();
    throw error;
  }
  return { ok: true, value: account };
}

async function enter(vault: Store, { account, entry }: Kept): Promise<Reply<Account>> {
  const begun = await signIn(account);
  if (!begun.ok) return begun;
  const now = { ...account, device: begun.value.device };
  // The server had forgotten this device and gave it another number.
  if (now.device !== account.device) await vault.save(ACCOUNT, now, entry);
  return { ok: true, value: now };
}

/** False where there is no account, or none that the server knows, or no network. */
export async function signInAgain(vault: Store): Promise<boolean> {
  const known = await kept(vault);
  return known !== undefined && (await enter(vault, known)).ok;
}

/** Does what needs a signed-in phone; where the session has ended, signs in again and does it once more. */
export async function signedIn<T>(vault: Store, act: () => Promise<Reply<T>>): Promise<Reply<T>> {
  const first = await act();
  if (first.ok || first.trouble !== "closed") return first;
  return (await signInAgain(vault)) ? act() : first;
}

/** Keeps what this phone is signed in with from now on. */
export async function keepAccount(vault: Store, account: Account): Promise<void> {
  await vault.save(ACCOUNT, account, (await kept(vault))?.entry);
}

/** This phone belongs to no account any more; what she wrote stays. */
export async function forgetAccount(vault: Store): Promise<void> {
  for (const entry of (await vault.load(ACCOUNT)).entries) await vault.remove(entry);
}
