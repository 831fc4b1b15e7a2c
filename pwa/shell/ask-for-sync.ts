// Where the browser has background sync (WICG; Chromium alone), the worker sends what waits once the network is back, though
// the app is closed by then.

import { pageData } from "./page-data.ts";

export const hasSync = (): boolean => "SyncManager" in globalThis;

/** Never rejects. */
export async function askForSync(): Promise<void> {
  try {
    const registration = (await navigator.serviceWorker.getRegistration(pageData().scope)) as
      { readonly sync?: { register(tag: string): Promise<void> } } | undefined;
    await registration?.sync?.register(NAMES.sendTag);
  } catch {
    // No worker, or no leave to work in the background.
  }
}
