// Press and hold, by finger, pen, mouse, or a held key.

import { swallowLettingGo } from "./letting-go.ts";

const HOLD_MS = 1200;
// A finger trembles; a scroll moves further than this.
const TREMOR_PX = 24;

/** Calls `held` after that time of holding; the click that ends it is swallowed, a short tap stays an ordinary click. */
export function onHold(target: HTMLElement, held: () => void, holdMs: number = HOLD_MS): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from = { x: 0, y: 0 };
  const swallowClick = swallowLettingGo(target.ownerDocument);

  const start = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      swallowClick();
      held();
    }, holdMs);
  };
  const cancel = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };

  target.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = { x: event.clientX, y: event.clientY };
    start();
  });
  target.addEventListener("pointermove", (event) => {
    if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > TREMOR_PX) cancel();
  });
  for (const kind of ["pointerup", "pointercancel", "pointerleave", "keyup", "blur"]) {
    target.addEventListener(kind, cancel);
  }
  target.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && !event.repeat) start();
    // A held Enter would click again and again.
    if (event.key === "Enter" && event.repeat) event.preventDefault();
  });
  // The long-press menu of a phone would end the hold.
  target.addEventListener("contextmenu", (event) => {
    event.preventDefault();
  });
}
