// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { VaultLock } from "../../../pwa/inside/locking.ts";
import { VaultInMemory } from "../vault-in-memory.ts";

let vault: VaultInMemory;
let lock: VaultLock;

beforeEach(() => {
  vi.useFakeTimers();
  vault = new VaultInMemory();
  vault.open = true;
  lock = new VaultLock(vault);
});

afterEach(() => {
  vi.useRealTimers();
});

const SECOND = 1000;

describe("The vault", () => {
  it.each([0, 30, 300])("is locked at once on leaving, whatever time was chosen: %i s", (seconds) => {
    lock.lockAfter(seconds);

    lock.forget("exit");

    expect(vault.open).toBe(false);
  });

  it("is locked at once when out of sight, where no time was chosen or none is known yet", () => {
    lock.forget("hidden");

    expect(vault.open).toBe(false);
  });

  it("stays open for the chosen time when only out of sight, and no longer", () => {
    lock.lockAfter(30);
    lock.forget("hidden");

    vi.advanceTimersByTime(29 * SECOND);
    expect(vault.open).toBe(true);

    vi.advanceTimersByTime(SECOND);
    expect(vault.open).toBe(false);
  });

  it("needs no passcode when she is back in time, and the time begins anew with the next leaving", () => {
    lock.lockAfter(30);
    lock.forget("hidden");
    vi.advanceTimersByTime(20 * SECOND);

    expect(lock.isHeld()).toBe(true);
    lock.stay();

    vi.advanceTimersByTime(60 * SECOND);
    expect(vault.open).toBe(true);
    lock.forget("hidden");
    vi.advanceTimersByTime(29 * SECOND);
    expect(vault.open).toBe(true);
  });

  it("is locked on return where the timers of a hidden page stood still", () => {
    lock.lockAfter(30);
    lock.forget("hidden");
    vi.setSystemTime(Date.now() + 31 * SECOND);

    lock.look();

    expect(vault.open).toBe(false);
  });

  it("is locked where the clock was set back meanwhile, which proves nothing", () => {
    lock.lockAfter(30);
    lock.forget("hidden");
    vi.setSystemTime(Date.now() - 3600 * SECOND);

    expect(lock.isHeld()).toBe(false);
  });

  it("gains no time when the cover is looked at and put away again", () => {
    lock.lockAfter(30);
    lock.forget("hidden");
    vi.advanceTimersByTime(20 * SECOND);

    lock.forget("hidden");
    vi.advanceTimersByTime(10 * SECOND);

    expect(vault.open).toBe(false);
  });

  it("is locked when she leaves while it was only out of sight", () => {
    lock.lockAfter(300);
    lock.forget("hidden");

    lock.forget("exit");

    expect(vault.open).toBe(false);
  });

  it("gets no time from an earlier visit: each must be told anew", () => {
    lock.lockAfter(300);
    lock.forget("exit");
    vault.open = true;

    lock.forget("hidden");

    expect(vault.open).toBe(false);
  });
});
