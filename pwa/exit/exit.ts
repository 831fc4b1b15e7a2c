// The exit: empty, cover and forget in one synchronous step, then leave as soon as that is drawn. It never asks, logs,
// or says what it is (EX-2, EX-9).

import { isInstalled } from "../shell/installed.ts";
import { pageData } from "../shell/page-data.ts";
import { part } from "../shell/part.ts";

/** exit: she has left, and everything goes; hidden: she may be back within the time she chose. */
export type Leaving = "exit" | "hidden";
type Forget = (leaving: Leaving) => void;

const LONGEST_FRAME_MS = 100;

const forgetters = new Set<Forget>();
const others = openChannel();

/** Firefox refuses one where cookies are blocked; then each window looks after itself. */
function openChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(NAMES.exitChannel);
  } catch {
    return undefined;
  }
}

export function insideIsOpen(): boolean {
  return !part("room").hidden;
}

/** What must go when the inside closes: decrypted state, keys, timers. Must be quick. */
export function onForget(forget: Forget): void {
  forgetters.add(forget);
}

/** Out of reach for finger, keyboard and screen reader, and without a scroll bar of its own beside the room's. */
function keepCoverStill(still: boolean): void {
  part("cover").inert = still;
  document.documentElement.classList.toggle("still", still);
}

/** Shows the room over the cover. The cover stays drawn beneath, only out of reach, so coming back costs one frame. */
export function showRoom(): void {
  keepCoverStill(true);
  part("room").hidden = false;
}

/**
 * What may wait until the cover is drawn; on a hidden page, which draws nothing, a moment. None of it can be seen, and
 * all of it would hold up the frame that matters.
 */
export function afterFrame(act: () => void): void {
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    act();
  };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, LONGEST_FRAME_MS);
}

/** Emptying comes first: if anything after it fails, nothing is left to see. All that can wait waits for one frame. */
function close(leaving: Leaving, thenLeave?: () => void): void {
  part("view").replaceChildren();
  part("gate").replaceChildren();
  part("room").hidden = true;
  afterFrame(() => {
    keepCoverStill(insideIsOpen());
    thenLeave?.();
  });
  forgetAll(leaving);
}

/** Back to the cover, staying on the page: for a hidden page, Back, and all that is no tap on the exit itself. */
export function coverUp(leaving: Leaving = "exit"): void {
  close(leaving);
}

function forgetAll(leaving: Leaving): void {
  for (const forget of forgetters) {
    try {
      forget(leaving);
    } catch {
      // One that fails must keep neither the others from forgetting nor the person from leaving; and nothing is logged.
    }
  }
}

/** In a browser tab with a network, a neutral page in this page's place; elsewhere the cover is the place (EX-3). */
function leave(): void {
  if (!isInstalled() && navigator.onLine) location.replace(pageData().exit);
}

/** The exit control. */
export function exit(): void {
  close("exit", () => {
    leave();
    others?.postMessage(null);
  });
}

/** The cover, in every window. */
export function coverUpEverywhere(): void {
  coverUp();
  others?.postMessage(null);
}

/** Windows that only show their cover stay as they are: nothing is to be seen there, only to be forgotten. */
export function exitWithOtherWindows(): void {
  others?.addEventListener("message", () => {
    if (!insideIsOpen()) {
      forgetAll("exit");
      return;
    }
    coverUp();
    leave();
  });
}
