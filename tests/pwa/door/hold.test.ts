// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { onHold } from "../../../pwa/door/hold.ts";

let title: HTMLButtonElement;
const held = vi.fn();
const clicked = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  held.mockReset();
  clicked.mockReset();
  title = document.createElement("button");
  document.body.replaceChildren(title);
  onHold(title, held);
  title.addEventListener("click", clicked);
});

const point = (kind: string, at: PointerEventInit = {}): boolean =>
  title.dispatchEvent(new PointerEvent(kind, { bubbles: true, cancelable: true, button: 0, ...at }));

function pressKey(kind: string, key: string, repeat = false): KeyboardEvent {
  const event = new KeyboardEvent(kind, { key, repeat, bubbles: true, cancelable: true });
  title.dispatchEvent(event);
  return event;
}

describe("A press on the title", () => {
  it("opens after 1.2 seconds and not before", () => {
    point("pointerdown");

    vi.advanceTimersByTime(1199);
    expect(held).not.toHaveBeenCalled();

    vi.advanceTimersByTime(1);
    expect(held).toHaveBeenCalledOnce();
  });

  it("opens once, however long it lasts", () => {
    point("pointerdown");

    vi.advanceTimersByTime(60_000);

    expect(held).toHaveBeenCalledOnce();
  });

  it("allows for a trembling finger", () => {
    point("pointerdown", { clientX: 100, clientY: 40 });

    for (const offset of [8, -12, 15, -15, 16]) {
      vi.advanceTimersByTime(250);
      point("pointermove", { clientX: 100 + offset, clientY: 40 - offset });
    }

    expect(held).toHaveBeenCalledOnce();
  });

  it("ends where the finger moves away, as in a scroll", () => {
    point("pointerdown", { clientX: 100, clientY: 40 });
    vi.advanceTimersByTime(1000);

    point("pointermove", { clientX: 100, clientY: 65 });
    vi.advanceTimersByTime(5000);

    expect(held).not.toHaveBeenCalled();
  });

  it.each(["pointerup", "pointercancel", "pointerleave", "blur"])("ends with %s", (kind) => {
    point("pointerdown");
    vi.advanceTimersByTime(1000);

    point(kind);
    vi.advanceTimersByTime(5000);

    expect(held).not.toHaveBeenCalled();
  });

  it("counts from its own start, not from an earlier press", () => {
    point("pointerdown");
    vi.advanceTimersByTime(1000);
    point("pointerup");

    point("pointerdown");
    vi.advanceTimersByTime(1000);

    expect(held).not.toHaveBeenCalled();
  });

  it("does nothing with another mouse button", () => {
    point("pointerdown", { button: 2 });
    point("pointerdown", { button: 1 });

    vi.advanceTimersByTime(5000);

    expect(held).not.toHaveBeenCalled();
  });

  it("keeps the phone's own long-press menu away", () => {
    expect(point("contextmenu")).toBe(false);
  });
});

describe("A held key", () => {
  it.each(["Enter", " "])("opens like a press: %j", (key) => {
    pressKey("keydown", key);

    vi.advanceTimersByTime(1200);

    expect(held).toHaveBeenCalledOnce();
  });

  it("is not begun anew by its own repeats", () => {
    pressKey("keydown", "Enter");

    for (let at = 0; at < 1200; at += 100) {
      vi.advanceTimersByTime(100);
      pressKey("keydown", "Enter", true);
    }

    expect(held).toHaveBeenCalledOnce();
  });

  it("clicks once and not again and again", () => {
    expect(pressKey("keydown", "Enter").defaultPrevented).toBe(false);
    expect(pressKey("keydown", "Enter", true).defaultPrevented).toBe(true);
  });

  it("ends when it is let go", () => {
    pressKey("keydown", "Enter");
    vi.advanceTimersByTime(1000);

    pressKey("keyup", "Enter");
    vi.advanceTimersByTime(5000);

    expect(held).not.toHaveBeenCalled();
  });

  it.each(["a", "Tab", "Escape"])("opens nothing when it is %s", (key) => {
    pressKey("keydown", key);

    vi.advanceTimersByTime(5000);

    expect(held).not.toHaveBeenCalled();
  });
});

describe("The click after a press", () => {
  it("stays an ordinary click after a short tap", () => {
    point("pointerdown");
    vi.advanceTimersByTime(80);
    point("pointerup");

    title.click();

    expect(clicked).toHaveBeenCalledOnce();
    expect(held).not.toHaveBeenCalled();
  });

  it("is swallowed after a hold, since it is only the end of it", () => {
    point("pointerdown");
    vi.advanceTimersByTime(1300);
    point("pointerup");

    title.click();

    expect(clicked).not.toHaveBeenCalled();
  });

  it("is swallowed after a held Space too", () => {
    pressKey("keydown", " ");
    vi.advanceTimersByTime(1300);
    pressKey("keydown", " ", true);
    pressKey("keyup", " ");

    title.click();

    expect(clicked).not.toHaveBeenCalled();
  });
});
