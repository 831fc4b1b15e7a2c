// The inside's entry: loaded when somebody comes through the door, with no words of its own.

import type { InsidePlace } from "../door/door.ts";
import { VaultError } from "../vault/store.ts";
import { elements } from "./elements.ts";
import { openPack, type OpenSealed } from "./open-pack.ts";
import { beginVisit, endVisit, followLinks, showFirstView } from "./room.ts";

let furnished = false;

function furnish(place: InsidePlace): void {
  if (furnished) return;
  furnished = true;
  for (const [name, element] of elements) customElements.define(name, element);
  followLinks(place.view);
  place.onForget(endVisit);
}

function openSealedIn({ vault }: InsidePlace): OpenSealed {
  return (box) => (vault ? vault.openSealed(box) : Promise.reject(new VaultError("locked")));
}

/** Opens the pack and shows the first view, unless the person has left meanwhile. Rejects when the pack cannot be had. */
export async function enter(place: InsidePlace): Promise<void> {
  furnish(place);
  const pack = await openPack(place.packAddress, place.isAwaited, openSealedIn(place));
  if (!place.isAwaited()) return;
  beginVisit({ place, pack });
  showFirstView();
}
