// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Asking } from "../../../../pwa/inside/asking/asking.ts";
import { askPermission } from "../../../../pwa/inside/asking/reach.ts";
import type { Wishes } from "../../../../pwa/shared/api.ts";
import { digestOf, markSlip, sendSlips } from "../../../../pwa/shared/slips.ts";
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
/** What the phone keeps outside the vault. */
const outside = new Map<string, string>();
const keeping = {
  readKept: (key: string) => outside.get(key),
  keep: (key: string, value: string) => Boolean(outside.set(key, value)),
  dropKept: (key: string) => void outside.delete(key),
};
/** As the server has it. */
let standing: { wishes: Wishes | null; open: { id: string; asked_at: number }[]; key: string; reach: string };

beforeEach(async () => {
  vi.useFakeTimers({ now: new Date(2026, 10, 20, 7) });
  outside.clear();
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
    await asking.look(keeping);

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

    await asking.look(keeping);

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

    await asking.look(keeping);

    expect(asking.reach).toBe("on");
    expect(phone.made).toBe(2);
    expect(server.bodies("PUT /s/reach")).toMatchObject([{ endpoint: "https://push.example/2", key: standing.key }]);
  });

  it("are told of again when the server knows of none, though the browser has kept its own", async () => {
    await turnsOn();
    standing.reach = "none";
    await opensTheDoor();

    await asking.look(keeping);

    expect(phone.made).toBe(1);
    expect(server.whats()).toEqual(["GET /s/times", "PUT /s/reach"]);
  });

  it("that she has stopped in the phone's settings are known to be stopped", async () => {
    await turnsOn();
    phone.permission = "denied";
    await opensTheDoor();

    await asking.look(keeping);

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
    await asking.look(keeping);
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

    await asking.look(keeping);

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

    await asking.look(keeping);

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

describe("The quiet answer", () => {
  const laid = (): { digest: string; says: string; day: string }[] =>
    (server.bodies("POST /s/slip").at(-1) as { slips: { digest: string; says: string; day: string }[] }).slips;

  beforeEach(async () => {
    await turnsOn();
    expect(await asking.setQuiet(keeping, { here: "330", come: "275" })).toBeUndefined();
  });

  it("tells the server digests for the coming days, and of her entries nothing", () => {
    expect(laid()).toHaveLength(56);
    expect(new Set(laid().map(({ digest }) => digest)).size).toBe(56);
    expect(laid().slice(0, 2)).toMatchObject([
      { says: "here", day: "2026-11-20" },
      { says: "come", day: "2026-11-20" },
    ]);
    expect(laid().every(({ digest }) => /^[\w-]{43}$/.test(digest))).toBe(true);
  });

  it("leaves nothing outside the vault that can be read, and nothing that tells the two apart", () => {
    const kept = outside.get(NAMES.slipsKey) ?? "";
    const { days } = JSON.parse(kept) as { days: Record<string, { of: string; slip: string }[]> };

    expect(kept).not.toMatch(/330|275|here|come/);
    const lengths = Object.values(days).flatMap((pair) => pair.map((slip) => JSON.stringify(slip).length));
    expect(new Set(lengths).size).toBe(1);
    expect(Object.values(days).every(([one, other]) => (one?.of ?? "") < (other?.of ?? ""))).toBe(true);
  });

  it.each([
    ["330", "here"],
    ["275", "come"],
  ])("sends the slip of an entry that counts (%s: %s), once, and the server reads it", async (entry, says) => {
    expect(await markSlip(keeping, "sip", "2026-11-20", entry)).toBe(true);
    expect(await sendSlips(keeping)).toBe(true);
    expect(await markSlip(keeping, "sip", "2026-11-20", entry)).toBe(false);

    const [told] = server.bodies("POST /s/tick") as { slip: string }[];
    const known = laid().find(({ day, says: means }) => day === "2026-11-20" && means === says);
    expect(await digestOf(told?.slip ?? "")).toBe(known?.digest);
  });

  it("sends words that are as long, whichever entry it was", async () => {
    for (const entry of ["330", "275"]) await markSlip(keeping, "sip", "2026-11-20", entry);
    await sendSlips(keeping);

    const texts = server.asked.filter(({ what }) => what === "POST /s/tick").map(({ text }) => text.length);
    expect(texts).toHaveLength(2);
    expect(new Set(texts).size).toBe(1);
  });

  it.each([
    ["331", "sip", "2026-11-20"],
    ["330", "pantry", "2026-11-20"],
    ["330", "sip", "2027-03-01"],
  ])("takes no other entry for one: %s in %s on %s", async (entry, cover, day) => {
    expect(await markSlip(keeping, cover, day, entry)).toBe(false);
    await sendSlips(keeping);

    expect(server.whats()).not.toContain("POST /s/tick");
  });

  it("waits for a network, and is not lost when slips are laid by anew", async () => {
    await markSlip(keeping, "sip", "2026-11-20", "275");
    server.online = false;
    expect(await sendSlips(keeping)).toBe(false);
    const before = outside.get(NAMES.slipsKey);
    await opensTheDoor();
    await asking.look(keeping);
    expect(outside.get(NAMES.slipsKey)).toBe(before);

    server.online = true;
    server.asked.length = 0;
    await opensTheDoor();
    await asking.look(keeping);

    expect(server.whats().filter((what) => /tick|slip/.test(what))).toEqual(["POST /s/tick", "POST /s/slip"]);
  });

  it("ends when she says so: no slip is left, here or there", async () => {
    expect(await asking.setQuiet(keeping, null)).toBeUndefined();

    expect(laid()).toEqual([]);
    expect(outside.size).toBe(0);
    expect(asking.quiet).toBeNull();
  });
});

describe("Turning check-ins off", () => {
  it("takes the quiet answer with it", async () => {
    await turnsOn();
    await asking.setQuiet(keeping, { here: "330", come: "275" });
    expect(outside.size).toBe(1);

    await asking.turnOff(keeping);

    expect(outside.size).toBe(0);
    expect(server.bodies("POST /s/slip").at(-1)).toEqual({ slips: [] });
  });

  it("leaves nothing: not here, not at the push service, not with the server", async () => {
    await turnsOn();
    server.online = false;
    await asking.answer("come", undefined);
    server.online = true;

    expect(await asking.turnOff(keeping)).toBeUndefined();

    expect(server.whats().slice(-2)).toEqual(["DELETE /s/times", "DELETE /s/reach"]);
    expect(phone.subscription).toBeNull();
    expect(phone.caches.contents()).toEqual({ "sip-kept": [] });
    expect(store.values("asking")).toEqual([]);
  });

  it("leaves the way to this phone as it is where somebody counts on her", async () => {
    await turnsOn();
    await store.asVault().save("pair", { side: "theirs", id: "t".repeat(22), name: "Ann", key: "", agreed_at: 0 });

    expect(await asking.turnOff(keeping)).toBeUndefined();

    expect(asking.wishes).toBeNull();
    expect(server.whats().at(-1)).toBe("DELETE /s/times");
    expect(phone.subscription).not.toBeNull();
    standing.wishes = null;
    await opensTheDoor();
    await asking.refresh();
    expect(asking.reach).toBe("on");
  });

  it("without a network says so, and all stays as it was", async () => {
    await turnsOn();
    server.online = false;

    expect(await asking.turnOff(keeping)).toBe("offline");
    expect(asking.wishes).toEqual(WISHES);
  });

  it("on another device is found out at the next opening", async () => {
    await turnsOn();
    standing.wishes = null;
    await opensTheDoor();
    await asking.look(keeping);

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
