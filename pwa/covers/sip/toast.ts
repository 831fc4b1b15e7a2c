// The word after a removal, with its way back. It stays while a finger, pointer or keyboard is on it.

import { part } from "./part.ts";

const SHOWN_MS = 10_000;
let timer = 0;
let takeBack: (() => void) | undefined;

export function hideToast(): void {
  clearTimeout(timer);
  takeBack = undefined;
  part("toast").hidden = true;
}

function hideWhenLeft(): void {
  if (part("toast").matches(":hover, :focus-within")) timer = setTimeout(hideWhenLeft, SHOWN_MS);
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
