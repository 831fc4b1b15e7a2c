// Shift three times within five seconds (EX-7). Shift held for a capital letter or a shortcut does not count.

const WINDOW_MS = 5000;
const TIMES = 3;

export function onShiftThrice(target: EventTarget, act: () => void): void {
  let alone = false;
  let taps: number[] = [];
  target.addEventListener("keydown", (event) => {
    const { key, repeat } = event as KeyboardEvent;
    if (key !== "Shift") {
      alone = false;
      taps = [];
    } else if (!repeat) alone = true;
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
