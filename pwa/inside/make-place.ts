// Makes the place where her words are kept, on this phone.

import { LOCK_SECONDS } from "./choices.ts";
import { currentVisit, type Visit } from "./room.ts";
import { sealPacks } from "./seal-packs.ts";

/** An empty code makes one without. False: she has left meanwhile. Rejects with VaultError. */
export async function makePlace(visit: Visit, code: string): Promise<boolean> {
  const { place } = visit;
  await place.vault.create(code);
  await sealPacks();
  // What is made after she has left is locked, as all was when she left.
  const isHere = currentVisit() === visit;
  if (isHere) place.lockAfter(LOCK_SECONDS[1]);
  else place.vault.lock();
  return isHere;
}
