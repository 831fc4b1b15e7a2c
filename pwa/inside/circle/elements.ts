// The custom elements of whoever asks to be looked out for, and of whoever looks out, under their dull names.

import { AskedCard } from "./asked-card.ts";
import { BuddiesView } from "./buddies-view.ts";
import { InviteView } from "./invite-view.ts";
import { InvitedView } from "./invited-view.ts";
import { PeopleView } from "./people-view.ts";

export const circleElements: readonly (readonly [string, CustomElementConstructor])[] = [
  [NAMES.buddiesView, BuddiesView],
  [NAMES.inviteView, InviteView],
  [NAMES.invitedView, InvitedView],
  [NAMES.peopleView, PeopleView],
  [NAMES.askedCard, AskedCard],
];
