// On a new phone: eight words sign in, the copy is fetched and opened, a place to keep it is made, and it all comes in.
// Nothing is made or changed on this phone before the copy has opened.

import { settlePending } from "../../shell/pending.ts";
import type { Bytes } from "../../shared/bytes.ts";
import type { Derive } from "../../vault/derive.ts";
import type { Kept } from "../../vault/export-contents.ts";
import { openBlob } from "../../vault/saved-blob.ts";
import type { Vault } from "../../vault/store.ts";
import { keysOfWords } from "../../vault/stretched-keys.ts";
import { whatToAdd } from "../add-beside.ts";
import { bringPairs, carriedIn } from "../circle/carry.ts";
import { gather } from "../copy-file.ts";
import type { SignedIn } from "../../shared/api.ts";
import { failed, type Reply } from "../../shared/asking.ts";
import { fetchCopy, signInWithWords } from "../../shared/phones-api.ts";
import { ACCOUNT, keepAccount } from "../account.ts";
import { noteSpare } from "./spare.ts";

/** A copy that has been opened, and what it takes to bring it in. */
export interface Found {
  readonly kept: readonly Kept[];
  readonly secret: string;
  /** What the server answered the words with. */
  readonly begun: SignedIn;
  readonly key: Bytes;
  readonly blob: Bytes;
}

/** "closed": the words do not fit, or nobody's copy is there: nothing tells which. Rejects with PaddedError. */
export async function findCopy(words: Bytes, derive: Derive): Promise<Reply<Found>> {
  const { lookup, proof, key } = await keysOfWords(words, derive);
  if (!(await settlePending())) return failed("offline");
  const begun = await signInWithWords({ lookup, proof });
  if (!begun.ok) return begun;
  const lies = await fetchCopy();
  // The words are let in only once a copy is there; without one they are of no use, as if they did not fit.
  if (!lies.ok) return failed(lies.trouble === "nothing" ? "closed" : lies.trouble);
  const blob = lies.value;
  const kept = await openBlob(blob, key);
  const secret = secretIn(kept);
  if (secret === undefined) return failed("refused");
  return { ok: true, value: { kept, secret, begun: begun.value, key, blob } };
}

/** The vault is there and open. What is on this phone already stays; from here on, this phone keeps the copy. */
export async function bringIn(vault: Vault, found: Found): Promise<number> {
  const toAdd = whatToAdd(found.kept, await gather(vault));
  for (const { kept, beside } of toAdd) {
    // As if over an older state of what is here, so that the vault keeps both, one as a copy of the other.
    await vault.save(kept.kind, kept.value, beside && { ...beside, revision: "" });
  }
  await bringPairs(vault, carriedIn(found.kept));
  await keepAccount(vault, { ...found.begun, secret: found.secret });
  await noteSpare(vault, found.key, found.blob);
  return toAdd.length;
}

function secretIn(kept: readonly Kept[]): string | undefined {
  const value = kept.find(({ kind }) => kind === ACCOUNT)?.value as { readonly secret?: unknown } | undefined;
  return typeof value?.secret === "string" ? value.secret : undefined;
}
