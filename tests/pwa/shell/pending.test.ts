// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { markPending, settlePending, settleWhenOnline } from "../../../pwa/shell/pending.ts";

let answer: () => Promise<Response>;
let asked: [string, RequestInit | undefined][];

beforeEach(() => {
  localStorage.clear();
  asked = [];
  answer = () => Promise.resolve(new Response(null, { status: 204 }));
  vi.stubGlobal("fetch", (address: string, init?: RequestInit) => {
    asked.push([address, init]);
    return answer();
  });
});

const mark = (): string | null => localStorage.getItem(NAMES.pendingKey);

describe("What the server has, after everything was removed", () => {
  it("is erased, and the mark goes", async () => {
    markPending();

    expect(await settlePending()).toBe(true);

    expect(asked).toEqual([["/s/clear", expect.objectContaining({ method: "POST", body: "{}" })]]);
    expect(mark()).toBeNull();
  });

  it("asks for nothing where nothing is to be done", async () => {
    expect(await settlePending()).toBe(true);
    expect(asked).toEqual([]);
  });

  it("leaves one mark that says nothing while there is no network", async () => {
    markPending();
    answer = () => Promise.reject(new TypeError("Failed to fetch"));

    expect(await settlePending()).toBe(false);

    expect(Object.keys(localStorage)).toEqual([NAMES.pendingKey]);
    expect(mark()).toMatch(/^[\da-f-]{36}$/);
  });

  it.each([200, 302, 403, 404, 429, 500])("is not taken for erased by a %i of whoever answers", async (status) => {
    markPending();
    answer = () => Promise.resolve(new Response(null, { status }));

    expect(await settlePending()).toBe(false);
    expect(mark()).not.toBeNull();
  });

  it("is nothing where this phone is signed in no more", async () => {
    markPending();
    answer = () => Promise.resolve(Response.json({ kind: "closed" }, { status: 401 }));

    expect(await settlePending()).toBe(true);
    expect(mark()).toBeNull();
  });

  it("is erased when the cover is next opened, and as soon as there is a network", async () => {
    markPending();
    answer = () => Promise.reject(new TypeError("Failed to fetch"));
    settleWhenOnline();
    await vi.waitFor(() => {
      expect(asked).toHaveLength(1);
    });
    answer = () => Promise.resolve(new Response(null, { status: 204 }));

    dispatchEvent(new Event("online"));

    await vi.waitFor(() => {
      expect(mark()).toBeNull();
    });
  });
});
