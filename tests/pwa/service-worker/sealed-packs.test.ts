// The pack and the passcode: what lies on the phone before and after, and in between.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { blocked, full, ORIGIN } from "../caches-in-memory.ts";
import { keepRecord, newerRecord, type VaultOnPhone } from "../vault-on-phone.ts";
import { ENGLISH, Phone, planOf, siteOfVersion } from "./phone.ts";

const PACK = "/b/en.bin";
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

let phone: Phone;
/** What the worker asked to be kept awake for. */
let meanwhile: Promise<unknown>[];

beforeEach(() => {
  phone = new Phone();
  meanwhile = [];
});

async function worker(version: number) {
  phone.site = siteOfVersion(version);
  phone.surround(planOf(phone.site, version));
  const precache = await import("../../../pwa/service-worker/precache.ts");
  const { serveRequest } = await import("../../../pwa/service-worker/serve-request.ts");
  return {
    ...precache,
    /** The bytes that a page gets when it asks for the pack. */
    givesPack: async (init: RequestInit = {}, address = PACK): Promise<Uint8Array<ArrayBuffer>> => {
      const answer = await serveRequest(new Request(new URL(address, ORIGIN), init), (work) => meanwhile.push(work));
      const bytes = new Uint8Array((await answer?.arrayBuffer()) ?? new ArrayBuffer());
      await Promise.all(meanwhile);
      return bytes;
    },
  };
}

async function opened(vault: VaultOnPhone, version: number, address = PACK): Promise<string> {
  return textOf(await vault.opens(await phone.bytesLaidBy(version, address)));
}

const isPlain = async (version: number, address = PACK): Promise<boolean> =>
  textOf(await phone.bytesLaidBy(version, address)).includes("of version");

describe("Without a passcode a pack is laid by as it comes", () => {
  it("on a phone where nothing is kept, and no database is made", async () => {
    await (await worker(1)).layByVersion();

    expect(textOf(await phone.bytesLaidBy(1, PACK))).toBe("/b/en.bin of version 1");
    expect(await phone.databases.databases()).toEqual([]);
  });

  it("also where something is kept without one", async () => {
    await phone.makesVault({ isFree: true });

    await (await worker(1)).layByVersion();

    expect(await isPlain(1)).toBe(true);
  });
});

describe("With a passcode a pack is only ever laid by sealed", () => {
  it("at a first visit, in its own place among the rest", async () => {
    const vault = await phone.makesVault();

    await (await worker(1)).layByVersion();

    expect(phone.caches.contents()["sip-shell-v1"]).toEqual(ENGLISH);
    expect(await opened(vault, 1)).toBe("/b/en.bin of version 1");
    expect((await phone.bytesLaidBy(1, PACK))[0]).toBe(1);
  });

  it("when an update comes, which needs no open vault; the old version's stays as it was", async () => {
    const vault = await phone.makesVault();
    await (await worker(1)).layByVersion();

    await (await worker(2)).layByVersion();

    expect(await opened(vault, 1)).toBe("/b/en.bin of version 1");
    expect(await opened(vault, 2)).toBe("/b/en.bin of version 2");
  });

  it("in another language", async () => {
    const vault = await phone.makesVault();
    const { layByLanguage } = await worker(1);

    expect(await layByLanguage("es")).toBe(true);

    expect(await opened(vault, 1, "/b/es.bin")).toBe("/b/es.bin of version 1");
  });

  it("under a type that says nothing", async () => {
    await phone.makesVault();
    await (await worker(1)).layByVersion();

    const kept = await (await phone.caches.open("sip-shell-v1")).match(PACK);

    expect([...(kept?.headers ?? [])]).toEqual([["content-type", "application/octet-stream"]]);
  });

  it("and is checked against the plan before: another version's is never sealed among these scripts", async () => {
    await phone.makesVault();
    const { layByVersion } = await worker(1);
    phone.site.set(PACK, "something else");

    await expect(layByVersion()).rejects.toThrow("another version");

    expect(phone.caches.contents()).not.toHaveProperty("sip-shell-v1");
  });

  it("also when the passcode is set at the very moment in which a worker lays by", async () => {
    const { layByVersion } = await worker(1);
    const cache = await phone.caches.open("sip-shell-v1");
    const put = cache.put.bind(cache);
    let vault: VaultOnPhone | undefined;
    // The worker has seen that there is none; now there is one, and its page has found no pack to seal yet.
    vi.spyOn(cache, "put").mockImplementation(async (address, response) => {
      vault ??= await phone.makesVault();
      await put(address, response);
    });

    await layByVersion();

    expect(vault && (await opened(vault, 1))).toBe("/b/en.bin of version 1");
  });
});

describe("When the page asks for the pack and there is a passcode", () => {
  it("it gets the sealed one, and the network is asked for nothing", async () => {
    const vault = await phone.makesVault();
    const { givesPack, layByVersion } = await worker(1);
    await layByVersion();
    phone.online = false;

    expect(textOf(await vault.opens(await givesPack({ cache: "no-store" })))).toBe("/b/en.bin of version 1");
  });

  it("a missing one comes plainly from the network, and is laid by sealed", async () => {
    const vault = await phone.makesVault();
    const { givesPack } = await worker(1);

    expect(textOf(await givesPack())).toBe("/b/en.bin of version 1");

    expect(await opened(vault, 1)).toBe("/b/en.bin of version 1");
  });

  it("one that it could not open makes way for a new one, sealed again", async () => {
    await phone.makesVault();
    const { givesPack, layByVersion } = await worker(1);
    await layByVersion();
    const vault = await phone.makesVault();

    expect(textOf(await givesPack({ cache: "reload" }))).toBe("/b/en.bin of version 1");

    expect(await opened(vault, 1)).toBe("/b/en.bin of version 1");
  });

  it("another version's is handed on tonight, and not laid by", async () => {
    const vault = await phone.makesVault();
    const { givesPack, layByVersion } = await worker(1);
    await layByVersion();
    phone.site = siteOfVersion(2);

    expect(textOf(await givesPack({ cache: "reload" }))).toBe("/b/en.bin of version 2");

    expect(await opened(vault, 1)).toBe("/b/en.bin of version 1");
  });

  it("a plain one still lying there is handed on, and from then on lies there sealed", async () => {
    const { givesPack, layByVersion } = await worker(1);
    await layByVersion();
    const vault = await phone.makesVault();

    expect(textOf(await givesPack())).toBe("/b/en.bin of version 1");

    expect(await opened(vault, 1)).toBe("/b/en.bin of version 1");
  });
});

describe("A worker that starts seals what was left plain", () => {
  it("in every language laid by", async () => {
    const { layByLanguage, layByVersion, sealLaidBy } = await worker(1);
    await layByVersion();
    await layByLanguage("es");
    const vault = await phone.makesVault();

    await sealLaidBy();

    expect(await opened(vault, 1)).toBe("/b/en.bin of version 1");
    expect(await opened(vault, 1, "/b/es.bin")).toBe("/b/es.bin of version 1");
    expect(await isPlain(1, "/sip/en")).toBe(true);
  });

  it("and where there is no room for it, has none rather than a plain one", async () => {
    const { layByVersion, sealLaidBy } = await worker(1);
    await layByVersion();
    await phone.makesVault();
    phone.caches.refuses.put = full;

    await sealLaidBy();

    expect(phone.caches.contents()["sip-shell-v1"]).toEqual(ENGLISH.filter((address) => address !== PACK));
  });

  it("and leaves what is sealed as it is", async () => {
    await phone.makesVault();
    const { layByVersion, sealLaidBy } = await worker(1);
    await layByVersion();
    const before = await phone.bytesLaidBy(1, PACK);

    await sealLaidBy();

    expect(await phone.bytesLaidBy(1, PACK)).toEqual(before);
  });

  it("and does nothing where there is no passcode", async () => {
    const { layByVersion, sealLaidBy } = await worker(1);
    await layByVersion();

    await sealLaidBy();

    expect(await isPlain(1)).toBe(true);
  });
});

describe.each([
  ["newer than this worker", newerRecord()],
  ["damaged", Uint8Array.of(1)],
])("Where the vault is %s", (_, record) => {
  beforeEach(() => keepRecord(phone.databases, record));

  it("the cover is laid by, and no pack in any form", async () => {
    await (await worker(1)).layByVersion();

    expect(phone.caches.contents()["sip-shell-v1"]).toEqual(ENGLISH.filter((address) => address !== PACK));
  });

  it("the pack comes from the network", async () => {
    const { givesPack } = await worker(1);

    expect(textOf(await givesPack())).toBe("/b/en.bin of version 1");
    expect(phone.caches.contents()["sip-shell-v1"]).toEqual([]);
  });
});

describe("Where the phone does not say whether there is a passcode", () => {
  beforeEach(() => {
    phone.databases.open = () => {
      throw blocked();
    };
  });

  it("a version is not installed; the one before it stays", async () => {
    const { layByVersion } = await worker(1);

    await expect(layByVersion()).rejects.toThrow();

    expect(phone.caches.contents()).not.toHaveProperty("sip-shell-v1");
  });

  it("the pack comes from the network and is not kept", async () => {
    const { givesPack } = await worker(1);

    expect(textOf(await givesPack())).toBe("/b/en.bin of version 1");
    expect(phone.caches.contents()["sip-shell-v1"]).toEqual([]);
  });
});
