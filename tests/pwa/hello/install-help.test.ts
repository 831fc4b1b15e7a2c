// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { orderInstallHelp } from "../../../pwa/hello/install-help.ts";
import { find, layOutHello } from "./hello-page.ts";

const help = (): [string | undefined, boolean][] =>
  [...document.querySelectorAll<HTMLDetailsElement>("[data-phone]")].map(({ dataset, open }) => [
    dataset["phone"],
    open,
  ]);

beforeEach(layOutHello);

afterEach(() => {
  Reflect.deleteProperty(navigator, "standalone");
  Reflect.deleteProperty(window, "onbeforeinstallprompt");
});

describe("Help with installing", () => {
  it("starts with the iPhone's way on an iPhone, the other one folded below it", () => {
    Object.defineProperty(navigator, "standalone", { value: false, configurable: true });

    orderInstallHelp(find("#phones"));

    expect(help()).toEqual([
      ["apple", true],
      ["android", false],
    ]);
  });

  it("starts with Android's way where the browser can install by itself", () => {
    Object.defineProperty(window, "onbeforeinstallprompt", { value: null, configurable: true });

    orderInstallHelp(find("#phones"));

    expect(help()).toEqual([
      ["android", true],
      ["apple", false],
    ]);
  });

  it("shows both where the phone cannot be told", () => {
    orderInstallHelp(find("#phones"));

    expect(help()).toEqual([
      ["android", true],
      ["apple", true],
    ]);
  });
});
