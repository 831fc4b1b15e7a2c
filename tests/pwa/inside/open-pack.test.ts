import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openPack as open } from "../../../pwa/inside/open-pack.ts";
import { VaultError } from "../../../pwa/vault/store.ts";

const ADDRESS = "/b/en.bin";
const GOOD = {
  format: 1,
  language: "en",
  direction: "ltr",
  views: { start: "<h1>Start</h1>" },
  countries: {},
  words: [],
};

const packed = (value: unknown): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(JSON.stringify(value)));

const sent = (body: BodyInit | null, status = 200) => Promise.resolve(new Response(body, { status }));
const noNetwork = () => Promise.reject(new TypeError("Failed to fetch"));

const isAwaited = (): boolean => true;

const openSealed = vi.fn<(box: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>>();
const openPack = (address: string, awaited: () => boolean) => open(address, awaited, openSealed);

const fetched = vi.fn<(address: string, options: RequestInit) => Promise<Response>>();

beforeEach(() => {
  fetched.mockReset();
  openSealed.mockReset();
  vi.stubGlobal("fetch", fetched);
});

const cachesAsked = (): unknown[] => fetched.mock.calls.map(([, options]) => options.cache);

function damaged(): Uint8Array<ArrayBuffer> {
  const bytes = packed(GOOD);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
  return bytes;
}

const truncated = (): Uint8Array<ArrayBuffer> => packed(GOOD).slice(0, -12);

const UNUSABLE: [string, () => Promise<Response>][] = [
  ["damaged", () => sent(damaged())],
  ["cut short", () => sent(truncated())],
  ["empty", () => sent(new Uint8Array())],
  ["without a body", () => sent(null)],
  ["no gzip, as the page of a hotel's network", () => sent("<!doctype html><title>Welcome</title>")],
  ["gzip of something else", () => sent(new Uint8Array(gzipSync("hello")))],
  ["of another format", () => sent(packed({ ...GOOD, format: 2 }))],
  ["without views", () => sent(packed({ ...GOOD, views: null }))],
  ["without countries", () => sent(packed({ ...GOOD, countries: null }))],
  ["without words", () => sent(packed({ ...GOOD, words: undefined }))],
  ["a list", () => sent(packed([GOOD]))],
  ["nothing", () => sent(packed(null))],
  ["missing", () => sent("not found", 404)],
  ["sent with an error", () => sent(packed(GOOD), 500)],
  ["out of reach", noNetwork],
];

describe("The pack", () => {
  it("opens from where it was laid by, and leaves nothing in the browser's cache", async () => {
    fetched.mockReturnValueOnce(sent(packed(GOOD)));

    expect(await openPack(ADDRESS, isAwaited)).toEqual(GOOD);

    expect(fetched).toHaveBeenCalledOnce();
    expect(fetched.mock.lastCall?.[0]).toBe(ADDRESS);
    expect(cachesAsked()).toEqual(["no-store"]);
  });

  it("opens in every script of the world", async () => {
    const arabic = { ...GOOD, views: { start: "<h1>مساعدة 🌊</h1>" } };
    fetched.mockReturnValueOnce(sent(packed(arabic)));

    expect(await openPack(ADDRESS, isAwaited)).toEqual(arabic);
  });

  it.each(UNUSABLE)("is fetched anew when the one laid by is %s", async (_, unusable) => {
    fetched.mockImplementationOnce(unusable).mockReturnValueOnce(sent(packed(GOOD)));

    expect(await openPack(ADDRESS, isAwaited)).toEqual(GOOD);

    expect(cachesAsked()).toEqual(["no-store", "reload"]);
  });

  it.each(UNUSABLE)("cannot be had when the new one too is %s", async (_, unusable) => {
    fetched.mockReturnValueOnce(sent(damaged())).mockImplementationOnce(unusable);

    await expect(openPack(ADDRESS, isAwaited)).rejects.toThrow();

    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it("is not asked for again once nobody waits for it", async () => {
    fetched.mockImplementationOnce(noNetwork);

    await expect(openPack(ADDRESS, () => false)).rejects.toThrow("Failed to fetch");

    expect(fetched).toHaveBeenCalledOnce();
  });
});

describe("A sealed pack", () => {
  const box = Uint8Array.of(1, 2, 3);

  it("is opened by the vault", async () => {
    fetched.mockReturnValueOnce(sent(box));
    openSealed.mockResolvedValueOnce(packed(GOOD));

    expect(await openPack(ADDRESS, isAwaited)).toEqual(GOOD);

    expect(openSealed.mock.calls).toEqual([[box]]);
    expect(cachesAsked()).toEqual(["no-store"]);
  });

  it.each(["damaged", "newer", "locked"] as const)(
    "that the vault cannot open (%s) is fetched anew, which comes plainly",
    async (code) => {
      fetched.mockReturnValueOnce(sent(box)).mockReturnValueOnce(sent(packed(GOOD)));
      openSealed.mockRejectedValueOnce(new VaultError(code));

      expect(await openPack(ADDRESS, isAwaited)).toEqual(GOOD);

      expect(cachesAsked()).toEqual(["no-store", "reload"]);
    },
  );

  it("that held rot is fetched anew", async () => {
    fetched.mockReturnValueOnce(sent(box)).mockReturnValueOnce(sent(packed(GOOD)));
    openSealed.mockResolvedValueOnce(damaged());

    expect(await openPack(ADDRESS, isAwaited)).toEqual(GOOD);
  });

  it("cannot be had where neither the vault nor the network gives it", async () => {
    fetched.mockReturnValueOnce(sent(box)).mockImplementationOnce(noNetwork);
    openSealed.mockRejectedValueOnce(new VaultError("damaged"));

    await expect(openPack(ADDRESS, isAwaited)).rejects.toThrow("Failed to fetch");
  });

  it("asks the network for nothing when she has left meanwhile", async () => {
    fetched.mockReturnValueOnce(sent(box));
    openSealed.mockRejectedValueOnce(new VaultError("locked"));

    await expect(openPack(ADDRESS, () => false)).rejects.toThrow("locked");

    expect(fetched).toHaveBeenCalledOnce();
  });

  it("is what the vault says alone: a plain one is none of its business", async () => {
    fetched.mockReturnValueOnce(sent(packed(GOOD)));

    await openPack(ADDRESS, isAwaited);

    expect(openSealed).not.toHaveBeenCalled();
  });
});

describe("On a network that hangs", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  /** As a browser does it: nothing happens until the request is called off. */
  const hangs = (_: string, { signal }: RequestInit): Promise<Response> =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener("abort", () => {
        reject(new DOMException("called off", "AbortError"));
      });
    });

  it("each try ends after fifteen seconds", async () => {
    fetched.mockImplementation(hangs);
    const ended = vi.fn();
    openPack(ADDRESS, isAwaited).catch(ended);

    await vi.advanceTimersByTimeAsync(14_900);
    expect(cachesAsked()).toEqual(["no-store"]);
    await vi.advanceTimersByTimeAsync(200);
    expect(cachesAsked()).toEqual(["no-store", "reload"]);
    await vi.advanceTimersByTimeAsync(15_000);

    expect(ended).toHaveBeenCalledOnce();
  });

  it("a body that stops half-way ends as well", async () => {
    fetched.mockImplementation((_, { signal }) => {
      const body = new ReadableStream({
        start(stream) {
          stream.enqueue(packed(GOOD).slice(0, 10));
          signal?.addEventListener("abort", () => {
            stream.error(new DOMException("called off", "AbortError"));
          });
        },
      });
      return Promise.resolve(new Response(body));
    });
    const ended = vi.fn();
    openPack(ADDRESS, isAwaited).catch(ended);

    await vi.advanceTimersByTimeAsync(15_000);
    await vi.waitFor(() => {
      expect(fetched).toHaveBeenCalledTimes(2);
    });
    await vi.advanceTimersByTimeAsync(15_000);

    await vi.waitFor(() => {
      expect(ended).toHaveBeenCalledOnce();
    });
  });

  it("what has come in time is not called off later", async () => {
    fetched.mockReturnValueOnce(sent(packed(GOOD)));
    await openPack(ADDRESS, isAwaited);

    await vi.advanceTimersByTimeAsync(60_000);

    expect(fetched.mock.lastCall?.[1].signal?.aborted).toBe(false);
  });
});
