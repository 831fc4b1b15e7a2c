// Shift three times within five seconds (EX-7). Shift held for a capital letter or a shortcut does not count, nor does
// one tapped while another modifier is held: that is how keyboard layouts are switched.

const WINDOW_MS = 5000;
const TIMES = 3;

export function onShiftThrice(target: EventTarget, act: () => void): void {
  let alone = false;
  let taps: number[] = [];
  target.addEventListener("keydown", (event) => {
    const { key, repeat, altKey, ctrlKey, metaKey } = event as KeyboardEvent;
    if (key !== "Shift") {
      alone = false;
      taps = [];
    } else if (!repeat) alone = !altKey && !ctrlKey && !metaKey;
  });
  target.addEventListener("pointerdown", () => (alone = false));
  target.addEventListener("keyup", (event) => {
    if ((event as KeyboardEvent).key !== "Shift" || !alone) return;
    alone = false;
    taps = [...taps.filter((time) => event.timeStamp - time < WINDOW_MS), event.timeStamp];
    if (taps.length < TIMES) return;
    taps = [];
    act();
  });
}
