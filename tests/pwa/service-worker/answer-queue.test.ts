import { beforeEach, describe, expect, it, vi } from "vitest";
import { KEY, refused, ServerInMemory } from "../server-in-memory.ts";
import { Phone, planOf, siteOfVersion } from "./phone.ts";

let phone: Phone;
let server: ServerInMemory;
let listeners: Map<string, (event: unknown) => void>;
let waitingFor: Promise<unknown>[];
let subscription: object;
const subscribe = vi.fn((_options: PushSubscriptionOptionsInit) => Promise.resolve(subscription));

beforeEach(async () => {
  phone = new Phone();
  listeners = new Map();
  const bytes = new Uint8Array([1, 2, 3]);
  subscription = { endpoint: "https://push.example/new", getKey: () => bytes.buffer, options: {} };
  subscribe.mockReset().mockImplementation(() => Promise.resolve(subscription));
  phone.surround(planOf(siteOfVersion(1), 1), {
    addEventListener: (kind: string, listener: (event: unknown) => void) => listeners.set(kind, listener),
    registration: { pushManager: { subscribe } },
  });
  server = new ServerInMemory();
  await import("../../../pwa/service-worker/service-worker.ts");
});

async function fire(kind: string, event: object): Promise<void> {
  waitingFor = [];
  listeners.get(kind)?.({ waitUntil: (work: Promise<unknown>) => waitingFor.push(work), ...event });
  await Promise.all(waitingFor);
}

async function laysAnswerBy(): Promise<void> {
  const { layAnswerBy, newAnswer } = await import("../../../pwa/shared/answers.ts");
  await layAnswerBy(newAnswer("here", null));
}

describe("When the network is back", () => {
  it("the worker sends what waits, with nobody there", async () => {
    await laysAnswerBy();

    await fire("sync", { tag: NAMES.sendTag });

    expect(server.whats()).toEqual(["POST /s/note"]);
    expect(phone.caches.contents()[NAMES.answersCache]).toEqual([]);
  });

  it("a slip of the quiet answer goes out as well, in its own words, and lay there as long as any answer", async () => {
    const { answerBySlip, layAnswerBy } = await import("../../../pwa/shared/answers.ts");
    const at = Math.floor(Date.now() / 1000);
    await layAnswerBy(answerBySlip({ of: "hash", slip: "S".repeat(43), at }));
    await laysAnswerBy();
    const tray = await caches.open(NAMES.answersCache);
    const sizes = new Set<number>();
    for (const request of await tray.keys()) sizes.add((await (await tray.match(request))?.text())?.length ?? 0);

    await fire("sync", { tag: NAMES.sendTag });

    expect(sizes.size).toBe(1);
    expect(server.bodies("POST /s/tick")).toMatchObject([{ slip: "S".repeat(43), given_at: at }]);
    expect(server.whats()).toHaveLength(2);
    expect(phone.caches.contents()[NAMES.answersCache]).toEqual([]);
  });

  it.each(["offline", "later"])(
    "and it is not really (%s), the browser is asked to come back to it",
    async (trouble) => {
      await laysAnswerBy();
      server.online = trouble !== "offline";
      server.answers.set("POST /s/note", () => refused(429, "later"));

      await expect(fire("sync", { tag: NAMES.sendTag })).rejects.toThrow("not sent yet");
      expect(phone.caches.contents()[NAMES.answersCache]).toHaveLength(1);
    },
  );

  it("and the session has ended, the answer waits for her: the worker knows no secret", async () => {
    await laysAnswerBy();
    server.isSignedIn = false;

    await fire("sync", { tag: NAMES.sendTag });

    expect(server.whats()).toEqual(["POST /s/note"]);
    expect(phone.caches.contents()[NAMES.answersCache]).toHaveLength(1);
  });

  it("somebody else's reason to wake up is none of ours", async () => {
    await laysAnswerBy();

    await fire("sync", { tag: "other" });

    expect(server.whats()).toEqual([]);
  });
});

describe("When the push service drops a subscription", () => {
  const notesKey = async (): Promise<void> => {
    const kept = await phone.caches.open(`sip-${NAMES.keptCache}`);
    await kept.put(`/sip/${NAMES.reachKeyEntry}`, new Response(KEY));
  };

  it("the worker makes another for the same key, and tells the server", async () => {
    await notesKey();

    await fire("pushsubscriptionchange", {});

    expect(subscribe.mock.calls[0]?.[0]).toMatchObject({ userVisibleOnly: true });
    expect(server.bodies("PUT /s/reach")).toEqual([
      { endpoint: "https://push.example/new", p256dh: "AQID", auth: "AQID", key: KEY },
    ]);
  });

  it("the key of the lost one is taken, where the browser tells it", async () => {
    const options = { applicationServerKey: new Uint8Array([4, 5, 6]).buffer };

    await fire("pushsubscriptionchange", { oldSubscription: { options } });

    expect(server.bodies("PUT /s/reach")).toMatchObject([{ key: "BAUG" }]);
  });

  it("and pushes were never turned on here, nothing is done", async () => {
    await fire("pushsubscriptionchange", { oldSubscription: null });

    expect(subscribe).not.toHaveBeenCalled();
  });

  it("and no other is to be had, the worker ends quietly", async () => {
    await notesKey();
    subscribe.mockRejectedValue(new DOMException("denied", "NotAllowedError"));

    await fire("pushsubscriptionchange", {});

    expect(server.whats()).toEqual([]);
  });
});
