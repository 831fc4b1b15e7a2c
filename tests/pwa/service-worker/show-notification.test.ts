import { beforeEach, describe, expect, it, vi } from "vitest";
import { blocked } from "../caches-in-memory.ts";
import { Phone, phrasesIn, planOf } from "./phone.ts";

type Module = typeof import("../../../pwa/service-worker/show-notification.ts");

let phone: Phone;
let worker: Module;
let standing: { body: string }[];
let windows: { url: string; focus: () => Promise<void> }[];
const shown = vi.fn((_title: string, _options: NotificationOptions) => Promise.resolve());
const openWindow = vi.fn((_address: string) => Promise.resolve(null));

beforeEach(async () => {
  phone = new Phone();
  windows = [];
  standing = [];
  shown.mockClear();
  openWindow.mockClear();
  phone.surround(planOf(phone.site, 1), {
    registration: { showNotification: shown, getNotifications: () => Promise.resolve(standing) },
    clients: { matchAll: () => Promise.resolve(windows), openWindow },
  });
  worker = await import("../../../pwa/service-worker/show-notification.ts");
});

/** As server/push/payloads.py makes it: one byte of kind, and noise. */
function push(...bytes: number[]): PushMessageData {
  const all = new Uint8Array(32);
  all.set(bytes);
  return { arrayBuffer: () => all.buffer } as unknown as PushMessageData;
}

const lines = (): (string | undefined)[] => shown.mock.calls.map(([, options]) => options.body);
const lastOptions = (): object => shown.mock.calls.at(-1)?.[1] ?? {};

describe("A push", () => {
  it.each([
    [1, phrasesIn("en")[1]],
    [2, phrasesIn("en")[2]],
    [3, phrasesIn("en")[3]],
    [4, phrasesIn("en")[4]],
    [5, phrasesIn("en")[5]],
  ])("of kind %i shows one of the cover's lines for it", async (kind, phrases) => {
    await worker.showNotification(push(kind, 200, 7));

    expect(phrases).toContain(lines()[0]);
  });

  it("is shown under the cover's name and icon, in the language chosen in it", async () => {
    await phone.chooses("es");

    await worker.showNotification(push(1));

    expect(shown.mock.calls[0]?.[0]).toBe("Sip");
    expect(phrasesIn("es")[1]).toContain(lines()[0]);
    expect(lastOptions()).toMatchObject({ icon: "/sip/icon-192.png", lang: "es" });
  });

  it("takes the place of the one before, and has no buttons, badge, picture or data", async () => {
    await worker.showNotification(push(1));
    await worker.showNotification(push(2));

    expect(shown.mock.calls.map(([, { tag }]) => tag)).toEqual(["sip", "sip"]);
    expect(Object.keys(lastOptions()).sort()).toEqual(["body", "icon", "lang", "tag"]);
  });

  it("that asks somebody to reach out is not lost under a prompt of their own, only under what ends it", async () => {
    await worker.showNotification(push(3));
    standing = [lastOptions() as { body: string }];

    await worker.showNotification(push(1));
    await worker.showNotification(push(2));
    await worker.showNotification(push(4));

    const [, second, third, fourth] = lines();
    expect(phrasesIn("en")[3]).toContain(second);
    expect(phrasesIn("en")[3]).toContain(third);
    expect(phrasesIn("en")[4]).toContain(fourth);
  });

  it("never says the same twice running, even if the phone was started anew in between", async () => {
    for (let day = 0; day < 40; day += 1) {
      if (day % 5 === 0) {
        vi.resetModules();
        worker = await import("../../../pwa/service-worker/show-notification.ts");
      }
      await worker.showNotification(push(2));
    }

    const said = lines();
    expect(said.filter((line, at) => line === said[at - 1])).toEqual([]);
    expect(new Set(said).size).toBe(2);
  });

  it("says its only line again where there is but one: a push must show something", async () => {
    await worker.showNotification(push(5));
    await worker.showNotification(push(5));

    expect(lines()).toEqual(["en try", "en try"]);
  });

  it.each([
    ["nothing", null],
    ["no bytes", { arrayBuffer: () => new ArrayBuffer() } as unknown as PushMessageData],
    ["a kind of the future", push(9)],
    ["nought", push(0)],
    [
      "what cannot be read",
      {
        arrayBuffer: () => {
          throw new TypeError("bad data");
        },
      } as unknown as PushMessageData,
    ],
  ])("that holds %s still shows an ordinary reminder", async (_name, data) => {
    await worker.showNotification(data);

    expect(phrasesIn("en")[2]).toContain(lines()[0]);
  });

  it("is shown also by a phone that refuses its storage", async () => {
    phone.caches.refuses.open = blocked;

    await worker.showNotification(push(1));

    expect(phrasesIn("en")[1]).toContain(lines()[0]);
  });
});

describe("A tap on it", () => {
  const close = vi.fn();
  const focus = vi.fn(() => Promise.resolve());
  const notification = { close } as unknown as Notification;

  beforeEach(() => {
    close.mockClear();
    focus.mockReset().mockResolvedValue(undefined);
  });

  it("opens the cover", async () => {
    windows = [{ url: "https://host.example/sprout/", focus }];

    await worker.openCover(notification);

    expect(close).toHaveBeenCalledOnce();
    expect(openWindow.mock.calls).toEqual([["/sip/"]]);
    expect(focus).not.toHaveBeenCalled();
  });

  it("brings the cover forward where it is open", async () => {
    windows = [{ url: "https://host.example/sip/", focus }];

    await worker.openCover(notification);

    expect(focus).toHaveBeenCalledOnce();
    expect(openWindow).not.toHaveBeenCalled();
  });

  it("fails quietly where the browser lets nobody come forward", async () => {
    windows = [{ url: "https://host.example/sip/", focus }];
    focus.mockRejectedValue(new DOMException("not allowed", "InvalidAccessError"));

    await expect(worker.openCover(notification)).resolves.toBeUndefined();
  });
});
