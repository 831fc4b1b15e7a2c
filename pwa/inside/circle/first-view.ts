// What is shown first: the start, or, to somebody who came by a link, what they are asked.

import type { Visit } from "../room.ts";

const START = "start";
const INVITED = "invited";

export function firstView({ place, pack }: Visit): string {
  return place.isInvited() && INVITED in pack.views ? INVITED : START;
}
