// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { onShiftThrice } from "../../../pwa/exit/thrice.ts";

let keyboard: EventTarget;
const act = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  act.mockReset();
  keyboard = new EventTarget();
  onShiftThrice(keyboard, act);
});

function down(key: string, held: KeyboardEventInit = {}): void {
  keyboard.dispatchEvent(new KeyboardEvent("keydown", { key, ...held }));
}

function up(key: string, held: KeyboardEventInit = {}): void {
  keyboard.dispatchEvent(new KeyboardEvent("keyup", { key, ...held }));
}

function tapShift(held: KeyboardEventInit = {}): void {
  down("Shift", held);
  vi.advanceTimersByTime(60);
  up("Shift", held);
}

describe("Shift on its own", () => {
  it("acts at the third tap", () => {
    tapShift();
    tapShift();
    expect(act).not.toHaveBeenCalled();

    tapShift();
    expect(act).toHaveBeenCalledOnce();
  });

  it("acts when the three fall within five seconds", () => {
    tapShift();
    vi.advanceTimersByTime(2400);
    tapShift();
    vi.advanceTimersByTime(2400);
    tapShift();

    expect(act).toHaveBeenCalledOnce();
  });

  it("does not act when they are slower", () => {
    for (let tap = 0; tap < 10; tap += 1) {
      tapShift();
      vi.advanceTimersByTime(2600);
    }

    expect(act).not.toHaveBeenCalled();
  });

  it("counts anew after it has acted", () => {
    for (let tap = 0; tap < 5; tap += 1) tapShift();
    expect(act).toHaveBeenCalledOnce();

    tapShift();
    expect(act).toHaveBeenCalledTimes(2);
  });
});

describe("Shift that belongs to something else does not count", () => {
  it("a capital letter", () => {
    for (const letter of "HELLO") {
      down("Shift");
      down(letter);
      up(letter);
      up("Shift");
    }

    expect(act).not.toHaveBeenCalled();
  });

  it("a capital letter before two taps", () => {
    down("Shift");
    down("H");
    up("H");
    up("Shift");
    tapShift();
    tapShift();

    expect(act).not.toHaveBeenCalled();
  });

  it("a Shift that goes on repeating when its letter is done", () => {
    for (let times = 0; times < 3; times += 1) {
      down("Shift");
      down("H");
      up("H");
      down("Shift", { repeat: true });
      up("Shift");
      vi.advanceTimersByTime(100);
    }
    tapShift();
    tapShift();

    expect(act).not.toHaveBeenCalled();
  });

  it("letters typed between the taps", () => {
    tapShift();
    tapShift();
    down("a");
    up("a");
    tapShift();

    expect(act).not.toHaveBeenCalled();
  });

  it("a shortcut", () => {
    for (let times = 0; times < 3; times += 1) {
      down("Control");
      down("Shift", { ctrlKey: true });
      down("T", { ctrlKey: true });
      up("T", { ctrlKey: true });
      up("Shift", { ctrlKey: true });
      up("Control");
    }

    expect(act).not.toHaveBeenCalled();
  });

  it.each(["altKey", "ctrlKey", "metaKey"])("a change of keyboard layout, tapped while %s is held", (modifier) => {
    down("Alt");
    for (let times = 0; times < 4; times += 1) tapShift({ [modifier]: true });

    expect(act).not.toHaveBeenCalled();
  });

  it("a click with Shift held", () => {
    for (let times = 0; times < 3; times += 1) {
      down("Shift");
      keyboard.dispatchEvent(new Event("pointerdown"));
      up("Shift");
    }

    expect(act).not.toHaveBeenCalled();
  });

  it("a key that is held and repeats", () => {
    down("Shift");
    for (let repeats = 0; repeats < 30; repeats += 1) {
      vi.advanceTimersByTime(33);
      down("Shift", { repeat: true });
    }
    up("Shift");

    expect(act).not.toHaveBeenCalled();
  });

  it("a Shift that was pressed in another window and let go in this one", () => {
    for (let times = 0; times < 3; times += 1) up("Shift");

    expect(act).not.toHaveBeenCalled();
  });
});
