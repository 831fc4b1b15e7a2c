// Swiping a row away to either side, with a finger. Each row has a button that does the same.

/** How far a row has to be pulled, as a share of its width. */
const AWAY = 0.35;
/** From here on the finger means the row and not the page. */
const MEANT_PX = 12;
const CLICK_MS = 60;

export function swipeAway(list: HTMLElement, onAway: (id: number) => void): void {
  let row: HTMLElement | undefined;
  let start = 0;
  let pull: Animation | undefined;
  let swiped = false;

  /** Drawn as an animation that the finger moves: the page's policy allows no inline styles. */
  const follow = (moved: number): void => {
    if (!row) return;
    const width = row.offsetWidth;
    pull ??= row.animate(
      { transform: [`translateX(${-width}px)`, "none", `translateX(${width}px)`], opacity: [0, 1, 0] },
      { duration: 2 * width, fill: "both" },
    );
    pull.pause();
    pull.currentTime = Math.min(2 * width, Math.max(0, width + moved));
  };
  const letGo = (): void => {
    pull?.cancel();
    pull = row = undefined;
    // The click of letting go, where there is one, comes at once.
    setTimeout(() => (swiped = false), CLICK_MS);
  };

  list.addEventListener("pointerdown", ({ target, pointerType, isPrimary, clientX }) => {
    if (pointerType !== "touch" || !isPrimary || !(target instanceof Element)) return;
    row = target.closest<HTMLElement>("[data-item]") ?? undefined;
    start = clientX;
  });
  list.addEventListener("pointermove", (event) => {
    const moved = event.clientX - start;
    if (!row || !event.isPrimary || (!pull && Math.abs(moved) < MEANT_PX)) return;
    if (!pull) row.setPointerCapture(event.pointerId);
    swiped = true;
    follow(moved);
  });
  list.addEventListener("pointerup", ({ clientX, isPrimary }) => {
    if (!isPrimary) return;
    const away = row && pull && Math.abs(clientX - start) > row.offsetWidth * AWAY;
    const id = Number(row?.dataset["item"]);
    letGo();
    if (away) onAway(id);
  });
  list.addEventListener("pointercancel", letGo);
  // The finger that pulled a row has not tapped it.
  list.addEventListener("click", (event) => swiped && event.preventDefault(), { capture: true });
}
