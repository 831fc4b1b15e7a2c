// The inside's entry: loaded when somebody comes through the door, with no words of its own.

import type { InsidePlace } from "../door/door.ts";
import { BreathPacer } from "./breath-pacer.ts";
import { EightWords } from "./eight-words.ts";
import { GroundingExercise } from "./grounding-exercise.ts";
import { HelpLines } from "./help-lines.ts";
import { KeepCopy } from "./keep-copy.ts";
import { OpenCopy } from "./open-copy.ts";
import { openPack } from "./open-pack.ts";
import { beginVisit, endVisit, followLinks, showFirstView } from "./room.ts";

let furnished = false;

function furnish(place: InsidePlace): void {
  if (furnished) return;
  furnished = true;
  customElements.define(NAMES.helpLines, HelpLines);
  customElements.define(NAMES.groundingExercise, GroundingExercise);
  customElements.define(NAMES.breathPacer, BreathPacer);
  customElements.define(NAMES.keepCopy, KeepCopy);
  customElements.define(NAMES.openCopy, OpenCopy);
  customElements.define(NAMES.eightWords, EightWords);
  followLinks(place.view);
  place.onForget(endVisit);
}

/** Opens the pack and shows the first view, unless the person has left meanwhile. Rejects when the pack cannot be had. */
export async function enter(place: InsidePlace): Promise<void> {
  furnish(place);
  const pack = await openPack(place.packAddress, place.isAwaited);
  if (!place.isAwaited()) return;
  beginVisit({ place, pack });
  showFirstView();
}
