import { beforeEach, describe, expect, it, vi } from "vitest";
import { blocked, full, ORIGIN } from "../caches-in-memory.ts";
import { ENGLISH, Phone, planOf, siteOfVersion } from "./phone.ts";

let phone: Phone;
let serveRequest: (request: Request) => Promise<Response> | undefined;
/** What the worker asked to be kept awake for. */
let meanwhile: Promise<unknown>[];
let layByLanguage: (name: string) => Promise<boolean>;

/** The cover installed, in English, and its server gone on: what comes from the network can be told apart. */
beforeEach(async () => {
  phone = new Phone();
  phone.surround(planOf(siteOfVersion(1), 1));
  const precache = await import("../../../pwa/service-worker/precache.ts");
  ({ layByLanguage } = precache);
  const serving = await import("../../../pwa/service-worker/serve-request.ts");
  meanwhile = [];
  serveRequest = (request) => serving.serveRequest(request, (work) => meanwhile.push(work));
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

  it("waits a moment for the chosen language, and on a network that hangs shows another one", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await phone.chooses("es");
    phone.hangs = true;
    const shown = vi.fn();
    void textOf(opening("/sip/")).then(shown);

    await vi.advanceTimersByTimeAsync(3900);
    expect(shown).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    vi.useRealTimers();

    await vi.waitFor(() => {
      expect(shown.mock.calls).toEqual([["/sip/en of version 1"]]);
    });
  });

  it("shows the chosen language from the network where that answers in time", async () => {
    await phone.chooses("es");

    expect(await textOf(opening("/sip/"))).toBe("the cover from the network");
  });

  it("asks the network where nothing is laid by, since browsers clear up", async () => {
    await evict();

    expect(await textOf(opening("/sip/"))).toBe("the cover from the network");
  });

  it("lays by again what the browser has cleared", async () => {
    phone.site = siteOfVersion(1);
    await evict();

    await serveRequest(opening("/sip/"));
    await Promise.all(meanwhile);

    expect(phone.caches.contents()["sip-shell-v1"]).toEqual(ENGLISH);
  });

  it("is not in the way of the cover when laying by again fails", async () => {
    await evict();

    expect(await textOf(opening("/sip/"))).toBe("the cover from the network");
    await expect(Promise.all(meanwhile)).resolves.toHaveLength(1);
  });

  it("lays a chosen language by that came too late for this version", async () => {
    phone.site = siteOfVersion(1);
    await phone.chooses("es");

    await serveRequest(opening("/sip/"));
    await Promise.all(meanwhile);

    expect(phone.caches.contents()["sip-shell-v1"]).toEqual([...ENGLISH, "/b/es.bin", "/sip/es"].sort());
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
  it.each(["/a/sip.js", "/a/more.js"])("comes from the phone: %s", async (address) => {
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

  it("that the browser has cleared is laid by again when it comes", async () => {
    phone.site = siteOfVersion(1);
    await evict();
    await textOf(ask("/a/more.js#1"));

    phone.online = false;
    expect(await textOf(ask("/a/more.js"))).toBe("/a/more.js of version 1");
  });
});

describe.each(["/a/sip.js", "/a/more.js", "/b/en.bin"])("A damaged %s", (address) => {
  beforeEach(async () => {
    phone.site = siteOfVersion(1);
    const cache = await phone.caches.open("sip-shell-v1");
    await cache.put(address, new Response("damaged"));
  });

  it("is never handed on: the network's takes its place", async () => {
    expect(await textOf(ask(address))).toBe(`${address} of version 1`);
    await Promise.all(meanwhile);

    phone.online = false;
    expect(await textOf(ask(address))).toBe(`${address} of version 1`);
  });

  it("makes way for nothing but what belongs to this version", async () => {
    phone.site.set(address, "the page of a hotel's network");
    await textOf(ask(address));

    phone.site = siteOfVersion(1);
    expect(await textOf(ask(address))).toBe(`${address} of version 1`);
  });
});

describe.each(["/a/more.js", "/b/en.bin"])("When the page asks for a new %s", (address) => {
  it("it comes from the network", async () => {
    phone.site = siteOfVersion(1);

    await textOf(ask(address, { cache: "reload" }));

    expect(phone.addressesAsked()).toEqual([address]);
  });

  it("and there is no network, the one on the phone stays", async () => {
    phone.online = false;

    await expect(serveRequest(ask(address, { cache: "reload" }))).rejects.toThrow("Failed to fetch");

    expect(await textOf(ask(address))).toBe(`${address} of version 1`);
  });
});

describe("The pack", () => {
  it("comes from the phone", async () => {
    phone.online = false;

    expect(await textOf(ask("/b/en.bin", { cache: "no-store" }))).toBe("/b/en.bin of version 1");
  });

  it("of another version is handed on tonight, but not laid by among these scripts", async () => {
    expect(await textOf(ask("/b/en.bin", { cache: "reload" }))).toBe("/b/en.bin of version 2");
    await Promise.all(meanwhile);

    phone.online = false;
    expect(await textOf(ask("/b/en.bin"))).toBe("/b/en.bin of version 1");
  });

  it("of another language is laid by when it comes", async () => {
    phone.site = siteOfVersion(1);
    expect(await textOf(ask("/b/es.bin"))).toBe("/b/es.bin of version 1");
    await Promise.all(meanwhile);

    phone.online = false;
    expect(await textOf(ask("/b/es.bin"))).toBe("/b/es.bin of version 1");
  });

  it("that is missing on the server takes the place of nothing", async () => {
    phone.site.delete("/b/en.bin");

    expect((await serveRequest(ask("/b/en.bin", { cache: "reload" })))?.status).toBe(404);
    await Promise.all(meanwhile);

    phone.online = false;
    expect(await textOf(ask("/b/en.bin"))).toBe("/b/en.bin of version 1");
  });

  it("is not kept back from a page because the phone is full", async () => {
    phone.caches.refuses.put = full;

    expect(await textOf(ask("/b/en.bin", { cache: "reload" }))).toBe("/b/en.bin of version 2");
    await Promise.all(meanwhile);
  });

  it("is not kept back from a page because the phone's database answers nobody", async () => {
    phone.site = siteOfVersion(1);
    vi.stubGlobal("indexedDB", { open: () => ({}) });

    expect(await textOf(ask("/b/en.bin", { cache: "reload" }))).toBe("/b/en.bin of version 1");
    expect(await textOf(ask("/b/en.bin"))).toBe("/b/en.bin of version 1");
  });

  it("is not laid by when only half of it came", async () => {
    const half = new ReadableStream({
      start(stream) {
        stream.enqueue(new TextEncoder().encode("/b/en"));
        stream.error(new TypeError("network error"));
      },
    });
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(half)));

    await serveRequest(ask("/b/en.bin", { cache: "reload" }));
    await Promise.all(meanwhile);

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
