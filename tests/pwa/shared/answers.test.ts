import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  forgetAnswers,
  layAnswerBy,
  newAnswer,
  sendAnswer,
  sendWaitingAnswers,
  waitingAnswers,
  type Says,
} from "../../../pwa/shared/answers.ts";
import { blocked, CachesInMemory } from "../caches-in-memory.ts";
import { CHECK_IN, refused, ServerInMemory } from "../server-in-memory.ts";

let server: ServerInMemory;
let caches: CachesInMemory;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-20T08:00:00Z") });
  server = new ServerInMemory();
  caches = new CachesInMemory();
  vi.stubGlobal("caches", caches);
});

afterEach(() => {
  vi.useRealTimers();
});

const sent = (): Record<string, unknown>[] => server.bodies("POST /s/note") as Record<string, unknown>[];

async function laysBy(says: Says, checkIn: string | null = null): Promise<string> {
  const answer = newAnswer(says, checkIn);
  await layAnswerBy(answer);
  return answer.id;
}

describe("An answer", () => {
  it("is sent as the server reads it, with the time of this very sending", async () => {
    const answer = newAnswer("here", CHECK_IN);
    vi.advanceTimersByTime(60_000);

    await sendAnswer(answer);

    expect(answer.id).toMatch(/^[\w-]{22}$/);
    const given_at = Date.parse("2026-11-20T08:00:00Z") / 1000;
    expect(sent()).toEqual([{ id: answer.id, says: "here", given_at, sent_at: given_at + 60, check_in: CHECK_IN }]);
  });

  it("is as long as any other, on the phone and on the wire", async () => {
    await laysBy("here", CHECK_IN);
    await laysBy("come");
    const cache = await caches.open(NAMES.answersCache);
    const kept = await Promise.all(cache.addresses().map(async (at) => (await cache.match(at))?.text() ?? ""));

    await sendWaitingAnswers();

    expect(new Set(kept.map(({ length }) => length)).size).toBe(1);
    expect(new Set(server.asked.map(({ text }) => text.length)).size).toBe(1);
  });

  it("has an id of its own, the same at every repeat", async () => {
    const id = await laysBy("here");
    server.online = false;
    await sendWaitingAnswers();
    await sendWaitingAnswers();

    expect(sent().map((body) => body["id"])).toEqual([id, id]);
    expect(await laysBy("here")).not.toBe(id);
  });
});

describe("Without a network", () => {
  it("answers wait, and arrive in the order they were given", async () => {
    server.online = false;
    const first = await laysBy("here");
    vi.advanceTimersByTime(5000);
    const second = await laysBy("come");
    expect(await sendWaitingAnswers()).toBe("offline");

    server.online = true;
    server.asked.length = 0;
    expect(await sendWaitingAnswers()).toBeUndefined();

    expect(sent().map((body) => body["id"])).toEqual([first, second]);
    expect(await waitingAnswers()).toEqual([]);
  });

  it.each(["closed", "later"])("nor while the server says %s is any given up", async (kind) => {
    await laysBy("here");
    server.answers.set("POST /s/note", () => refused(kind === "closed" ? 401 : 429, kind));

    expect(await sendWaitingAnswers()).toBe(kind);
    expect(await waitingAnswers()).toHaveLength(1);
  });

  it("one of more than a week ago says nothing any more, and goes", async () => {
    await laysBy("come");
    vi.advanceTimersByTime(7 * 86_400_000);

    expect(await waitingAnswers()).toEqual([]);
    expect(caches.contents()[NAMES.answersCache]).toEqual([]);
  });
});

describe("A check-in that the server has forgotten", () => {
  it("does not swallow the answer: it is sent without its name", async () => {
    server.answers.set("POST /s/note", (body) =>
      (body as Record<string, unknown>)["check_in"] === null
        ? new Response(null, { status: 204 })
        : refused(404, "nothing"),
    );
    const id = await laysBy("come", CHECK_IN);

    expect(await sendWaitingAnswers()).toBeUndefined();

    expect(sent().map((body) => [body["id"], body["check_in"]])).toEqual([
      [id, CHECK_IN],
      [id, null],
    ]);
    expect(await waitingAnswers()).toEqual([]);
  });
});

describe("What cannot be sent", () => {
  it("does not hold up what comes after it, when the server will never take it", async () => {
    const odd = await laysBy("here");
    vi.advanceTimersByTime(1000);
    await laysBy("here");
    server.answers.set("POST /s/note", (body) =>
      (body as Record<string, unknown>)["id"] === odd
        ? refused(400, "unreadable")
        : new Response(null, { status: 204 }),
    );

    expect(await sendWaitingAnswers()).toBeUndefined();
    expect(await waitingAnswers()).toEqual([]);
  });

  it.each(["", "null", "[]", "{", '{"id":"x"}', '{"id":"AAAAAAAAAAAAAAAAAAAAAA","says":"help","given_at":1}'])(
    "because it was damaged goes: %j",
    async (text) => {
      const cache = await caches.open(NAMES.answersCache);
      await cache.put(`/${NAMES.answersCache}/x`, new Response(text));

      expect(await waitingAnswers()).toEqual([]);
      expect(cache.addresses()).toEqual([]);
    },
  );
});

describe("A phone", () => {
  it("that refuses its storage says so, and the answer can still be sent", async () => {
    caches.refuses.open = blocked;
    const answer = newAnswer("here", null);

    expect(await layAnswerBy(answer)).toBe(false);
    expect(await sendAnswer(answer)).toBeUndefined();
    expect(sent()).toHaveLength(1);
  });

  it("that never had an answer to send has no store for them", async () => {
    await waitingAnswers();
    await sendWaitingAnswers();

    expect(caches.contents()).toEqual({});
  });

  it("forgets them all when everything is removed", async () => {
    await laysBy("come");

    await forgetAnswers();

    expect(caches.contents()).toEqual({});
  });
});
