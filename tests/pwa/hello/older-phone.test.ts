// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { offerPlainPagesFirst } from "../../../pwa/hello/older-phone.ts";
import { find, isShown, layOutHello } from "./hello-page.ts";

const standsBeforeOpening = (): boolean =>
  Boolean(find("#plain").compareDocumentPosition(find("#open")) & Node.DOCUMENT_POSITION_FOLLOWING);

const own = Object.getOwnPropertyDescriptor(window, "DecompressionStream") ?? {};

beforeEach(() => {
  layOutHello();
  Reflect.deleteProperty(window, "DecompressionStream");
});

afterEach(() => {
  Object.defineProperty(window, "DecompressionStream", own);
});

describe("A phone that cannot open what is behind the covers", () => {
  it("is told so, with the plain pages beside it", () => {
    offerPlainPagesFirst();

    expect(isShown("#older")).toBe(true);
    expect(find("#older").querySelectorAll("#plain a")).toHaveLength(1);
    expect(standsBeforeOpening()).toBe(true);
  });

  it("is no phone that can", () => {
    Object.defineProperty(window, "DecompressionStream", { value: vi.fn(), configurable: true });

    offerPlainPagesFirst();

    expect(isShown("#older")).toBe(false);
    expect(standsBeforeOpening()).toBe(false);
  });
});
