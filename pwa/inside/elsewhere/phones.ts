// The phones of one account: adding one by a code, signing others out, and erasing all that the server has.

import { eraseAccount } from "../../shared/api.ts";
import { failed, isId, isRecord, type Reply } from "../../shared/asking.ts";
import { askDevices, layDown, renewSecret, signInAnew, signOut, takeUp, type Pass } from "../../shared/phones-api.ts";
import { settlePending } from "../../shell/pending.ts";
import { bytesOfName, nameOf, randomBytes } from "../../shared/bytes.ts";
import type { Derive } from "../../vault/derive.ts";
import { makeCode, openHandover } from "../../vault/handover.ts";
import { PaddedError } from "../../vault/padded.ts";
import type { Store } from "../../vault/store.ts";
import { keysOfCode } from "../../vault/stretched-keys.ts";
import { bringPairs, carriedUnder, forgetPairs, sealWithPairs, type Carried } from "../circle/carry.ts";
import { ACCOUNT, findAccount, forgetAccount, keepAccount, signedIn } from "../account.ts";
import { forgetSpare, saveNow } from "./spare.ts";

const SECRET_BYTES = 32;

/** What a phone gets under a code: what signs it in, and the people that she has a pair with. */
export interface Taken extends Pass {
  readonly carried: Carried;
}

/** Lays down what another phone needs to sign in, and gives the code it is to be told. It holds for ten minutes, once. */
export async function offerCode(store: Store, derive: Derive): Promise<Reply<string>> {
  const own = await findAccount(store);
  if (!own) return failed("closed");
  const code = makeCode();
  const { lookup, key } = await keysOfCode(code, derive);
  const pass: Pass = { account: own.account, secret: own.secret };
  const content = nameOf(await sealWithPairs(store, [{ kind: ACCOUNT, value: pass, at: 0 }], key));
  const laid = await signedIn(store, () => layDown(lookup, content));
  return laid.ok ? { ok: true, value: code } : laid;
}

/** What the other phone has laid down; "nothing" if the code does not fit, was used, or its time is over. */
export async function takePass(code: string, derive: Derive): Promise<Reply<Taken>> {
  const { lookup, key } = await keysOfCode(code, derive);
  const taken = await takeUp(lookup);
  if (!taken.ok) return taken;
  try {
    const handed = await openHandover(bytesOfName(taken.value), key);
    const pass = handed.find(({ kind }) => kind === ACCOUNT)?.value;
    if (isPass(pass)) {
      const { account, secret } = pass;
      return { ok: true, value: { account, secret, carried: carriedUnder(handed) } };
    }
  } catch (error) {
    if (!(error instanceof PaddedError)) throw error;
  }
  return failed("refused");
}

/** Signs this phone in with what was taken. The vault is there and open, and belongs to no account yet. */
export async function join(store: Store, { account, secret, carried }: Taken): Promise<Reply<undefined>> {
  if (!(await settlePending())) return failed("offline");
  const begun = await signInAnew({ account, secret });
  if (!begun.ok) return begun;
  await keepAccount(store, { ...begun.value, secret });
  await bringPairs(store, carried);
  return { ok: true, value: undefined };
}

/** How many phones there are beside this one. What they are called nobody knows. */
export async function countOthers(store: Store): Promise<Reply<number>> {
  const answer = await signedIn(store, askDevices);
  if (!answer.ok) return answer;
  const { devices, here } = answer.value;
  return { ok: true, value: devices.filter((each) => each !== here).length };
}

/**
 * Signs the others out for good. All of them, with a new secret: whoever holds one of them, open, holds the old one, and
 * a phone that was merely forgotten would sign in again by itself. Those she still has can be added anew.
 */
export async function signOutOthers(store: Store): Promise<Reply<undefined>> {
  const own = await findAccount(store);
  if (!own) return failed("closed");
  const secret = nameOf(randomBytes(SECRET_BYTES));
  // Should the answer get lost, this phone is signed in by its session still, and can do it again.
  const renewed = await signedIn(store, () => renewSecret(secret));
  if (!renewed.ok) return renewed;
  // Read again: to get through, this phone may have signed in anew.
  await keepAccount(store, { ...((await findAccount(store)) ?? own), secret });
  // The copy would bring the old secret back. Where it cannot be sent now, it is due: what it should hold has changed.
  await saveNow(store);
  return renewed;
}

/** Signs this phone out: the account stays with the others, and all she wrote stays here. */
export async function signOutHere(store: Store): Promise<Reply<undefined>> {
  const left = await signedIn(store, signOut);
  const isOut = !left.ok && left.trouble === "closed";
  return thenForget(store, isOut ? { ok: true, value: undefined } : left);
}

/** Erases the account and all that the server has of it, at once. What is on this phone stays. */
export async function eraseThere(store: Store): Promise<Reply<undefined>> {
  // "closed" stays trouble: nobody knows whether it is gone already, or another phone has signed this one out.
  const erased = await thenForget(store, await signedIn(store, eraseAccount));
  if (erased.ok) await forgetPairs(store);
  return erased;
}

async function thenForget(store: Store, done: Reply<undefined>): Promise<Reply<undefined>> {
  if (done.ok) {
    await forgetSpare(store);
    await forgetAccount(store);
  }
  return done;
}

function isPass(value: unknown): value is Pass {
  return isRecord(value) && isId(value["account"]) && /^[\w-]{43}$/.test(String(value["secret"]));
}
