import { beforeEach, describe, expect, it, vi } from "vitest";
import { blocked, ORIGIN } from "../caches-in-memory.ts";
import { ENGLISH, Phone, planOf, siteOfVersion } from "./phone.ts";

type Listener = (event: unknown) => void;

let phone: Phone;
let listeners: Map<string, Listener>;
const claim = vi.fn(() => Promise.resolve());
const skipWaiting = vi.fn();

beforeEach(async () => {
  phone = new Phone();
  claim.mockClear();
  skipWaiting.mockClear();
  await start(1);
});

async function start(version: number): Promise<void> {
  listeners = new Map();
  phone.surround(planOf(siteOfVersion(version), version), {
    addEventListener: (kind: string, listener: Listener) => listeners.set(kind, listener),
    clients: { claim },
    skipWaiting,
  });
  await import("../../../pwa/service-worker/service-worker.ts");
}

let waitingFor: unknown[];

/** Fires an event as the browser does, and waits for what the worker asks it to wait for. */
async function fire(kind: string, event: object = {}): Promise<void> {
  waitingFor = [];
  listeners.get(kind)?.({ waitUntil: (promise: unknown) => waitingFor.push(promise), ...event });
  await Promise.all(waitingFor);
}

describe("A new worker", () => {
  it("is installed with all it needs", async () => {
    await fire("install");

    expect(phone.caches.contents()["sip-shell-v1"]).toEqual(ENGLISH);
  });

  it("is not installed when a part is missing", async () => {
    phone.site.delete("/a/sip.js");

    await expect(fire("install")).rejects.toThrow("missing part");
  });

  it("waits for the windows of the old one to close, so that versions never mix", async () => {
    await fire("install");
    await fire("activate");

    expect(skipWaiting).not.toHaveBeenCalled();
  });

  it("clears the old version up when its time has come, and not before", async () => {
    await fire("install");
    phone.site = siteOfVersion(2);
    await start(2);

    await fire("install");
    expect(await phone.caches.keys()).toContain("sip-shell-v1");

    await fire("activate");
    expect(await phone.caches.keys()).not.toContain("sip-shell-v1");
    expect(phone.caches.contents()["sip-shell-v2"]).toEqual(ENGLISH);
  });

  it("seals the pack it has laid by, when a passcode was set while it waited", async () => {
    await fire("install");
    const vault = await phone.makesVault();

    await fire("activate");

    const pack = await vault.opens(await phone.bytesLaidBy(1, "/b/en.bin"));
    expect(new TextDecoder().decode(pack)).toBe("/b/en.bin of version 1");
  });

  it("takes the page over that brought it, also where clearing up is refused", async () => {
    phone.caches.refuses.open = blocked;

    await fire("activate");

    expect(claim).toHaveBeenCalledOnce();
  });
});

describe("A request", () => {
  async function answerTo(address: string): Promise<Response | undefined> {
    let answer: Promise<Response> | undefined;
    await fire("fetch", {
      request: new Request(new URL(address, ORIGIN)),
      respondWith: (response: Promise<Response>) => (answer = response),
    });
    return answer;
  }

  it("for what is laid by is answered", async () => {
    await fire("install");
    phone.online = false;

    const answer = await answerTo("/a/sip.js");

    expect(await answer?.text()).toBe("/a/sip.js of version 1");
  });

  it("keeps the worker awake until what was cleared is laid by again", async () => {
    await fire("fetch", {
      request: Object.defineProperty(new Request(new URL("/sip/", ORIGIN)), "mode", { value: "navigate" }),
      respondWith: () => undefined,
    });
    await vi.waitFor(() => {
      expect(waitingFor).toHaveLength(1);
    });
    await Promise.all(waitingFor);

    expect(phone.caches.contents()["sip-shell-v1"]).toEqual(ENGLISH);
  });

  it("for anything else is left to the browser", async () => {
    expect(await answerTo("/sip/icon.svg")).toBeUndefined();
  });
});

describe("The page's wish for another language", () => {
  it("is answered when the language is there", async () => {
    const postMessage = vi.fn();

    await fire("message", { data: { keep: "es" }, ports: [{ postMessage }] });

    expect(postMessage.mock.calls).toEqual([[{ kept: true }]]);
  });

  it("is answered also when it could not be had", async () => {
    phone.online = false;
    const postMessage = vi.fn();

    await fire("message", { data: { keep: "es" }, ports: [{ postMessage }] });

    expect(postMessage.mock.calls).toEqual([[{ kept: false }]]);
  });

  it.each([null, "es", {}, { keep: 1 }, []])("is not read out of other words: %j", async (data) => {
    const postMessage = vi.fn();

    await fire("message", { data, ports: [{ postMessage }] });

    expect(postMessage).not.toHaveBeenCalled();
    expect(phone.requests).toHaveLength(0);
  });

  it("needs nobody waiting for the answer", async () => {
    await expect(fire("message", { data: { keep: "es" }, ports: [] })).resolves.toBeUndefined();
  });
});
