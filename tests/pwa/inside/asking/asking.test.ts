// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Asking } from "../../../../pwa/inside/asking/asking.ts";
import { askPermission } from "../../../../pwa/inside/asking/reach.ts";
import type { Wishes } from "../../../../pwa/shared/api.ts";
import { CHECK_IN, KEY, refused, said, ServerInMemory } from "../../server-in-memory.ts";
import { StoreInMemory } from "../store-in-memory.ts";
import { PhoneWithPush } from "./phone-with-push.ts";

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const WISHES: Wishes = {
  schedule: { zone: ZONE, times: ["08:30"], days: [1, 2, 3, 4, 5, 6, 7], paused_until: null, skip: null },
  ladder: { reminder_minutes: 120, grace_minutes: 360, patience_minutes: 60 },
  nudge: false,
};

let phone: PhoneWithPush;
let server: ServerInMemory;
let store: StoreInMemory;
let asking: Asking;
/** As the server has it. */
let standing: { wishes: Wishes | null; open: { id: string; asked_at: number }[]; key: string; reach: string };

beforeEach(async () => {
  vi.useFakeTimers({ now: new Date(2026, 10, 20, 7) });
  phone = new PhoneWithPush();
  phone.surround();
  server = new ServerInMemory();
  standing = { wishes: null, open: [], key: KEY, reach: "none" };
  server.answers.set("GET /s/times", () => {
    const { wishes, ...rest } = standing;
    return said({ ...(wishes ?? { schedule: null, ladder: WISHES.ladder, nudge: false }), ...rest, next: null });
  });
  server.answers.set("PUT /s/times", (body) => {
    standing.wishes = body as Wishes;
    return new Response(null, { status: 204 });
  });
  server.answers.set("PUT /s/reach", () => {
    standing.reach = "on";
    return new Response(null, { status: 204 });
  });
  store = new StoreInMemory();
  await opensTheDoor();
});

afterEach(() => {
  vi.useRealTimers();
});

async function opensTheDoor(): Promise<void> {
  asking = new Asking(store.asVault());
  await asking.load();
}

async function turnsOn(): Promise<void> {
  await askPermission();
  expect(await asking.turnOn(WISHES)).toBeUndefined();
  await asking.reachHere();
  server.asked.length = 0;
}

const notes = (): Record<string, unknown>[] => server.bodies("POST /s/note") as Record<string, unknown>[];

describe("Somebody who has turned nothing on", () => {
  it("is asked nothing, and the server hears nothing", async () => {
    await asking.look();

    expect(asking.due).toBeUndefined();
    expect(server.asked).toEqual([]);
    expect(store.entries).toEqual([]);
  });
});

describe("Turning check-ins on", () => {
  it("opens an account, tells when to ask, and has pushes come here", async () => {
    await askPermission();
    await asking.turnOn(WISHES);

    expect(await asking.reachHere()).toBe("on");

    expect(server.whats()).toEqual(["POST /s/new", "PUT /s/times", "GET /s/times", "PUT /s/reach"]);
    expect(server.bodies("PUT /s/reach")).toEqual([
      { endpoint: "https://push.example/1", p256dh: "AQID", auth: "AQID", key: KEY },
    ]);
    expect(asking.wishes).toEqual(WISHES);
  });

  it("works without pushes, whatever the reason", async () => {
    phone.says = "denied";
    await askPermission();

    expect(await asking.turnOn(WISHES)).toBeUndefined();
    expect(await asking.reachHere()).toBe("denied");

    expect(asking.wishes).toEqual(WISHES);
    expect(server.whats()).not.toContain("PUT /s/reach");
  });

  it("without a network says so, and nothing is on", async () => {
    server.online = false;

    expect(await asking.turnOn(WISHES)).toBe("offline");
    expect(asking.wishes).toBeNull();
  });
});

describe("Pushes", () => {
  it("never make the phone ask her by themselves", async () => {
    await asking.turnOn(WISHES);

    expect(await asking.reachHere()).toBe("ask");
    expect(phone.asked).toBe(0);
  });

  it.each([
    ["the browser has none", "unsupported"],
    ["the push service does not answer", "late"],
    ["the push service refuses", "failed"],
    ["the phone refuses", "denied"],
    ["the server cannot be told", "failed"],
  ])("do not come when %s: %s", async (why, state) => {
    if (why === "the browser has none") phone.surround({ isSupported: false });
    if (why.endsWith("answer")) phone.refusal = "hangs";
    if (why === "the push service refuses") phone.refusal = new DOMException("no", "AbortError");
    if (why === "the phone refuses") phone.refusal = new DOMException("no", "NotAllowedError");
    if (why.endsWith("told")) server.answers.set("PUT /s/reach", () => refused(400, "unreadable"));
    phone.permission = "granted";
    await asking.turnOn(WISHES);

    const reaching = asking.reachHere();
    await vi.advanceTimersByTimeAsync(60_000);

    expect(await reaching).toBe(state);
  });

  it("are looked at again at each opening, and nothing is done where all is well", async () => {
    await turnsOn();
    await opensTheDoor();

    await asking.look();

    expect(asking.reach).toBe("on");
    expect(server.whats()).toEqual(["GET /s/times"]);
    expect(phone.made).toBe(1);
  });

  it.each([
    ["the browser has dropped the subscription", () => (phone.subscription = null)],
    ["the server has another key", () => (standing.key = `${KEY.slice(0, -1)}Q`)],
    ["the push service has forgotten it", () => (standing.reach = "lost")],
  ])("are set up again when %s", async (_why, happens) => {
    await turnsOn();
    happens();
    await opensTheDoor();

    await asking.look();

    expect(asking.reach).toBe("on");
    expect(phone.made).toBe(2);
    expect(server.bodies("PUT /s/reach")).toMatchObject([{ endpoint: "https://push.example/2", key: standing.key }]);
  });

  it("are told of again when the server knows of none, though the browser has kept its own", async () => {
    await turnsOn();
    standing.reach = "none";
    await opensTheDoor();

    await asking.look();

    expect(phone.made).toBe(1);
    expect(server.whats()).toEqual(["GET /s/times", "PUT /s/reach"]);
  });

  it("that she has stopped in the phone's settings are known to be stopped", async () => {
    await turnsOn();
    phone.permission = "denied";
    await opensTheDoor();

    await asking.look();

    expect(asking.reach).toBe("denied");
    expect(asking.wishes).toEqual(WISHES);
  });
});

describe("A check-in", () => {
  it("is there to answer while the server has it open", async () => {
    await turnsOn();
    standing.open = [{ id: CHECK_IN, asked_at: 1 }];
    await asking.refresh();
    expect(asking.due).toEqual({ id: CHECK_IN });

    await asking.answer("here", 4);

    expect(notes()).toMatchObject([{ says: "here", check_in: CHECK_IN }]);
    expect(asking.due).toBeUndefined();
  });

  it("is there by the clock, without a network and without a push", async () => {
    await turnsOn();
    server.online = false;
    vi.setSystemTime(new Date(2026, 10, 20, 8, 45));
    await opensTheDoor();
    await asking.look();
    expect(asking.due).toEqual({ id: null });

    expect(await asking.answer("here", 4)).toBe("offline");

    expect(asking.due).toBeUndefined();
    expect(phone.tags).toEqual([NAMES.sendTag]);
  });

  it("that was answered without a network is not asked again before the answer has gone out", async () => {
    await turnsOn();
    standing.open = [{ id: CHECK_IN, asked_at: 1 }];
    await asking.refresh();
    server.answers.set("POST /s/note", () => refused(429, "later"));
    await asking.answer("here", 4);
    await opensTheDoor();

    await asking.look();

    expect(asking.due).toBeUndefined();
  });

  it("that waits to be sent goes out at the next opening, also when the session has ended meanwhile", async () => {
    await turnsOn();
    server.online = false;
    await asking.answer("come", undefined);
    server.online = true;
    server.isSignedIn = false;
    server.asked.length = 0;
    await opensTheDoor();

    await asking.look();

    expect(server.whats()).toEqual(["POST /s/note", "POST /s/in", "POST /s/note", "GET /s/times"]);
    expect(new Set(notes().map(({ id }) => id)).size).toBe(1);
  });

  it("is not taken for answered where it could be neither kept nor sent", async () => {
    await turnsOn();
    vi.setSystemTime(new Date(2026, 10, 20, 8, 45));
    server.online = false;
    phone.caches.refuses.put = () => new DOMException("full", "QuotaExceededError");

    expect(await asking.answer("here", undefined)).toBe("offline");

    expect(asking.due).toEqual({ id: null });
    expect(phone.tags).toEqual([]);
  });
});

describe("How she feels", () => {
  it("stays in the vault", async () => {
    await turnsOn();
    await asking.answer("here", 2, true);

    expect(store.values("day")).toEqual([{ day: "2026-11-20", mood: 2 }]);
    expect(Object.keys(notes()[0] ?? {}).sort()).toEqual(["check_in", "given_at", "id", "says", "sent_at"]);
  });

  it("is not overwritten by an everyday answer, but by a hard day", async () => {
    await turnsOn();
    store.given("day", { day: "2026-11-20", mood: 5 });

    await asking.answer("here", 4);
    expect(store.values("day")).toEqual([{ day: "2026-11-20", mood: 5 }]);

    await asking.answer("here", 2, true);
    expect(store.values("day")).toEqual([{ day: "2026-11-20", mood: 2 }]);
  });
});

describe("Her times", () => {
  it("can be paused, and go on", async () => {
    await turnsOn();

    await asking.pause("week");
    expect(standing.wishes?.schedule.paused_until).toBe("2026-11-27");

    await asking.goOn();
    expect(standing.wishes?.schedule.paused_until).toBeNull();
  });

  it("put off leave her alone for this visit, and the server knows", async () => {
    await turnsOn();
    standing.open = [{ id: CHECK_IN, asked_at: 1 }];
    await asking.refresh();

    expect(await asking.wait("hour")).toBeUndefined();

    expect(server.bodies("POST /s/wait")).toEqual([{ what: "hour", check_in: CHECK_IN }]);
    expect(asking.due).toBeUndefined();
  });

  it("follow her to another zone only if she says so, and she is asked about it once", async () => {
    await turnsOn();
    standing.wishes = { ...WISHES, schedule: { ...WISHES.schedule, zone: "Pacific/Chatham" } };
    await asking.refresh();
    expect(asking.travelledTo).toBe(ZONE);

    await asking.leaveZoneAlone(ZONE);
    expect(asking.travelledTo).toBeUndefined();

    await asking.moveTo(ZONE);
    expect(standing.wishes.schedule.zone).toBe(ZONE);
  });
});

describe("Turning check-ins off", () => {
  it("leaves nothing: not here, not at the push service, not with the server", async () => {
    await turnsOn();
    server.online = false;
    await asking.answer("come", undefined);
    server.online = true;

    expect(await asking.turnOff()).toBeUndefined();

    expect(server.whats().slice(-2)).toEqual(["DELETE /s/times", "DELETE /s/reach"]);
    expect(phone.subscription).toBeNull();
    expect(phone.caches.contents()).toEqual({ "sip-kept": [] });
    expect(store.values("asking")).toEqual([]);
  });

  it("without a network says so, and all stays as it was", async () => {
    await turnsOn();
    server.online = false;

    expect(await asking.turnOff()).toBe("offline");
    expect(asking.wishes).toEqual(WISHES);
  });

  it("on another device is found out at the next opening", async () => {
    await turnsOn();
    standing.wishes = null;
    await opensTheDoor();
    await asking.look();

    expect(asking.wishes).toBeNull();
    expect(asking.due).toBeUndefined();
  });
});

describe("What is kept", () => {
  it("and cannot be made sense of is as if nothing were on", async () => {
    store.given("asking", { times: { schedule: "daily" }, answered: 5, scope: 1 });
    await opensTheDoor();

    expect(asking.wishes).toBeNull();
    expect(asking.due).toBeUndefined();
  });

  it("is one entry, whichever window wrote last", async () => {
    await turnsOn();
    const other = new Asking(store.asVault());
    await other.load();
    await other.leaveZoneAlone("Pacific/Chatham");
    await asking.refresh();

    expect(store.values("asking")).toHaveLength(1);
  });
});
