// What this phone and this window mean for keeping: told in plain words where she decides about it.

import { isInstalled } from "../shell/installed.ts";

/**
 * apple: Safari on an iPhone, which keeps nothing in common with the app on the home screen, so nothing may begin here;
 * tab: the browser may clear what is kept; app: the installed app.
 */
export type Window = "apple" | "tab" | "app";

export function windowKind(): Window {
  if (isInstalled()) return "app";
  return "standalone" in navigator ? "apple" : "tab";
}

/** Asks the browser to keep what is kept also when room runs short. undefined where it cannot be asked. */
export async function askToKeep(): Promise<boolean | undefined> {
  try {
    return await (navigator as { storage?: Partial<StorageManager> }).storage?.persist?.();
  } catch {
    return undefined;
  }
}
