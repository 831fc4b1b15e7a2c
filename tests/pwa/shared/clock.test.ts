import { expect, it, vi } from "vitest";
import { now } from "../../../pwa/shared/clock.ts";

it("The clock tells the phone's time, each time anew", () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 2, 29, 1, 59) });

  const before = now();
  vi.advanceTimersByTime(120_000);

  expect(before.toISOString()).toBe("2026-03-29T01:59:00.000Z");
  expect(now().toISOString()).toBe("2026-03-29T02:01:00.000Z");
});
