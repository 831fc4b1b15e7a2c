// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ACCOUNT } from "../../../../pwa/inside/account.ts";
import { aroundOf, type Around } from "../../../../pwa/inside/circle/look.ts";
import { loadStopped, PAIR, STOPPED } from "../../../../pwa/inside/circle/pairs.ts";
import type { Visit } from "../../../../pwa/inside/room.ts";
import { StoreInMemory } from "../store-in-memory.ts";
import { layOutRoom } from "../visiting.ts";
import { CircleInMemory } from "./circle-in-memory.ts";

const KEY = "k".repeat(43);

let store: StoreInMemory;
let circle: CircleInMemory;

function comesIn(): Around {
  const place = { ...layOutRoom(), vault: store.asVault() };
  circle.server.listen();
  const visit = { place, pack: { format: 1, views: {}, countries: {}, words: [] } } as unknown as Visit;
  const around = aroundOf(visit);
  if (!around) throw new Error("locked");
  return around;
}

function pairs(name: string, id = circle.gives()): string {
  store.given(PAIR, { side: "hers", id, name, key: KEY, notes: ["", "", ""], agreed_at: 0 });
  return id;
}

beforeEach(() => {
  vi.stubGlobal("navigator", {});
  store = new StoreInMemory();
  circle = new CircleInMemory();
  store.given(ACCOUNT, { account: "A".repeat(22), device: "D".repeat(22), secret: "s" });
});

describe("Looking", () => {
  it("asks once for a visit, and not at all where there is nobody", async () => {
    await comesIn().look();
    expect(circle.server.asked).toEqual([]);

    pairs("Rosa");
    const around = comesIn();
    await around.look();
    await around.look();

    expect(circle.server.whats()).toEqual(["GET /s/circle"]);
    expect(around.told?.hers).toHaveLength(1);
  });

  it("keeps to what it knows where there is no network", async () => {
    pairs("Rosa");
    circle.server.online = false;
    const around = comesIn();

    expect(await around.refresh()).toBe("offline");

    expect(around.told).toBeUndefined();
    expect(around.pairs("hers").map(({ value }) => value.name)).toEqual(["Rosa"]);
  });

  it("believes no answer of another shape", async () => {
    pairs("Rosa");
    circle.server.answers.set("GET /s/circle", () => Response.json({ hers: "all" }));

    expect(await comesIn().refresh()).toBe("offline");
  });
});

describe("Stopping", () => {
  it("is done at once, here and there", async () => {
    const id = pairs("Rosa");
    const around = comesIn();
    await around.refresh();

    expect(await around.stop(id)).toBeUndefined();

    expect(around.told?.hers).toEqual([]);
    expect(store.values(PAIR)).toEqual([]);
    expect(store.values(STOPPED)).toEqual([{ id, done: true }]);
    expect(circle.ties).toEqual([]);
  });

  it("without a network it is done here, and passed on at each look until the server has taken it", async () => {
    const id = pairs("Rosa");
    circle.server.online = false;
    expect(await comesIn().stop(id)).toBe("offline");

    await comesIn().look();
    expect(circle.ties).toHaveLength(1);
    circle.server.online = true;
    await comesIn().look();

    expect(circle.ties).toEqual([]);
    expect((await loadStopped(store.asVault())).map(({ value }) => value.done)).toEqual([true]);
    circle.server.asked.length = 0;
    await comesIn().look();
    expect(circle.server.asked).toEqual([]);
  });

  it("holds against a server that was restored from an older copy", async () => {
    const id = pairs("Rosa");
    await comesIn().stop(id);
    circle.gives({ id });
    pairs("Sam");
    const around = comesIn();

    await around.look();

    expect(around.told?.hers.map((tie) => tie.id)).not.toContain(id);
    expect(circle.ties.map((tie) => tie.id)).not.toContain(id);
  });
});

describe("What she changes", () => {
  it("counts once the server has it", async () => {
    const id = pairs("Rosa", circle.gives({ agree: true }));
    const around = comesIn();
    await around.refresh();
    let calls = 0;
    around.watch(() => (calls += 1));

    await around.agree(id);
    await around.wish({ together: true });

    expect(around.told?.hers[0]?.agree).toBe(false);
    expect(circle.wishes.together).toBe(true);
    expect(calls).toBeGreaterThan(1);
    circle.server.online = false;
    expect(await around.wish({ most_buddies: 2 })).toBe("offline");
    expect(around.told?.wishes.most_buddies).toBe(5);
  });
});
