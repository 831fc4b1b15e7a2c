// Everything besides the exit control that leads back to the cover: app switcher, screen off, another window, Back,
// the back-forward cache, Shift three times.

import { coverUp, exit, exitWithOtherWindows, insideIsOpen } from "./exit.ts";
import { onShiftThrice } from "./thrice.ts";

export function watchForExit(): void {
  document.getElementById("leave")?.addEventListener("click", exit);
  onShiftThrice(document, () => {
    if (insideIsOpen()) exit();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") coverUp("hidden");
  });
  // The back-forward cache keeps script state and DOM even of no-store pages, so both are emptied before it may. A
  // frozen page has no timers either: what was to be forgotten later is forgotten now.
  addEventListener("pagehide", () => {
    coverUp();
  });
  document.addEventListener("freeze", () => {
    coverUp();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) coverUp();
  });
  exitWithOtherWindows();
}
