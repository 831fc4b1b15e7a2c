// @vitest-environment happy-dom
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { coverUp } from "../../../pwa/exit/exit.ts";
import { startShell } from "../../../pwa/shell/start.ts";
import { inSight, layOutCover, PAGE, part } from "../cover-page.ts";

const register = vi.fn(() => Promise.resolve());

// One page for all of them, as startShell() is called once.
beforeAll(() => {
  Object.defineProperty(navigator, "serviceWorker", { value: { register }, configurable: true });
  vi.spyOn(document, "readyState", "get").mockReturnValue("interactive");
  layOutCover({ inside: "data:text/javascript,export const enter = () => Promise.resolve()" });
  startShell();
});

beforeEach(() => {
  vi.stubGlobal("scrollTo", vi.fn());
  vi.stubGlobal("caches", {
    open: () => Promise.resolve({ match: () => Promise.resolve(undefined), put: () => Promise.resolve() }),
  });
  coverUp();
});

afterAll(() => {
  Reflect.deleteProperty(navigator, "serviceWorker");
});

const settings = (): HTMLDialogElement => part("settings") as HTMLDialogElement;

describe("The title", () => {
  it("leads home with a tap", () => {
    const home = vi.fn();
    document.addEventListener("home", home, { once: true });

    part("title").click();

    expect(home).toHaveBeenCalledOnce();
    expect(scrollTo).toHaveBeenCalledOnce();
    expect(inSight()).toBe("cover");
  });

  it("opens the door when it is held, and that leads nowhere else", async () => {
    vi.useFakeTimers();
    const home = vi.fn();
    document.addEventListener("home", home);
    part("title").dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
    await vi.advanceTimersByTimeAsync(1200);
    part("title").dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
    part("title").click();
    vi.useRealTimers();

    expect(inSight()).toBe("inside");
    expect(home).not.toHaveBeenCalled();
    document.removeEventListener("home", home);
  });
});

describe("The settings", () => {
  it("open with their button", () => {
    part("open-settings").click();

    expect(settings().open).toBe(true);
    settings().close();
  });

  it("have a version line that says what such a line says", () => {
    part("version").click();

    expect(part("version-note").textContent).toBe(PAGE.shell["latest"]);
  });

  it("give way when the version line has been tapped five times", async () => {
    part("open-settings").click();

    for (let tap = 0; tap < 5; tap += 1) part("version").click();

    await vi.waitFor(() => {
      expect(inSight()).toBe("inside");
    });
    expect(settings().open).toBe(false);
  });
});

describe("The way out", () => {
  it("is watched from the start", async () => {
    for (let tap = 0; tap < 5; tap += 1) part("version").click();
    await vi.waitFor(() => {
      expect(inSight()).toBe("inside");
    });

    dispatchEvent(new Event("pagehide"));

    expect(inSight()).toBe("cover");
  });
});

describe("The worker", () => {
  it("is registered when the page has been drawn, and not before", async () => {
    expect(register).not.toHaveBeenCalled();

    dispatchEvent(new Event("load"));

    await vi.waitFor(() => {
      expect(register).toHaveBeenCalledOnce();
    });
  });
});

describe("A page that lacks a part", () => {
  it("says which, at once", () => {
    part("version").remove();

    expect(startShell).toThrow("#version");
  });
});
