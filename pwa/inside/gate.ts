// The passcode screen, in the cover's own dress and with the frame's own words: the pack is still closed.
// It never says that a passcode was wrong: the cover is the answer, as after any other look at it.

import type { InsidePlace } from "../door/door.ts";
import { markPending } from "../shell/pending.ts";
import { VaultError, type Opened, type Vault, type VaultKind } from "../vault/store.ts";
import { showGate, takeGateAway } from "./gate-form.ts";
import type { VaultLock } from "./locking.ts";
import { removeTraces } from "./remove-everything.ts";
import { sealPacks } from "./seal-packs.ts";

let giveUp: (() => void) | undefined;
let turn: Promise<unknown> = Promise.resolve();

/** Part of forgetting: whoever still waits at the gate need not. */
export function leaveGate(): void {
  giveUp?.();
  giveUp = undefined;
}

/** Resolves to whether she may come in; rejects with VaultError when what is kept cannot be opened at all. */
export async function passGate(place: InsidePlace, lock: VaultLock): Promise<boolean> {
  const { vault } = place;
  const isHeld = lock.isHeld();
  lock.stay();
  if (isHeld) return true;
  const kind = await kindOf(vault);
  if (!place.isAwaited()) return false;
  if (kind === "absent") return true;
  if (kind === "passcode") return ask(place);
  if ((await unlockFor(place, "")) !== "first") throw new VaultError("damaged");
  return place.isAwaited();
}

async function kindOf(vault: Vault): Promise<VaultKind> {
  try {
    return await vault.kind();
  } catch (error) {
    // A browser that refuses storage has kept nothing, and all there is to read needs none.
    if (error instanceof VaultError && error.code === "blocked") return "absent";
    throw error;
  }
}

function ask(place: InsidePlace): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    // Once only: an answer that comes after she has left must not take away the screen of her next visit.
    const end = (settle: () => void): void => {
      if (isOver) return;
      isOver = true;
      giveUp = undefined;
      takeGateAway(place);
      settle();
    };
    giveUp = () => {
      end(() => {
        resolve(false);
      });
    };
    showGate(place, (code) => {
      answer(place, code).then(
        (passed) => {
          end(() => {
            resolve(passed);
          });
        },
        (error: unknown) => {
          end(() => {
            reject(error instanceof Error ? error : new VaultError("damaged", { cause: error }));
          });
        },
      );
    });
  });
}

/**
 * What opens after she has left is locked again. One try after the other, so that a late answer to an earlier visit
 * cannot lock what the next one has opened.
 */
function unlockFor({ vault, isAwaited }: InsidePlace, code: string): Promise<Opened> {
  const next = turn.then(async () => {
    const opened = await vault.unlock(code);
    if (opened === "first" && !isAwaited()) vault.lock();
    return opened;
  });
  turn = next.catch(() => undefined);
  return next;
}

async function answer(place: InsidePlace, code: string): Promise<boolean> {
  const { vault } = place;
  const opened = await unlockFor(place, code);
  if (!place.isAwaited()) return false;
  if (opened === "first") {
    // What an older cover's worker has laid by plainly meanwhile.
    void sealPacks();
    return true;
  }
  place.coverUp();
  if (opened === "second") place.afterFrame(showTheOrdinary);
  // She may have chosen that so many wrong tries remove everything; what lies outside the vault goes with it.
  else if ((await vault.kind()) === "absent") {
    markPending();
    await removeTraces(place);
  }
  return false;
}

/** As by a tap on the button that anybody taps. A host's own cover may have no history: then its settings open. */
function showTheOrdinary(): void {
  (document.getElementById("open-history") ?? document.getElementById("open-settings"))?.click();
}
