import { beforeEach, describe, expect, it } from "vitest";
import { full } from "../caches-in-memory.ts";
import { ENGLISH, Phone, planOf, siteOfVersion } from "./phone.ts";

let phone: Phone;

beforeEach(() => {
  phone = new Phone();
});

async function worker(version: number) {
  phone.surround(planOf(siteOfVersion(version), version));
  return await import("../../../pwa/service-worker/precache.ts");
}

const laidBy = (version: number): string[] | undefined => phone.caches.contents()[`sip-shell-v${version}`];

async function textLaidBy(version: number, address: string): Promise<string | undefined> {
  const cache = await phone.caches.open(`sip-shell-v${version}`);
  return (await cache.match(address))?.text();
}

describe("Laying a version by", () => {
  it("brings all that the cover needs in one language, and no other", async () => {
    const { layByVersion } = await worker(1);

    await layByVersion();

    expect(laidBy(1)).toEqual(ENGLISH);
    expect(await textLaidBy(1, "/sip/en")).toBe("/sip/en of version 1");
  });

  it("brings the language that the phone has chosen", async () => {
    await phone.chooses("es");
    const { layByVersion } = await worker(1);

    await layByVersion();

    expect(laidBy(1)).toEqual(["/a/more.js", "/a/sip.js", "/b/es.bin", "/sip/es"]);
  });

  it("brings the pack of the language chosen for the inside too, and no page in it", async () => {
    await phone.choosesWithin("es");
    const { layByVersion } = await worker(1);

    await layByVersion();

    expect(laidBy(1)).toEqual(["/a/more.js", "/a/sip.js", "/b/en.bin", "/b/es.bin", "/sip/en"]);
  });

  it.each(["en", "fr"])("brings nothing twice, and nothing that there is not: %s inside", async (language) => {
    await phone.choosesWithin(language);
    const { layByVersion } = await worker(1);

    await layByVersion();

    expect(laidBy(1)).toEqual(ENGLISH);
    expect(phone.addressesAsked()).toHaveLength(ENGLISH.length);
  });

  it("sends no cookie along", async () => {
    const { layByVersion } = await worker(1);

    await layByVersion();

    for (const { init } of phone.requests) expect(init).toEqual({ credentials: "omit" });
  });

  it("asks for nothing twice", async () => {
    const { layByVersion } = await worker(1);
    await layByVersion();
    const asked = phone.requests.length;

    await layByVersion();

    expect(phone.requests).toHaveLength(asked);
  });
});

describe.each(ENGLISH)("Where %s", (address) => {
  it("is missing, nothing is laid by", async () => {
    const { layByVersion } = await worker(1);
    phone.site.delete(address);

    await expect(layByVersion()).rejects.toThrow("missing part");

    expect(laidBy(1)).toBeUndefined();
  });

  it("has other bytes, as in a half-finished deployment, nothing is laid by", async () => {
    const { layByVersion } = await worker(1);
    phone.site.set(address, "something else");

    await expect(layByVersion()).rejects.toThrow("another version");

    expect(laidBy(1)).toBeUndefined();
  });
});

describe("Nothing is laid by", () => {
  it("without a network", async () => {
    const { layByVersion } = await worker(1);
    phone.online = false;

    await expect(layByVersion()).rejects.toThrow("Failed to fetch");

    expect(phone.caches.contents()).not.toHaveProperty("sip-shell-v1");
  });

  it("when the phone is full", async () => {
    const { layByVersion } = await worker(1);
    phone.caches.refuses.put = full;

    await expect(layByVersion()).rejects.toThrow("quota");

    expect(laidBy(1)).toBeUndefined();
  });

  it("that came by a redirect, since no browser opens a page with it", async () => {
    const { layByVersion } = await worker(1);
    const { fetch } = globalThis;
    globalThis.fetch = async (input) => Object.defineProperty(await fetch(input), "redirected", { value: true });

    await expect(layByVersion()).rejects.toThrow("missing part");

    expect(laidBy(1)).toBeUndefined();
  });
});

describe("An update", () => {
  async function installFirst(): Promise<void> {
    const { layByVersion } = await worker(1);
    await layByVersion();
    phone.site = siteOfVersion(2);
  }

  it("lies beside the old version until that is no longer in use", async () => {
    await installFirst();

    const { layByVersion } = await worker(2);
    await layByVersion();

    expect(laidBy(1)).toEqual(ENGLISH);
    expect(laidBy(2)).toEqual(ENGLISH);
    expect(await textLaidBy(1, "/sip/en")).toBe("/sip/en of version 1");
    expect(await textLaidBy(2, "/sip/en")).toBe("/sip/en of version 2");
  });

  it("that fails half-way leaves the old version as it was", async () => {
    await installFirst();
    phone.site.delete("/b/en.bin");

    const { layByVersion } = await worker(2);
    await expect(layByVersion()).rejects.toThrow();

    expect(laidBy(1)).toEqual(ENGLISH);
    expect(laidBy(2)).toBeUndefined();
  });

  it("of the worker's own script alone shares the cache in use, and when it fails leaves it as it was", async () => {
    await installFirst();
    await phone.chooses("es");
    phone.online = false;

    const { layByVersion } = await worker(1);
    await expect(layByVersion()).rejects.toThrow();

    expect(laidBy(1)).toEqual(ENGLISH);
  });

  it("that was cut off by a switched-off phone is completed the next time", async () => {
    const cutOff = await phone.caches.open("sip-shell-v1");
    await cutOff.put("/a/sip.js", new Response("/a/sip.js of version 1"));

    const { layByVersion } = await worker(1);
    await layByVersion();

    expect(laidBy(1)).toEqual(ENGLISH);
    expect(phone.addressesAsked()).not.toContain("/a/sip.js");
  });
});

describe("Laying another language by", () => {
  it("brings its page and its pack", async () => {
    const { layByLanguage, layByVersion } = await worker(1);
    await layByVersion();

    expect(await layByLanguage("es")).toBe(true);

    expect(laidBy(1)).toEqual([...ENGLISH, "/b/es.bin", "/sip/es"].sort());
  });

  it("needs no network when it is there already", async () => {
    const { layByLanguage } = await worker(1);
    await layByLanguage("es");
    phone.online = false;

    expect(await layByLanguage("es")).toBe(true);
  });

  it.each(["/sip/es", "/b/es.bin"])("brings all of it or nothing: %s is missing", async (address) => {
    const { layByLanguage, layByVersion } = await worker(1);
    await layByVersion();
    phone.site.delete(address);

    expect(await layByLanguage("es")).toBe(false);

    expect(laidBy(1)).toEqual(ENGLISH);
  });

  it("fails kindly without a network", async () => {
    const { layByLanguage } = await worker(1);
    phone.online = false;

    expect(await layByLanguage("es")).toBe(false);
  });

  it.each(["open", "put"] as const)("fails kindly when the phone is full (%s)", async (what) => {
    const { layByLanguage } = await worker(1);
    phone.caches.refuses[what] = full;

    expect(await layByLanguage("es")).toBe(false);
  });

  it("does not know a language that is not offered", async () => {
    const { layByLanguage } = await worker(1);

    expect(await layByLanguage("fr")).toBe(false);

    expect(phone.requests).toHaveLength(0);
  });
});

describe("Clearing up", () => {
  it("removes the cover's older versions, and nothing of anybody else", async () => {
    for (const name of ["sip-shell-v0", "sip-shell-v1", "sip-kept", "sprout-shell-v0", "sprout-kept", "other"]) {
      await phone.caches.open(name);
    }

    const { clearOldVersions } = await worker(1);
    await clearOldVersions();

    expect(await phone.caches.keys()).toEqual(["sip-shell-v1", "sip-kept", "sprout-shell-v0", "sprout-kept", "other"]);
  });
});
