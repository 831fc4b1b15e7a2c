// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";
import { hashOf, writeSlips } from "../../../pwa/shared/slips.ts";
import { watchEntries, wrote } from "../../../pwa/shell/entries.ts";
import { CachesInMemory } from "../caches-in-memory.ts";
import { layOutCover } from "../cover-page.ts";
import { ServerInMemory } from "../server-in-memory.ts";

const DAY = "2026-11-20";
const SLIP = "S".repeat(43);
const keeping = {
  readKept: (key: string) => localStorage.getItem(key) ?? undefined,
  keep: (key: string, value: string) => {
    localStorage.setItem(key, value);
    return true;
  },
  dropKept: (key: string) => localStorage.removeItem(key),
};

let server: ServerInMemory;

beforeEach(async () => {
  vi.useFakeTimers({ now: new Date(2026, 10, 20, 12), toFake: ["Date"] });
  localStorage.clear();
  layOutCover();
  server = new ServerInMemory();
  const of = await hashOf("key", "sip", DAY, "330");
  writeSlips(keeping, { key: "key", days: { [DAY]: [{ of, slip: SLIP }] } });
});

it("An ordinary entry that she has chosen is sent, any other is not, and what failed goes out with the network", async () => {
  watchEntries();

  wrote("250");
  wrote("250");
  await new Promise((later) => setTimeout(later, 20));
  expect(server.asked).toEqual([]);

  server.online = false;
  wrote("330");
  await vi.waitFor(() => {
    expect(server.whats()).toEqual(["POST /s/tick"]);
  });

  server.online = true;
  dispatchEvent(new Event("online"));
  await vi.waitFor(() => {
    expect(server.bodies("POST /s/tick")).toMatchObject([{ slip: SLIP }, { slip: SLIP }]);
  });
  await vi.waitFor(() => {
    expect(localStorage.getItem(NAMES.slipsKey)).not.toContain(SLIP);
  });
});

it("Where the browser has background sync, what failed is laid by for the worker, which cannot read the rest", async () => {
  const register = vi.fn(() => Promise.resolve());
  vi.stubGlobal("SyncManager", Object);
  vi.stubGlobal("navigator", { serviceWorker: { getRegistration: () => Promise.resolve({ sync: { register } }) } });
  const laidBy = new CachesInMemory();
  vi.stubGlobal("caches", laidBy);
  server.online = false;
  watchEntries();

  wrote("330");

  await vi.waitFor(() => {
    expect(register).toHaveBeenCalledWith(NAMES.sendTag);
  });
  expect(laidBy.contents()[NAMES.answersCache]).toHaveLength(1);
});
