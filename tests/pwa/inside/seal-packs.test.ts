import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { forgetPacks, sealPacks } from "../../../pwa/inside/seal-packs.ts";
import { blocked, CachesInMemory, full } from "../caches-in-memory.ts";
import { keepRecord, makeVault, newerRecord } from "../vault-on-phone.ts";

let store: CachesInMemory;
let databases: IDBFactory;

/** Two covers, one of them with an update waiting, and a language more. */
const LAID_BY: Record<string, string[]> = {
  "sip-kept": ["/sip/lang"],
  "sip-shell-v1": ["/a/sip.js", "/b/en.bin", "/sip/en"],
  "sip-shell-v2": ["/a/sip.js", "/b/en.bin", "/b/es.bin", "/sip/en"],
  "sprout-shell-v1": ["/b/es.bin", "/sprout/es"],
};
const PACKS = Object.entries(LAID_BY).flatMap(([cache, addresses]) =>
  addresses.filter((address) => address.endsWith(".bin")).map((address) => [cache, address] as const),
);

beforeEach(async () => {
  store = new CachesInMemory();
  databases = new IDBFactory();
  vi.stubGlobal("caches", store);
  vi.stubGlobal("indexedDB", databases);
  for (const [name, addresses] of Object.entries(LAID_BY)) {
    const cache = await store.open(name);
    for (const address of addresses) await cache.put(address, new Response(`${address} in ${name}`));
  }
});

async function bytesIn(name: string, address: string): Promise<Uint8Array<ArrayBuffer>> {
  const kept = await (await store.open(name)).match(address);
  return new Uint8Array((await kept?.arrayBuffer()) ?? new ArrayBuffer());
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const withoutPacks = Object.fromEntries(
  Object.entries(LAID_BY).map(([name, addresses]) => [name, addresses.filter((it) => !it.endsWith(".bin"))]),
);

describe("After a passcode was set", () => {
  it("every pack is sealed: of each cover, version and language", async () => {
    const vault = await makeVault(databases);

    await sealPacks();

    expect(PACKS).toHaveLength(4);
    for (const [name, address] of PACKS) {
      expect(textOf(await vault.opens(await bytesIn(name, address)))).toBe(`${address} in ${name}`);
    }
  });

  it("all the rest stays as it was", async () => {
    await makeVault(databases);

    await sealPacks();

    expect(store.contents()).toEqual(LAID_BY);
    expect(textOf(await bytesIn("sip-shell-v1", "/sip/en"))).toBe("/sip/en in sip-shell-v1");
  });

  it("sealing again changes nothing", async () => {
    const vault = await makeVault(databases);
    await sealPacks();

    await sealPacks();

    expect(textOf(await vault.opens(await bytesIn("sip-shell-v1", "/b/en.bin")))).toBe("/b/en.bin in sip-shell-v1");
  });

  it("a phone without room has no pack rather than a plain one", async () => {
    await makeVault(databases);
    store.refuses.put = full;

    await sealPacks();

    expect(store.contents()).toEqual(withoutPacks);
  });

  it("nor one where the vault cannot be read", async () => {
    await keepRecord(databases, newerRecord());

    await sealPacks();

    expect(store.contents()).toEqual(withoutPacks);
  });

  it("a phone that refuses its storage is in nobody's way", async () => {
    await makeVault(databases);
    store.refuses.open = blocked;

    await expect(sealPacks()).resolves.toBeUndefined();
  });
});

describe("Without a passcode", () => {
  it.each(["nothing is kept", "something is kept without one"])("packs stay as they are: %s", async (what) => {
    if (what !== "nothing is kept") await makeVault(databases, { isFree: true });

    await sealPacks();

    for (const [name, address] of PACKS) expect(textOf(await bytesIn(name, address))).toBe(`${address} in ${name}`);
  });
});

describe("When all is removed", () => {
  it("no pack stays, sealed or plain, and the covers have all else", async () => {
    await makeVault(databases);
    await sealPacks();
    await (await store.open("sip-shell-v1")).put("/b/en.bin", new Response("plain again"));

    await forgetPacks();

    expect(store.contents()).toEqual(withoutPacks);
  });

  it("who asked is told when the phone refuses", async () => {
    store.refuses.open = blocked;

    await expect(forgetPacks()).rejects.toThrow();
  });
});
