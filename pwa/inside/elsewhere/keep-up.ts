// While she is inside, the copy with the server is brought up to date where that is due. Quietly: how it went stands in
// the view of the copy, and what fails is tried again.

import { currentVisit, type Visit } from "../room.ts";
import { saveIfDue } from "./spare.ts";

/** She may write for a while and then be gone at once, so it is looked at now and again. */
const LOOK_MS = 60_000;

let looking = false;

export function keepUp(visit: Visit): void {
  void look(visit);
  const timer = setInterval(() => {
    if (currentVisit() === visit) void look(visit);
    else clearInterval(timer);
  }, LOOK_MS);
}

async function look({ place: { vault } }: Visit): Promise<void> {
  // On a slow line the last one may still be on its way.
  if (looking || !vault.isOpen()) return;
  looking = true;
  try {
    await saveIfDue(vault);
  } catch {
    // Locked or out of room meanwhile: the next look comes.
  } finally {
    looking = false;
  }
}
