// When a cover's page asks for its script.

import { beforeEach, describe, expect, it, vi } from "vitest";

const frames: (() => void)[] = [];
let ran = 0;

/** Reads the page's own lines anew, as each opening of a page does. */
async function open(): Promise<void> {
  const dataset = { script: "/a/cover.js" };
  vi.stubGlobal("document", { currentScript: { dataset } });
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => frames.push(draw));
  vi.doMock("/a/cover.js", () => {
    ran += 1;
    return {};
  });
  vi.resetModules();
  await import("../../../pwa/shell/first-frame.ts");
}

function drawFrame(): void {
  for (const draw of frames.splice(0)) draw();
}

describe("a cover's page", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    frames.length = ran = 0;
  });

  it("asks for its script once the bar and the picture have been drawn", async () => {
    await open();
    drawFrame();
    await vi.advanceTimersByTimeAsync(0);
    expect(ran).toBe(0);
    drawFrame();
    await vi.advanceTimersByTimeAsync(0);
    await vi.waitFor(() => {
      expect(ran).toBe(1);
    });
  });

  it("comes alive where nothing is drawn, as in a window that nobody sees", async () => {
    await open();
    await vi.advanceTimersByTimeAsync(400);
    expect(ran).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    await vi.waitFor(() => {
      expect(ran).toBe(1);
    });
  });
});
