// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { coverUp, onForget, showRoom } from "../../../pwa/exit/exit.ts";
import { watchForExit } from "../../../pwa/exit/watch.ts";
import { drawn, inSight, layOutCover, part } from "../cover-page.ts";

const leftFor = vi.fn<(address: string | URL) => void>();

// One page for all of them: what watches listens on the document and the window for good.
beforeAll(() => {
  layOutCover();
  watchForExit();
});

beforeEach(() => {
  leftFor.mockReset();
  vi.spyOn(location, "replace").mockImplementation(leftFor);
  coverUp();
});

function comeIn(): void {
  showRoom();
  part("view").append("what she reads");
}

function expectOnlyTheCover(): void {
  expect(inSight()).toBe("cover");
  expect(part("view").childNodes).toHaveLength(0);
}

function becomes(visibility: DocumentVisibilityState): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(visibility);
  document.dispatchEvent(new Event("visibilitychange"));
}

function tapShift(): void {
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Shift" }));
  document.dispatchEvent(new KeyboardEvent("keyup", { key: "Shift" }));
}

describe("The way out", () => {
  it("is the control at the top", async () => {
    comeIn();

    part("leave").click();

    expectOnlyTheCover();
    await drawn();
    expect(leftFor).toHaveBeenCalledOnce();
  });

  it("is Shift three times", async () => {
    comeIn();

    for (let tap = 0; tap < 3; tap += 1) tapShift();

    expectOnlyTheCover();
    await drawn();
    expect(leftFor).toHaveBeenCalledOnce();
  });

  it("does not exist on the cover: Shift three times leads nowhere there", () => {
    for (let tap = 0; tap < 3; tap += 1) tapShift();

    expect(leftFor).not.toHaveBeenCalled();
  });
});

describe("The cover comes back, and the page stays,", () => {
  it("when the page is hidden, as by the app switcher or the screen going off", () => {
    comeIn();

    becomes("hidden");

    expectOnlyTheCover();
    expect(leftFor).not.toHaveBeenCalled();
  });

  it("when the browser puts the page away, which keeps its content for coming back", () => {
    comeIn();

    dispatchEvent(new Event("pagehide"));

    expectOnlyTheCover();
    expect(leftFor).not.toHaveBeenCalled();
  });

  it("when the browser freezes the page", () => {
    comeIn();

    document.dispatchEvent(new Event("freeze"));

    expectOnlyTheCover();
  });

  it("when the browser brings back a page it had put away", () => {
    comeIn();

    dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));

    expectOnlyTheCover();
  });
});

describe("What is open may stay open for the time she chose", () => {
  const forget = vi.fn();

  beforeEach(() => {
    onForget(forget);
    comeIn();
    forget.mockReset();
  });

  it("only when the page is just out of sight", () => {
    becomes("hidden");

    expect(forget.mock.calls).toEqual([["hidden"]]);
  });

  it.each([
    ["not when the window closes", () => dispatchEvent(new Event("pagehide"))],
    ["not when the page is frozen, since its timers are too", () => document.dispatchEvent(new Event("freeze"))],
    ["not by the control at the top", () => part("leave").click()],
  ])("%s", (_, leaves) => {
    leaves();

    expect(forget.mock.calls).toEqual([["exit"]]);
  });
});

describe("The inside stays open", () => {
  it("when the page becomes visible", () => {
    comeIn();

    becomes("visible");

    expect(inSight()).toBe("inside");
  });

  it("when the page is shown for the first time", () => {
    comeIn();

    dispatchEvent(Object.assign(new Event("pageshow"), { persisted: false }));

    expect(inSight()).toBe("inside");
  });
});
