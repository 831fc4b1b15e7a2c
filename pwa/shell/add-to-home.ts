// "Keep it on your home screen": what any such app offers. Shown only where it can be done and is not done yet.

import { isInstalled } from "./installed.ts";
import { keep, readKept } from "./kept.ts";

interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

const isAppleBrowser = (): boolean => "standalone" in navigator;

/** `card` starts hidden and holds a button (Android, desktop), a line about the share button (iPhone), and "not now". */
export function offerToAdd(card: HTMLElement): void {
  const button = card.querySelector<HTMLButtonElement>("[data-add]");
  const share = card.querySelector<HTMLElement>("[data-share]");
  if (!button || !share || isInstalled() || readKept(NAMES.addLaterKey)) return;
  let prompt: InstallPrompt | undefined;
  card.querySelector("[data-later]")?.addEventListener("click", () => {
    card.hidden = true;
    keep(NAMES.addLaterKey, "1");
  });
  addEventListener("beforeinstallprompt", (event) => {
    // Kept for our own button; the browser's banner would come at its own time.
    event.preventDefault();
    prompt = event as InstallPrompt;
    button.hidden = false;
    card.hidden = false;
  });
  button.addEventListener("click", () => {
    // A browser lets each offer be taken once; it makes another when it is ready to be asked again.
    card.hidden = true;
    prompt?.prompt().catch(() => undefined);
    prompt = undefined;
  });
  addEventListener("appinstalled", () => (card.hidden = true));
  if (isAppleBrowser()) {
    share.hidden = false;
    card.hidden = false;
  }
}
