// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { refuseToKeep, refuseToLook } from "../refusing-storage.ts";

// What the phone refuses is remembered by the module, so each test gets one of its own, as each page does.
let kept: typeof import("../../../pwa/shell/kept.ts");

beforeEach(async () => {
  localStorage.clear();
  vi.resetModules();
  kept = await import("../../../pwa/shell/kept.ts");
});

describe("A choice", () => {
  it("is unknown before it is made", () => {
    expect(kept.readKept("region")).toBeUndefined();
  });

  it("is kept on the phone", () => {
    expect(kept.keep("region", "GB")).toBe(true);

    expect(kept.readKept("region")).toBe("GB");
    expect(localStorage.getItem("region")).toBe("GB");
  });

  it("is as if never made, once it is dropped", () => {
    kept.keep("region", "GB");

    kept.dropKept("region");

    expect(kept.readKept("region")).toBeUndefined();
    expect(localStorage).toHaveLength(0);
  });

  it("follows a change made in another window", () => {
    kept.keep("region", "GB");

    localStorage.setItem("region", "IE");

    expect(kept.readKept("region")).toBe("IE");
  });
});

describe.each([
  ["full", refuseToKeep],
  ["closed to the page", refuseToLook],
])("Where the phone's storage is %s", (_, refuse) => {
  it("a choice can be dropped", () => {
    refuse();
    kept.keep("region", "GB");

    kept.dropKept("region");

    expect(kept.readKept("region")).toBeUndefined();
  });

  it("a choice lasts as long as the page", () => {
    refuse();

    expect(kept.keep("region", "GB")).toBe(false);

    expect(kept.readKept("region")).toBe("GB");
  });

  it("what was never chosen is unknown", () => {
    refuse();

    expect(kept.readKept("region")).toBeUndefined();
  });
});

describe("Where the phone's storage is full", () => {
  it("a new choice counts, and not the older one that is still on the phone", () => {
    kept.keep("region", "GB");
    refuseToKeep();

    kept.keep("region", "IE");

    expect(kept.readKept("region")).toBe("IE");
  });

  it("a choice is kept once there is room again", () => {
    refuseToKeep();
    kept.keep("region", "GB");
    vi.unstubAllGlobals();

    expect(kept.keep("region", "IE")).toBe(true);

    expect(kept.readKept("region")).toBe("IE");
    expect(localStorage.getItem("region")).toBe("IE");
  });
});
