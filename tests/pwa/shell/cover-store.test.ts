// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { layOutCover, PAGE, part } from "../cover-page.ts";
import { refuseToKeep, refuseToLook } from "../refusing-storage.ts";

let openStore: typeof import("../../../pwa/shell/cover-store.ts").openStore;

beforeEach(async () => {
  localStorage.clear();
  layOutCover();
  vi.resetModules();
  ({ openStore } = await import("../../../pwa/shell/cover-store.ts"));
});

/** Glasses drunk: what a cover might keep. */
function parseGlasses(raw: unknown): number {
  return typeof raw === "number" ? raw : 0;
}

const openGlasses = () => openStore("glasses", parseGlasses);

/** As the browser tells of a change made in another window. */
function anotherWindowWrites(key: string | null, newValue: string | null): void {
  dispatchEvent(new StorageEvent("storage", { key, newValue }));
}

describe("What a cover keeps", () => {
  it("is there when it is opened again", () => {
    openGlasses().save(5);

    expect(openGlasses().get()).toBe(5);
  });

  it("lies under the cover's own name, so that two covers never share it", () => {
    openGlasses().save(5);

    expect(localStorage.getItem("sip.glasses")).toBe("5");
  });

  it("starts as what the cover makes of nothing", () => {
    const parse = vi.fn(parseGlasses);

    expect(openStore("glasses", parse).get()).toBe(0);
    expect(parse).toHaveBeenCalledWith(undefined);
  });

  it.each(["", "{", "undefined", "null", "[object Object]", "\u0000"])("survives garbage in the storage: %j", (raw) => {
    localStorage.setItem("sip.glasses", raw);

    expect(openGlasses().get()).toBe(0);
  });

  it("keeps what is false or nought apart from nothing", () => {
    localStorage.setItem("sip.glasses", "0");
    const parse = vi.fn(parseGlasses);

    openStore("glasses", parse);

    expect(parse).toHaveBeenCalledWith(0);
  });

  it("tells those who listen of each change", () => {
    const glasses = openGlasses();
    const told = vi.fn();
    glasses.subscribe(told);

    glasses.save(1);
    glasses.save(2);

    expect(told.mock.calls).toEqual([[1], [2]]);
  });
});

describe("A change made in another window", () => {
  it("is taken over and told", () => {
    const glasses = openGlasses();
    const told = vi.fn();
    glasses.subscribe(told);

    anotherWindowWrites("sip.glasses", "7");

    expect(glasses.get()).toBe(7);
    expect(told.mock.calls).toEqual([[7]]);
  });

  it.each(["sip.choices", "sprout.glasses", null])("is passed by when it is about something else: %j", (key) => {
    const glasses = openGlasses();
    glasses.save(3);
    const told = vi.fn();
    glasses.subscribe(told);

    anotherWindowWrites(key, "7");

    expect(glasses.get()).toBe(3);
    expect(told).not.toHaveBeenCalled();
  });

  it.each(["{", null])("does no harm when it left nothing usable: %j", (value) => {
    const glasses = openGlasses();
    glasses.save(3);

    anotherWindowWrites("sip.glasses", value);

    expect(glasses.get()).toBe(0);
  });
});

describe("Where the phone keeps nothing", () => {
  it("the cover works on for as long as it is open, and says so", () => {
    const glasses = openGlasses();
    const told = vi.fn();
    glasses.subscribe(told);
    refuseToKeep();

    glasses.save(4);

    expect(glasses.get()).toBe(4);
    expect(told.mock.calls).toEqual([[4]]);
    expect(part("notice").hidden).toBe(false);
    expect(part("notice").textContent).toBe(PAGE.shell["notKept"]);
  });

  it("nothing is said before there is something to keep", () => {
    refuseToKeep();

    openGlasses();

    expect(part("notice").hidden).toBe(true);
  });

  it("nothing is said where all is well", () => {
    openGlasses().save(4);

    expect(part("notice").hidden).toBe(true);
  });

  it("the cover opens even where looking into the storage is not allowed", () => {
    refuseToLook();

    const glasses = openGlasses();
    glasses.save(2);

    expect(glasses.get()).toBe(2);
    expect(part("notice").hidden).toBe(false);
  });
});
