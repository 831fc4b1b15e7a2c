// Asks the browser to keep what the app has laid by, also when the phone runs short of room.

import { isInstalled } from "./installed.ts";

// Chromium's engine and Apple's answer an installed app by themselves. Firefox would pass the question on to the person.
const answersByItself = (): boolean => "onbeforeinstallprompt" in window || "standalone" in navigator;

/** Never throws: a browser that says no may clear the app away, and the next opening lays it by again. */
export async function askToStay(): Promise<void> {
  if (!isInstalled() || !answersByItself()) return;
  try {
    await (navigator as { storage?: Partial<StorageManager> }).storage?.persist?.();
  } catch {
    // Blocked storage: there is nothing to keep.
  }
}
