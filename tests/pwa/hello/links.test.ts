// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { followLinks } from "../../../pwa/hello/links.ts";
import { find, layOutHello } from "./hello-page.ts";

const switched = vi.hoisted(() => vi.fn());
vi.mock("../../../pwa/hello/language.ts", () => ({ switchLanguage: switched }));

const prepare = vi.fn();
const replace = vi.fn();

beforeAll(() => followLinks(prepare));

beforeEach(() => {
  switched.mockReset();
  replace.mockReset();
  vi.spyOn(location, "replace").mockImplementation((address) => {
    // What stands on the page when it is left stays on screen for as long as the line is slow.
    replace(String(address), document.body.textContent.trim());
  });
  layOutHello();
});

function click(selector: string): boolean {
  return find(selector).dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
}

describe("A link of the page", () => {
  it.each(["#leave", "#lower"])("leaves at once, with the page emptied first: %s", (selector) => {
    expect(click(selector)).toBe(false);

    expect(replace.mock.calls).toEqual([["https://weather.example/", ""]]);
  });

  it("opens the cover in the place of this page", () => {
    expect(click("#open")).toBe(false);

    expect(replace).toHaveBeenCalledOnce();
    expect(replace.mock.calls[0]?.[0]).toMatch(/\/sip\/$/);
  });

  it("brings the other language without going to its address", () => {
    expect(click("#spanish")).toBe(false);

    expect(switched).toHaveBeenCalledWith(expect.stringMatching(/\/hello\?l=es$/), prepare);
    expect(replace).not.toHaveBeenCalled();
  });

  it("opens a plain page in the place of this one, so that Back does not lead here", () => {
    expect(click("#plain a")).toBe(false);

    expect(replace).toHaveBeenCalledOnce();
    expect(replace.mock.calls[0]?.[0]).toMatch(/\/t\/2\?l=en$/);
  });

  it("is nothing that a click on text could set off", () => {
    expect(click("h1")).toBe(true);

    expect(replace).not.toHaveBeenCalled();
  });
});
