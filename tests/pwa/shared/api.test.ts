import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { askTimes, openNew, putWishes, readTimes, sendNote, type Wishes } from "../../../pwa/shared/api.ts";
import { ACCOUNT, CHECK_IN, DEVICE, KEY, refused, said, ServerInMemory } from "../server-in-memory.ts";

let server: ServerInMemory;

const WISHES: Wishes = {
  schedule: { zone: "Europe/Madrid", times: ["08:30"], days: [1, 2], paused_until: null, skip: null },
  ladder: { reminder_minutes: 120, grace_minutes: 360, patience_minutes: 60 },
  nudge: false,
};
const TIMES = { ...WISHES, open: [{ id: CHECK_IN, asked_at: 5 }], key: KEY, reach: "on", next: 7 };

beforeEach(() => {
  server = new ServerInMemory();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("What has been done", () => {
  it("is what the server says is done, and nothing else: a café's sign-in page says yes to everything", async () => {
    expect(await sendNote("{}")).toEqual({ ok: true, value: undefined });

    for (const page of [new Response("<p>Welcome!</p>"), said({ ok: true }), new Response("", { status: 202 })]) {
      server.answers.set("POST /s/note", () => page);
      expect(await sendNote("{}")).toEqual({ ok: false, trouble: "offline" });
    }
  });

  it("is told from what a page in between has redirected", async () => {
    const fetched = vi.fn((_address: string, _init: RequestInit) => Promise.reject(new TypeError("redirected")));
    vi.stubGlobal("fetch", fetched);

    expect(await sendNote("{}")).toEqual({ ok: false, trouble: "offline" });
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({
      redirect: "error",
      cache: "no-store",
      credentials: "same-origin",
    });
  });
});

describe("Trouble", () => {
  it.each([
    [401, "closed", "closed"],
    [404, "nothing", "nothing"],
    [429, "later", "later"],
    [400, "unreadable", "refused"],
    [400, "refused", "refused"],
    [409, "full", "refused"],
  ])("of status %i and kind %s is %s", async (status, kind, trouble) => {
    server.answers.set("POST /s/note", () => refused(status, kind));

    expect(await sendNote("{}")).toEqual({ ok: false, trouble });
  });

  it.each([
    [500, "later"],
    [503, "later"],
    [404, "offline"],
    [403, "offline"],
    [401, "offline"],
  ])(
    "of a status %i that somebody else may have sent is %s, so that nothing is given up for it",
    async (status, trouble) => {
      server.answers.set("POST /s/note", () => new Response("<p>Oh.</p>", { status }));

      expect(await sendNote("{}")).toEqual({ ok: false, trouble });
    },
  );

  it("is never thrown: no network is an answer too", async () => {
    server.online = false;

    expect(await askTimes()).toEqual({ ok: false, trouble: "offline" });
  });

  it("ends the wait for a network that hangs", async () => {
    vi.useFakeTimers();
    server.hangs = true;

    const reply = askTimes();
    await vi.advanceTimersByTimeAsync(15_000);

    expect(await reply).toEqual({ ok: false, trouble: "offline" });
  });
});

describe("What the server tells", () => {
  it("is read as what it has to be", async () => {
    server.answers.set("GET /s/times", () => said(TIMES));

    const { schedule, ladder, nudge, ...rest } = TIMES;
    expect(await askTimes()).toEqual({ ok: true, value: { ...rest, wishes: { schedule, ladder, nudge } } });
  });

  it("may be that nothing is turned on", () => {
    expect(readTimes({ ...TIMES, schedule: null, ladder: null, open: [] })?.wishes).toBeNull();
  });

  it.each([
    undefined,
    "times",
    [],
    {},
    { ...TIMES, open: "none" },
    { ...TIMES, open: [{ id: "short", asked_at: 1 }] },
    { ...TIMES, key: null },
    { ...TIMES, reach: "perhaps" },
    { ...TIMES, next: "soon" },
    { ...TIMES, ladder: null },
    { ...TIMES, ladder: { reminder_minutes: "two" } },
    { ...TIMES, schedule: { ...WISHES.schedule, times: [] } },
    { ...TIMES, schedule: { ...WISHES.schedule, times: ["soon"] } },
    { ...TIMES, schedule: { ...WISHES.schedule, days: ["Monday"] } },
    { ...TIMES, schedule: { ...WISHES.schedule, zone: 1 } },
    { ...TIMES, schedule: { ...WISHES.schedule, paused_until: 5 } },
  ])("is not believed when it is anything else: %j", (told) => {
    expect(readTimes(told)).toBeUndefined();
  });

  it("about an account has two ids in it", async () => {
    expect(await openNew("s")).toEqual({ ok: true, value: { account: ACCOUNT, device: DEVICE } });

    server.answers.set("POST /s/new", () => said({ account: "A", device: DEVICE }));
    expect(await openNew("s")).toEqual({ ok: false, trouble: "offline" });
  });
});

it("Her wishes travel whole", async () => {
  await putWishes(WISHES);

  expect(server.bodies("PUT /s/times")).toEqual([WISHES]);
});
