// Five activations of one control: the way in for keyboard, switch and screen reader.

const WINDOW_MS = 15_000;
const TIMES = 5;

/** Calls `reached` at the fifth click within fifteen seconds: slow enough for switch control. */
export function onFive(target: HTMLElement, reached: () => void): void {
  let clicks: number[] = [];
  // A held Enter clicks again and again, and would open what nobody asked for.
  target.addEventListener("keydown", (event) => {
    if (event.repeat) event.preventDefault();
  });
  target.addEventListener("click", (event) => {
    clicks = [...clicks.filter((time) => event.timeStamp - time < WINDOW_MS), event.timeStamp];
    if (clicks.length < TIMES) return;
    clicks = [];
    reached();
  });
}
