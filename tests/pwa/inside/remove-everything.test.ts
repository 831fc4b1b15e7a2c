// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { removeEverything } from "../../../pwa/inside/remove-everything.ts";
import { layOutRoom, type TestPlace } from "./visiting.ts";

let place: TestPlace;
/** What is laid by, by the name of its cache. */
let laidBy: Record<string, string[]>;

function cachesInMemory(): Pick<CacheStorage, "keys" | "open"> {
  return {
    keys: () => Promise.resolve(Object.keys(laidBy)),
    open: (name) =>
      Promise.resolve({
        keys: () =>
          Promise.resolve((laidBy[name] ?? []).map((path) => new Request(new URL(path, "https://host.example")))),
        delete(address: string) {
          laidBy[name] = (laidBy[name] ?? []).filter((path) => path !== new URL(address).pathname);
          return Promise.resolve(true);
        },
      } as unknown as Cache),
  };
}

beforeEach(() => {
  place = layOutRoom();
  place.vault.first = "836491";
  place.kept.set(NAMES.countryKey, "GB").set(NAMES.emergencyKey, "999").set(NAMES.exitSeenKey, "1");
  laidBy = {
    "sip-shell-1": ["/sip/en", "/a/more.js", "/a/sip.js", "/b/en.bin"],
    "sip-kept": ["/sip/lang", `/sip/${NAMES.insideEntry}`],
    "pantry-shell-1": ["/pantry/en", "/b/en.bin", "/b/es.bin"],
  };
  vi.stubGlobal("caches", cachesInMemory());
});

describe("Removing everything", () => {
  it("removes the vault, open or locked", async () => {
    expect(await removeEverything(place)).toBe(true);

    expect(place.vault.wipes).toBe(1);
    expect(await place.vault.kind()).toBe("absent");
  });

  it("begins with the vault, so that its key is gone whatever happens after", async () => {
    let wipedFirst = false;
    vi.stubGlobal("caches", {
      keys() {
        wipedFirst = place.vault.wipes === 1;
        return Promise.resolve([]);
      },
    });

    await removeEverything(place);

    expect(wipedFirst).toBe(true);
  });

  it("leaves every cover's caches as those of a cover whose pack is not fetched yet", async () => {
    await removeEverything(place);

    expect(laidBy).toEqual({
      "sip-shell-1": ["/sip/en", "/a/more.js", "/a/sip.js"],
      "sip-kept": ["/sip/lang"],
      "pantry-shell-1": ["/pantry/en"],
    });
  });

  it("drops the small choices of the inside, and keeps what is the cover's own", async () => {
    place.kept.set("sip.drinks", "[]").set(NAMES.addLaterKey, "1");

    await removeEverything(place);

    expect([...place.kept.keys()].sort()).toEqual([NAMES.addLaterKey, "sip.drinks"].sort());
  });

  it("waits for no network", async () => {
    vi.stubGlobal("fetch", () => new Promise(() => undefined));

    expect(await removeEverything(place)).toBe(true);
  });

  it("goes on to the rest, and says so, where the vault cannot be removed", async () => {
    place.vault.trouble = "blocked";

    expect(await removeEverything(place)).toBe(false);

    expect(laidBy["sip-shell-1"]).not.toContain("/b/en.bin");
    expect(place.kept.size).toBe(0);
  });

  it("says so where the caches refuse", async () => {
    vi.stubGlobal("caches", { keys: () => Promise.reject(new DOMException("no", "SecurityError")) });

    expect(await removeEverything(place)).toBe(false);
    expect(place.vault.wipes).toBe(1);
  });

  it("has nothing to drop in a window that has no caches", async () => {
    vi.stubGlobal("caches", undefined);

    expect(await removeEverything(place)).toBe(true);
  });
});

describe("Removing everything, and what the server has", () => {
  let asked: string[];
  let status: number;

  beforeEach(() => {
    localStorage.clear();
    asked = [];
    status = 204;
    vi.stubGlobal("fetch", (address: string) => {
      asked.push(address);
      return status
        ? Promise.resolve(new Response(null, { status }))
        : Promise.reject(new TypeError("Failed to fetch"));
    });
  });

  const mark = (): string | null => localStorage.getItem(NAMES.pendingKey);

  it("erases it at once where there is a network, locked or open", async () => {
    expect(await removeEverything(place)).toBe(true);

    expect(asked).toEqual(["/s/clear"]);
    await vi.waitFor(() => {
      expect(mark()).toBeNull();
    });
  });

  it("leaves one mark for the next connection where there is none, and all else is gone", async () => {
    status = 0;

    expect(await removeEverything(place)).toBe(true);

    expect(place.vault.wipes).toBe(1);
    expect(mark()).not.toBeNull();
  });

  it("asks for nothing and leaves nothing where nothing was ever kept", async () => {
    place.vault.first = undefined;

    await removeEverything(place);

    expect(asked).toEqual([]);
    expect(mark()).toBeNull();
  });

  it("asks for nothing where no account was opened", async () => {
    place.vault.open = true;

    await removeEverything(place);

    expect(asked).toEqual([]);
  });

  it("asks where one was", async () => {
    place.vault.open = true;
    const account = { account: "a".repeat(22), device: "d".repeat(22), secret: "s".repeat(43) };
    await place.vault.save("account", account);

    await removeEverything(place);

    expect(asked).toEqual(["/s/clear"]);
  });
});
