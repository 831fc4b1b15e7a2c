// The inside's entry: loaded when somebody comes through the door, with no words of its own.

import type { DoorPlace, InsidePlace } from "../door/door.ts";
import { keyWorkerAt } from "../vault/key-worker.ts";
import { openVault } from "../vault/vault.ts";
import { readChoices } from "./choices.ts";
import { elements } from "./elements.ts";
import { keepUp } from "./elsewhere/keep-up.ts";
import { leaveGate, passGate } from "./gate.ts";
import { VaultLock } from "./locking.ts";
import { openChosenPack } from "./open-pack.ts";
import { beginVisit, endVisit, followLinks, showFirstView } from "./room.ts";

let lock: VaultLock | undefined;

/** Once for as long as the page lives: one vault, and one who watches over it. */
function furnish(door: DoorPlace): VaultLock {
  const made = new VaultLock(openVault(keyWorkerAt(door.workAddress)));
  for (const [name, element] of elements) customElements.define(name, element);
  followLinks(door.view);
  door.onForget(made.forget);
  door.onForget(endVisit);
  door.onForget(leaveGate);
  document.addEventListener("visibilitychange", made.look);
  return made;
}

/** How long it stays open out of sight; until that is read, and where it cannot be, not at all. */
async function giveTime({ vault }: InsidePlace, watch: VaultLock): Promise<void> {
  if (!vault.isOpen()) return;
  try {
    watch.lockAfter((await readChoices(vault)).lockAfterSeconds);
  } catch {
    // Locked meanwhile, or unreadable: no time is given.
  }
}

/**
 * Asks for the passcode where one is set, opens the pack and shows the first view, unless the person has left
 * meanwhile. Rejects when the vault cannot be opened or the pack cannot be had.
 */
export async function enter(door: DoorPlace): Promise<void> {
  const watch = (lock ??= furnish(door));
  const { stretch: derive } = keyWorkerAt(door.workAddress);
  const place: InsidePlace = { ...door, vault: watch.vault, lockAfter: watch.lockAfter, derive };
  if (!(await passGate(place, watch))) return;
  const timing = giveTime(place, watch);
  const pack = await openChosenPack(place);
  await timing;
  if (!place.isAwaited()) return;
  const visit = { place, pack };
  beginVisit(visit);
  showFirstView();
  keepUp(visit);
}
