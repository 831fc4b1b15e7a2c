// A cover's address may carry an invite after its "#" (docs/PAIRING.md, "The link"). Whatever stands there is dropped
// before anything else, so that it is in no title, no later entry of the history, and nothing that is kept; an invite is
// held in memory, and leads inside.

import { coverUp, insideIsOpen, onForget, type Leaving } from "../exit/exit.ts";
import type { Bytes } from "../shared/bytes.ts";
import { readFragment } from "../vault/pairing.ts";

/** What the address led here with. */
export interface Invites {
  /** Whether there is one that nobody has taken yet. */
  isInvited(): boolean;
  /** Its secret, once: whoever takes it has it alone. */
  takeInvite(): Bytes | undefined;
}

let invite: Bytes | undefined;

export const invites: Invites = {
  isInvited: () => invite !== undefined,
  takeInvite() {
    const taken = invite;
    invite = undefined;
    return taken;
  },
};

/** Through the app switcher and back it holds: she may have to look up her passcode. */
function forget(leaving: Leaving): void {
  if (leaving === "exit") invite = undefined;
}

function dropFragment(): string {
  const { hash, href, pathname, search } = location;
  // eslint-disable-next-line no-restricted-syntax -- It takes something out of the history, and brings nothing in.
  if (href.includes("#")) history.replaceState(history.state, "", pathname + search);
  return hash;
}

/** `open` is called once the page is seen: what nobody sees must not open by itself. */
export function watchLink(open: () => void): void {
  const openIfSeen = (): void => {
    if (document.visibilityState === "hidden") {
      document.addEventListener("visibilitychange", openIfSeen, { once: true });
      return;
    }
    if (!invites.isInvited()) return;
    if (insideIsOpen()) coverUp("hidden");
    open();
  };
  const look = (): void => {
    const secret = readFragment(dropFragment());
    if (!secret) return;
    invite = secret;
    // Not before the shell stands, exit and all.
    queueMicrotask(openIfSeen);
  };
  onForget(forget);
  // A link to the page that is here already loads nothing.
  addEventListener("hashchange", look);
  look();
}
