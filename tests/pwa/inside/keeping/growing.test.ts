// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";
import { grow } from "../../../../pwa/inside/keeping/growing.ts";

beforeEach(() => {
  vi.stubGlobal("requestAnimationFrame", (act: () => void) => act());
});

function areaOf(scrollHeight: number): HTMLTextAreaElement {
  const area = document.createElement("textarea");
  for (const [name, value] of Object.entries({ scrollHeight, clientHeight: 40, offsetHeight: 42 })) {
    Object.defineProperty(area, name, { value });
  }
  return area;
}

it("a field is as tall as its text, where the browser does not do that by itself", () => {
  vi.stubGlobal("CSS", { supports: () => false });
  const area = areaOf(100);
  grow(area);
  expect(area.style.blockSize).toBe("102px");
});

it("a field whose text fits is left alone", () => {
  vi.stubGlobal("CSS", { supports: () => false });
  const area = areaOf(40);
  grow(area);
  expect(area.style.blockSize).toBe("");
});

it("nothing is measured where the browser does it", () => {
  vi.stubGlobal("CSS", { supports: () => true });
  const area = areaOf(100);
  grow(area);
  area.dispatchEvent(new Event("input"));
  expect(area.style.blockSize).toBe("");
});
