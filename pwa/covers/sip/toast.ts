// The word after a removal, with its way back. It stays while a pointer or the keyboard is on it.

import { part } from "../../shell/part.ts";

const SHOWN_MS = 10_000;
let timer = 0;
let takeBack: (() => void) | undefined;

export function hideToast(): void {
  clearTimeout(timer);
  takeBack = undefined;
  const toast = part("toast");
  // Whoever stands on the button would fall out of the page with it.
  if (toast.contains(document.activeElement)) part("today-title").focus({ preventScroll: true });
  toast.hidden = true;
}

function hideWhenLeft(): void {
  if (part("toast").matches(":hover") || part("undo").matches(":focus-visible"))
    timer = setTimeout(hideWhenLeft, SHOWN_MS);
  else hideToast();
}

export function showToast(text: string, onUndo: () => void): void {
  hideToast();
  takeBack = onUndo;
  part("toast-text").textContent = text;
  part("toast").hidden = false;
  timer = setTimeout(hideWhenLeft, SHOWN_MS);
}

export function wireToast(): void {
  part("undo").addEventListener("click", () => {
    const undo = takeBack;
    hideToast();
    undo?.();
  });
}
