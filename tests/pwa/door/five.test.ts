// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";
import { onFive } from "../../../pwa/door/five.ts";

let line: HTMLButtonElement;
const reached = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  reached.mockReset();
  line = document.createElement("button");
  onFive(line, reached);
});

function clickEvery(milliseconds: number, times: number): void {
  for (let click = 0; click < times; click += 1) {
    if (click > 0) vi.advanceTimersByTime(milliseconds);
    line.click();
  }
}

it("Four clicks open nothing", () => {
  clickEvery(200, 4);

  expect(reached).not.toHaveBeenCalled();
});

it("The fifth click opens", () => {
  clickEvery(200, 5);

  expect(reached).toHaveBeenCalledOnce();
});

it("Fifteen seconds are enough, as switch control needs", () => {
  clickEvery(3700, 5);

  expect(reached).toHaveBeenCalledOnce();
});

it("Slower clicks do not open", () => {
  clickEvery(3800, 5);

  expect(reached).not.toHaveBeenCalled();
});

it("However often it is clicked slowly, it does not open", () => {
  clickEvery(4000, 40);

  expect(reached).not.toHaveBeenCalled();
});

it("Clicks of long ago do not count: five quick ones after them do", () => {
  clickEvery(200, 4);
  vi.advanceTimersByTime(15_000);

  clickEvery(200, 4);
  expect(reached).not.toHaveBeenCalled();

  clickEvery(200, 1);
  expect(reached).toHaveBeenCalledOnce();
});

it("After it has opened, counting begins anew", () => {
  clickEvery(200, 9);
  expect(reached).toHaveBeenCalledOnce();

  clickEvery(200, 1);
  expect(reached).toHaveBeenCalledTimes(2);
});

it("A held key, which clicks again and again, counts as one", () => {
  const repeated = new KeyboardEvent("keydown", { key: "Enter", repeat: true, cancelable: true });
  const first = new KeyboardEvent("keydown", { key: "Enter", cancelable: true });

  expect([line.dispatchEvent(first), line.dispatchEvent(repeated)]).toEqual([true, false]);
});
