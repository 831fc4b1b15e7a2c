// The click that may follow a long press is the end of that press, not a tap of its own.

// It comes at once; one that comes later is meant.
const AT_ONCE_MS = 400;

/**
 * Returns what to call while a press is still held: the click of letting go is then swallowed wherever it lands. On an
 * iPhone that is on whatever the press has brought under the finger, which could be the control that closes it again.
 */
export function swallowLettingGo(page: Document): () => void {
  let until = 0;
  const hear = <K extends keyof DocumentEventMap>(kind: K, act: (event: DocumentEventMap[K]) => void): void => {
    page.addEventListener(kind, act, { capture: true });
  };
  const beginAnew = (): void => {
    until = 0;
  };
  const letGo = ({ timeStamp }: Event): void => {
    if (until === Infinity) until = timeStamp + AT_ONCE_MS;
  };
  hear("pointerdown", beginAnew);
  hear("keydown", (event) => {
    if (!event.repeat) beginAnew();
  });
  hear("pointerup", letGo);
  hear("pointercancel", letGo);
  hear("keyup", letGo);
  hear("click", (event) => {
    if (event.timeStamp >= until) return;
    until = 0;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  return () => (until = Infinity);
}
