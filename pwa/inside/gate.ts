// The passcode screen, in the cover's own dress and with the frame's own words: the pack is still closed.
// It never says that a passcode was wrong: the cover is the answer, as after any other look at it.

import type { InsidePlace } from "../door/door.ts";
import { VaultError, type Vault, type VaultKind } from "../vault/store.ts";
import { showGate } from "./gate-form.ts";
import type { VaultLock } from "./locking.ts";
import { removeTraces } from "./remove-everything.ts";

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
  if ((await vault.unlock("")) !== "first") throw new VaultError("damaged");
  return isStillHere(place);
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

/** What opens after she has left is locked again. */
function isStillHere({ vault, isAwaited }: InsidePlace): boolean {
  if (!isAwaited()) vault.lock();
  return isAwaited();
}

function ask(place: InsidePlace): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const end = (passed: boolean): void => {
      place.gate.replaceChildren();
      giveUp = undefined;
      resolve(passed);
    };
    giveUp = () => {
      end(false);
    };
    showGate(place, (code) => {
      answer(place, code).then(end, (error: unknown) => {
        place.gate.replaceChildren();
        reject(error instanceof Error ? error : new VaultError("damaged", { cause: error }));
      });
    });
  });
}

/** One after the other, so that a late answer to somebody who has left cannot lock what was opened after it. */
function tryInTurn<T>(act: () => Promise<T>): Promise<T> {
  const next = turn.then(act);
  turn = next.catch(() => undefined);
  return next;
}

async function answer(place: InsidePlace, code: string): Promise<boolean> {
  const { vault } = place;
  const opened = await tryInTurn(async () => {
    const result = await vault.unlock(code);
    if (result === "first") isStillHere(place);
    return result;
  });
  if (!place.isAwaited()) return false;
  if (opened === "first") return true;
  place.coverUp();
  if (opened === "second") place.afterFrame(showTheOrdinary);
  // She may have chosen that so many wrong tries remove everything; what lies outside the vault goes with it.
  else if ((await vault.kind()) === "absent") await removeTraces(place);
  return false;
}

/** A cover may answer with a screen of its own; otherwise its settings open, as by a tap on their button. */
function showTheOrdinary(): void {
  if (document.dispatchEvent(new Event("history", { cancelable: true })))
    document.getElementById("open-settings")?.click();
}
