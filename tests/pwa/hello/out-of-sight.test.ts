// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { hideOutOfSight } from "../../../pwa/hello/out-of-sight.ts";
import { find, layOutHello } from "./hello-page.ts";

const isAway = (): boolean => document.body.classList.contains("away");

beforeAll(hideOutOfSight);

beforeEach(() => {
  layOutHello();
  document.body.classList.remove("away");
});

function becomes(visibility: DocumentVisibilityState): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(visibility);
  document.dispatchEvent(new Event("visibilitychange"));
}

function isShownAgain(persisted: boolean): boolean {
  const reload = vi
    .spyOn(location, "reload")
    .mockClear()
    .mockImplementation(() => undefined);
  dispatchEvent(Object.assign(new Event("pageshow"), { persisted }));
  return reload.mock.calls.length === 0;
}

describe("Out of sight, as in the app switcher, the page", () => {
  it("shows nothing, and is as it was when somebody looks again", () => {
    find("#open").focus();
    const before = document.body.innerHTML;

    becomes("hidden");
    expect(isAway()).toBe(true);
    find("#open").blur();

    becomes("visible");
    expect(isAway()).toBe(false);
    expect(document.body.innerHTML).toBe(before);
    expect(document.activeElement).toBe(find("#open"));
  });

  it("is empty once it is left, since the browser may keep it for Back", () => {
    dispatchEvent(new Event("pagehide"));

    expect(document.body.childNodes).toHaveLength(0);
  });

  it("is fetched anew where the browser brings it back", () => {
    expect(isShownAgain(true)).toBe(false);
    expect(isShownAgain(false)).toBe(true);
  });
});
