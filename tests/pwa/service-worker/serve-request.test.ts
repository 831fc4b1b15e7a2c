import { beforeEach, describe, expect, it, vi } from "vitest";
import { blocked, full, ORIGIN } from "./caches-in-memory.ts";
import { ENGLISH, Phone, planOf, siteOfVersion } from "./phone.ts";

let phone: Phone;
let serveRequest: (request: Request) => Promise<Response> | undefined;
let layByLanguage: (name: string) => Promise<boolean>;

/** The cover installed, in English, and its server gone on: what comes from the network can be told apart. */
beforeEach(async () => {
  phone = new Phone();
  phone.surround(planOf(siteOfVersion(1), 1));
  const precache = await import("../../../pwa/service-worker/precache.ts");
  ({ layByLanguage } = precache);
  ({ serveRequest } = await import("../../../pwa/service-worker/serve-request.ts"));
  await precache.layByVersion();
  phone.site = new Map([...siteOfVersion(2), ["/sip/", "the cover from the network"], ["/sip/odd", "an odd page"]]);
  phone.requests.length = 0;
});

const ask = (address: string, init: RequestInit = {}): Request => new Request(new URL(address, ORIGIN), init);

/** A page being opened: only a browser can make such a request. */
function opening(address: string): Request {
  return Object.defineProperty(ask(address), "mode", { value: "navigate" });
}

async function textOf(request: Request): Promise<string | undefined> {
  return (await serveRequest(request))?.text();
}

async function evict(): Promise<void> {
  await phone.caches.delete("sip-shell-v1");
}

describe("Opening the cover", () => {
  it.each(["/sip/", "/sip/?utm=1", "/sip/#top"])("asks the network for nothing: %s", async (address) => {
    expect(await textOf(opening(address))).toBe("/sip/en of version 1");

    expect(phone.requests).toHaveLength(0);
  });

  it("works without a network", async () => {
    phone.online = false;

    expect(await textOf(opening("/sip/"))).toBe("/sip/en of version 1");
  });

  it("shows the language that was chosen", async () => {
    phone.site = siteOfVersion(1);
    await layByLanguage("es");
    await phone.chooses("es");
    phone.online = false;

    expect(await textOf(opening("/sip/"))).toBe("/sip/es of version 1");
  });

  it("shows another language rather than nothing, where the chosen one is not on the phone", async () => {
    await phone.chooses("es");
    phone.online = false;

    expect(await textOf(opening("/sip/"))).toBe("/sip/en of version 1");
  });

  it("asks the network where nothing is laid by, since browsers clear up", async () => {
    await evict();

    expect(await textOf(opening("/sip/"))).toBe("the cover from the network");
  });

  it("lays by again what the browser has cleared", async () => {
    phone.site = siteOfVersion(1);
    await evict();

    await serveRequest(opening("/sip/"));

    await vi.waitFor(() => {
      expect(phone.caches.contents()["sip-shell-v1"]).toEqual(ENGLISH);
    });
  });

  it("lays a chosen language by that came too late for this version", async () => {
    phone.site = siteOfVersion(1);
    await phone.chooses("es");

    await serveRequest(opening("/sip/"));

    await vi.waitFor(() => {
      expect(phone.caches.contents()["sip-shell-v1"]).toEqual([...ENGLISH, "/b/es.bin", "/sip/es"].sort());
    });
  });

  it("fails as the browser would where nothing is laid by and there is no network", async () => {
    await evict();
    phone.online = false;

    await expect(serveRequest(opening("/sip/"))).rejects.toThrow("Failed to fetch");
  });
});

describe("Opening another address under the cover's", () => {
  it("is the network's to answer", async () => {
    expect(await textOf(opening("/sip/odd"))).toBe("an odd page");
    expect((await serveRequest(opening("/sip/nothing-here")))?.status).toBe(404);
  });

  it("shows the cover without a network, never an error page", async () => {
    phone.online = false;

    expect(await textOf(opening("/sip/nothing-here"))).toBe("/sip/en of version 1");
  });
});

describe("A part of the shell", () => {
  it.each(["/a/sip.css", "/a/sip.js", "/a/more.js"])("comes from the phone: %s", async (address) => {
    expect(await textOf(ask(address))).toBe(`${address} of version 1`);

    expect(phone.requests).toHaveLength(0);
  });

  it("comes from the phone also when it is tried again under a new address", async () => {
    phone.online = false;

    expect(await textOf(ask("/a/more.js#1"))).toBe("/a/more.js of version 1");
  });

  it("comes from the network where the browser has cleared up", async () => {
    await evict();

    expect(await textOf(ask("/a/sip.js"))).toBe("/a/sip.js of version 2");
  });
});

describe("The pack", () => {
  it("comes from the phone", async () => {
    phone.online = false;

    expect(await textOf(ask("/b/en.bin", { cache: "no-store" }))).toBe("/b/en.bin of version 1");
  });

  it("is fetched anew when the page asks so, and laid by in the place of a damaged one", async () => {
    phone.site = siteOfVersion(1);
    const cache = await phone.caches.open("sip-shell-v1");
    await cache.put("/b/en.bin", new Response("damaged"));

    expect(await textOf(ask("/b/en.bin", { cache: "reload" }))).toBe("/b/en.bin of version 1");

    phone.online = false;
    expect(await textOf(ask("/b/en.bin"))).toBe("/b/en.bin of version 1");
  });

  it("of another version is handed on tonight, but not laid by among these scripts", async () => {
    expect(await textOf(ask("/b/en.bin", { cache: "reload" }))).toBe("/b/en.bin of version 2");

    phone.online = false;
    expect(await textOf(ask("/b/en.bin"))).toBe("/b/en.bin of version 1");
  });

  it("of another language is laid by when it comes", async () => {
    phone.site = siteOfVersion(1);
    expect(await textOf(ask("/b/es.bin"))).toBe("/b/es.bin of version 1");

    phone.online = false;
    expect(await textOf(ask("/b/es.bin"))).toBe("/b/es.bin of version 1");
  });

  it("that is missing on the server takes the place of nothing", async () => {
    phone.site.delete("/b/en.bin");

    expect((await serveRequest(ask("/b/en.bin", { cache: "reload" })))?.status).toBe(404);

    phone.online = false;
    expect(await textOf(ask("/b/en.bin"))).toBe("/b/en.bin of version 1");
  });

  it("is not kept back from a page because the phone is full", async () => {
    phone.caches.refuses.put = full;

    expect(await textOf(ask("/b/en.bin", { cache: "reload" }))).toBe("/b/en.bin of version 2");
  });

  it("cannot be had without a network when the page asks for a new one, and the old one stays", async () => {
    phone.online = false;

    await expect(serveRequest(ask("/b/en.bin", { cache: "reload" }))).rejects.toThrow("Failed to fetch");

    expect(await textOf(ask("/b/en.bin"))).toBe("/b/en.bin of version 1");
  });
});

describe.each([
  ["refuses its storage", blocked],
  ["is full", full],
])("Where the phone %s", (_, refusal) => {
  beforeEach(() => {
    phone.caches.refuses.open = refusal;
  });

  it.each([
    ["the cover", opening("/sip/"), "the cover from the network"],
    ["another page", opening("/sip/odd"), "an odd page"],
    ["the shell", ask("/a/sip.js"), "/a/sip.js of version 2"],
    ["the pack", ask("/b/en.bin"), "/b/en.bin of version 2"],
  ])("%s comes from the network", async (_what, request, text) => {
    expect(await textOf(request)).toBe(text);
  });
});

describe("The worker keeps out of", () => {
  it.each(["POST", "PUT", "DELETE", "HEAD"])("what is not asked by GET: %s", (method) => {
    expect(serveRequest(ask("/sip/", { method }))).toBeUndefined();
    expect(serveRequest(ask("/a/sip.js", { method }))).toBeUndefined();
  });

  it.each([
    "https://weather.example/",
    "https://weather.example/sip/",
    "http://host.example/sip/",
    "https://host.example:8443/sip/",
  ])("what is elsewhere: %s", (address) => {
    expect(serveRequest(opening(address))).toBeUndefined();
    expect(serveRequest(ask(address))).toBeUndefined();
  });

  it.each(["/sip/icon-192.png", "/sip/app.webmanifest", "/up", "/a/sprout.js", "/b/fr.bin", "/t/1"])(
    "what it has not laid by: %s",
    (address) => {
      expect(serveRequest(ask(address))).toBeUndefined();
    },
  );

  it("the phone's storage with what it does not lay by: pages from the network are not kept", async () => {
    await serveRequest(opening("/sip/odd"));

    expect(phone.caches.contents()).toEqual({ "sip-kept": [], "sip-shell-v1": ENGLISH });
  });
});
