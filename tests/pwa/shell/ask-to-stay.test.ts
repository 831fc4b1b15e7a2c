// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { askToStay } from "../../../pwa/shell/ask-to-stay.ts";

const persist = vi.fn<() => Promise<boolean>>();

beforeEach(() => {
  installed(true);
  inChromium();
  storage({ persist: persist.mockReset().mockResolvedValue(true) });
});

afterEach(() => {
  Reflect.deleteProperty(window, "onbeforeinstallprompt");
  for (const name of ["standalone", "storage"]) Reflect.deleteProperty(navigator, name);
});

function installed(whether: boolean): void {
  vi.stubGlobal("matchMedia", () => ({ matches: whether }));
}

function inChromium(): void {
  Object.defineProperty(window, "onbeforeinstallprompt", { value: null, configurable: true });
}

function onApplePhone(): void {
  Reflect.deleteProperty(window, "onbeforeinstallprompt");
  Object.defineProperty(navigator, "standalone", { value: true, configurable: true });
}

function storage(value: unknown): void {
  Object.defineProperty(navigator, "storage", { value, configurable: true });
}

describe("The browser is asked not to clear the app away", () => {
  it.each([
    ["in the installed app", inChromium],
    ["in an iPhone's installed app", onApplePhone],
  ])("%s", async (_, arrange) => {
    arrange();

    await askToStay();

    expect(persist).toHaveBeenCalledOnce();
  });
});

describe("It is not asked", () => {
  it("in a browser tab", async () => {
    installed(false);

    await askToStay();

    expect(persist).not.toHaveBeenCalled();
  });

  it("where it would ask the person in turn, as Firefox does", async () => {
    Reflect.deleteProperty(window, "onbeforeinstallprompt");

    await askToStay();

    expect(persist).not.toHaveBeenCalled();
  });
});

describe("The app goes on", () => {
  it.each([
    ["the browser says no", { persist: () => Promise.resolve(false) }],
    ["the browser refuses the question", { persist: () => Promise.reject(new DOMException("no", "SecurityError")) }],
    ["the browser does not know the question", {}],
    ["the browser has no such storage", undefined],
  ])("where %s", async (_, found) => {
    storage(found);

    await expect(askToStay()).resolves.toBeUndefined();
  });
});
