// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { swallowLettingGo } from "../../../pwa/door/letting-go.ts";

// One listener for the file, as on a page; each test begins with a new press.
const pressIsHeld = swallowLettingGo(document);
const closed = vi.fn();
let leave: HTMLButtonElement;

beforeEach(() => {
  vi.useFakeTimers();
  closed.mockReset();
  leave = document.createElement("button");
  leave.addEventListener("click", closed);
  document.body.replaceChildren(leave);
  point("pointerdown");
});

const point = (kind: string): boolean => document.body.dispatchEvent(new PointerEvent(kind, { bubbles: true }));

const press = (kind: string, repeat = false): boolean =>
  document.body.dispatchEvent(new KeyboardEvent(kind, { key: " ", repeat, bubbles: true }));

describe("Letting go of a long press", () => {
  it("clicks nothing that the press has brought under the finger", () => {
    pressIsHeld();
    vi.advanceTimersByTime(3000);
    point("pointerup");
    vi.advanceTimersByTime(300);

    leave.click();

    expect(closed).not.toHaveBeenCalled();
  });

  it("clicks nothing either where the browser clicks before it says that the finger is gone", () => {
    pressIsHeld();

    leave.click();

    expect(closed).not.toHaveBeenCalled();
  });

  it("swallows one click only", () => {
    pressIsHeld();
    point("pointerup");
    leave.click();

    leave.click();

    expect(closed).toHaveBeenCalledOnce();
  });
});

describe("The control that leaves", () => {
  it("answers to the next tap, however soon it follows", () => {
    pressIsHeld();
    point("pointerup");

    point("pointerdown");
    point("pointerup");
    leave.click();

    expect(closed).toHaveBeenCalledOnce();
  });

  it("answers to a key, however soon it follows", () => {
    pressIsHeld();
    press("keydown", true);
    press("keyup");

    press("keydown");
    leave.click();

    expect(closed).toHaveBeenCalledOnce();
  });

  it.each(["pointerup", "pointercancel"])("answers to a screen reader, which clicks without a touch (%s)", (kind) => {
    pressIsHeld();
    point(kind);
    vi.advanceTimersByTime(400);

    leave.click();

    expect(closed).toHaveBeenCalledOnce();
  });

  it("answers when there was no long press at all", () => {
    point("pointerup");

    leave.click();

    expect(closed).toHaveBeenCalledOnce();
  });
});
