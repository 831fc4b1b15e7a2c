// Registers the cover's own worker, so that it opens without a network.

import { askToStay } from "./ask-to-stay.ts";
import { noteFirstLanguage } from "./languages.ts";
import { pageData } from "./page-data.ts";
import { scriptAddress } from "./trusted-html.ts";

/** Resolves when asked for; never throws: a browser that refuses (a private window) shows the cover all the same. */
export async function registerWorker(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const { worker, scope } = pageData();
  try {
    await noteFirstLanguage();
    await navigator.serviceWorker.register(scriptAddress(worker), { scope });
    await askToStay();
  } catch {
    // Blocked or full storage: everything works while there is a network, and each opening tries again.
  }
}
