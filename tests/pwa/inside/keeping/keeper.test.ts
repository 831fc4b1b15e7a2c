import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Keeper } from "../../../../pwa/inside/keeping/keeper.ts";
import { StoreInMemory } from "../store-in-memory.ts";

let store: StoreInMemory;
const told = { saved: vi.fn(), failed: vi.fn(), beside: vi.fn() };

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  store = new StoreInMemory();
});

afterEach(() => {
  vi.useRealTimers();
});

const keeper = (entry?: Parameters<StoreInMemory["remove"]>[0]): Keeper =>
  new Keeper(store.asVault(), "note", told, entry);

describe("What is typed", () => {
  it("is saved within a second of the last key", async () => {
    keeper().change("a");

    await vi.advanceTimersByTimeAsync(999);

    expect(store.values("note")).toEqual(["a"]);
    expect(told.saved).toHaveBeenCalledOnce();
  });

  it("is saved while she goes on typing, so that a phone that dies costs a second at most", async () => {
    const typing = keeper();
    for (let keys = 1; keys <= 40; keys += 1) {
      typing.change("x".repeat(keys));
      await vi.advanceTimersByTimeAsync(100);
    }

    expect(String(store.values("note")[0]).length).toBeGreaterThan(30);
    expect(store.saves).toBeLessThan(10);
  });

  it("is one entry, however often it is saved", async () => {
    const typing = keeper();
    for (const text of ["a", "ab", "abc"]) {
      typing.change(text);
      await typing.flush();
    }

    expect(store.values("note")).toEqual(["abc"]);
  });

  it("is saved at once when asked, and not again for nothing", async () => {
    const typing = keeper();
    typing.change("a");
    await typing.flush();
    await typing.flush();

    expect(store.saves).toBe(1);
  });

  it("never meets its own save before it and takes it for another window's", async () => {
    const typing = keeper();
    store.hold();
    typing.change("a");
    void typing.flush();
    typing.change("ab");
    void typing.flush();
    store.release();
    await vi.advanceTimersByTimeAsync(0);

    expect(told.beside).not.toHaveBeenCalled();
    expect(store.values("note")).toEqual(["ab"]);
  });
});

describe("A save that fails", () => {
  it("keeps the old, says so, and keeps what was typed for the next try", async () => {
    const entry = store.given("note", "old");
    const typing = keeper(entry);
    store.trouble = "full";
    typing.change("new");
    await typing.flush();

    expect(told.failed).toHaveBeenCalledWith("full");
    expect(told.saved).not.toHaveBeenCalled();
    expect(store.values("note")).toEqual(["old"]);

    store.trouble = undefined;
    await typing.flush();

    expect(store.values("note")).toEqual(["new"]);
    expect(told.saved).toHaveBeenCalledOnce();
  });

  it("does not put an older text over a newer one", async () => {
    const typing = keeper();
    store.trouble = "full";
    store.hold();
    typing.change("a");
    void typing.flush();
    typing.change("ab");
    store.release();
    await vi.advanceTimersByTimeAsync(0);
    store.trouble = undefined;
    await typing.flush();

    expect(store.values("note")).toEqual(["ab"]);
  });
});

describe("Another window's text", () => {
  it("stays, what was typed here stands beside it, and typing goes on there", async () => {
    const entry = store.given("note", "old");
    const typing = keeper(entry);
    store.writtenElsewhere(entry, "theirs");
    typing.change("mine");
    await typing.flush();
    typing.change("mine, and more");
    await typing.flush();

    expect(told.beside).toHaveBeenCalledOnce();
    expect(store.values("note")).toEqual(["theirs", "mine, and more"]);
  });
});

describe("Leaving", () => {
  it("hands the last words over before it returns: the keys are gone the moment after", async () => {
    const typing = keeper();
    typing.change("last words");
    void typing.leave();
    store.isLocked = true;
    await vi.advanceTimersByTimeAsync(0);

    expect(store.values("note")).toEqual(["last words"]);
  });

  it("does not wait for a save that is under way either", async () => {
    const typing = keeper(store.given("note", "l"));
    store.hold();
    typing.change("last");
    void typing.flush();
    typing.change("last words");
    void typing.leave();
    store.isLocked = true;
    store.release();
    await vi.advanceTimersByTimeAsync(0);

    expect(store.values("note")).toContain("last words");
  });

  it("with nothing to say saves nothing", async () => {
    await keeper().leave();

    expect(store.saves).toBe(0);
  });
});

describe("Removing", () => {
  it("takes the entry away, and what waited for it", async () => {
    const typing = keeper(store.given("note", "a"));
    typing.change("b");
    await typing.remove();
    await vi.advanceTimersByTimeAsync(2000);

    expect(store.entries).toEqual([]);
  });
});
