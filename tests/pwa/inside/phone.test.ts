// @vitest-environment happy-dom
import { describe, expect, it, vi } from "vitest";
import { askToKeep, windowKind } from "../../../pwa/inside/phone.ts";

function on(more: object, mode = "browser"): void {
  vi.stubGlobal("navigator", Object.assign(Object.create(navigator) as object, more));
  vi.stubGlobal("matchMedia", (query: string) => ({ matches: query === `(display-mode: ${mode})` }));
}

describe("The window", () => {
  it.each([
    ["apple", { standalone: false }, "browser"],
    ["app", { standalone: true }, "browser"],
    ["app", {}, "standalone"],
    ["tab", {}, "browser"],
  ] as const)("is known: %s", (kind, more, mode) => {
    on(more, mode);

    expect(windowKind()).toBe(kind);
  });
});

describe("Asking the browser to keep what is kept", () => {
  it.each([true, false])("gives its answer: %s", async (answer) => {
    on({ storage: { persist: () => Promise.resolve(answer) } });

    expect(await askToKeep()).toBe(answer);
  });

  it.each([
    ["it cannot be asked", { storage: undefined }],
    ["it refuses", { storage: { persist: () => Promise.reject(new DOMException("no")) } }],
  ])("gives none where %s", async (_, more) => {
    on(more);

    expect(await askToKeep()).toBeUndefined();
  });
});
