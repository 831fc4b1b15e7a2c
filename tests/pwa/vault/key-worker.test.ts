import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keyWorkerAt } from "../../../pwa/vault/key-worker.ts";

const SECRET = new Uint8Array([1]);
const COST = { memoryKib: 8, time: 1 };

/** A worker that does what it is told to when it is asked. */
class Told extends EventTarget {
  static does: (worker: Told) => void = () => undefined;
  static ended = 0;

  postMessage(): void {
    Told.does(this);
  }

  terminate(): void {
    Told.ended += 1;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("Worker", Told);
  Told.ended = 0;
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const stretched = (): Promise<unknown> => keyWorkerAt("/a/calc.js").stretch(SECRET, SECRET, COST);

it("A worker that crashes takes one answer with it: the next try has another worker", async () => {
  Told.does = (worker) => worker.dispatchEvent(new Event("error"));
  await expect(stretched()).rejects.toMatchObject({ code: "memory" });

  Told.does = (worker) =>
    worker.dispatchEvent(new MessageEvent("message", { data: { ok: true, bytes: new Uint8Array([7]) } }));
  await expect(stretched()).resolves.toEqual(new Uint8Array([7]));
  expect(Told.ended).toBe(2);
});

it("A phone that refuses the memory is told from one that refuses its files", async () => {
  Told.does = (worker) => worker.dispatchEvent(new MessageEvent("message", { data: { ok: false } }));

  await expect(stretched()).rejects.toMatchObject({ code: "memory" });
  await expect(keyWorkerAt("/a/calc.js").readFile("x")).rejects.toMatchObject({ code: "blocked" });
});

it("A worker that the system has ended says nothing any more, and is given up after a minute", async () => {
  Told.does = () => undefined;
  const asked = expect(stretched()).rejects.toMatchObject({ code: "memory" });

  await vi.advanceTimersByTimeAsync(60_000);

  await asked;
  expect(Told.ended).toBe(1);
});
