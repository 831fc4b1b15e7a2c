// A field as tall as its text, so that nothing she wrote hides in a small box.

/** Newer browsers do it by `field-sizing: content` alone, and then nothing is measured at each key. */
const growsByItself = (): boolean => CSS.supports("field-sizing", "content");

function fit(area: HTMLTextAreaElement): void {
  area.style.blockSize = "auto";
  area.style.blockSize = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}

export function grow(area: HTMLTextAreaElement): void {
  if (growsByItself()) return;
  area.addEventListener("input", () => fit(area));
  // Not laid out yet: its height is known with the next frame. Those that fit stay untouched, since each change has the
  // browser measure all of them anew.
  requestAnimationFrame(() => {
    if (area.scrollHeight > area.clientHeight) fit(area);
  });
}
