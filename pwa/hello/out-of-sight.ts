// This page tells what the app is, so it is on screen only while somebody looks: not in the app switcher, not in what
// the browser keeps for Back.

/** Takes the page away while it is hidden, as it stands, and for good when it is left. */
export function hideOutOfSight(): void {
  let focused: Element | null = null;
  document.addEventListener("visibilitychange", () => {
    const { body } = document;
    const isHidden = document.visibilityState === "hidden";
    // What cannot be seen cannot keep the focus either.
    if (isHidden) focused = document.activeElement;
    body.classList.toggle("away", isHidden);
    if (!isHidden && focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  });
  addEventListener("pagehide", () => document.body.replaceChildren());
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
