// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from "vitest";
import { isInstalled } from "../../../pwa/shell/installed.ts";

afterEach(() => {
  Reflect.deleteProperty(navigator, "standalone");
});

function displayedAs(mode: string): void {
  vi.stubGlobal("matchMedia", (query: string) => ({ matches: query === `(display-mode: ${mode})` }));
}

it.each(["standalone", "minimal-ui", "fullscreen"])(
  "A window without an address bar is an installed app: %s",
  (mode) => {
    displayedAs(mode);

    expect(isInstalled()).toBe(true);
  },
);

it("An iPhone says it in its own way", () => {
  displayedAs("browser");
  Object.defineProperty(navigator, "standalone", { value: true, configurable: true });

  expect(isInstalled()).toBe(true);
});

it("A browser tab is none, also on an iPhone", () => {
  displayedAs("browser");
  expect(isInstalled()).toBe(false);

  Object.defineProperty(navigator, "standalone", { value: false, configurable: true });
  expect(isInstalled()).toBe(false);
});
