// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { layOutCover } from "../cover-page.ts";

const askToStay = vi.hoisted(() => vi.fn(() => Promise.resolve()));
vi.mock("../../../pwa/shell/ask-to-stay.ts", () => ({ askToStay }));

const register = vi.fn<(address: string, options: RegistrationOptions) => Promise<void>>();
const put = vi.fn(() => Promise.resolve());
let registerWorker: () => Promise<void>;

beforeEach(async () => {
  register.mockReset().mockResolvedValue();
  put.mockClear();
  askToStay.mockClear();
  Object.defineProperty(navigator, "serviceWorker", { value: { register }, configurable: true });
  vi.stubGlobal("caches", { open: () => Promise.resolve({ match: () => Promise.resolve(undefined), put }) });
  layOutCover();
  vi.resetModules();
  ({ registerWorker } = await import("../../../pwa/shell/register-worker.ts"));
});

afterEach(() => {
  Reflect.deleteProperty(navigator, "serviceWorker");
});

describe("The cover's worker", () => {
  it("is registered for the cover's own address and no other", async () => {
    await registerWorker();

    expect(register.mock.calls).toEqual([["/sip/sw.js", { scope: "/sip/" }]]);
  });

  it("finds the page's language noted when it starts", async () => {
    await registerWorker();

    const [noted = Infinity] = put.mock.invocationCallOrder;
    expect(noted).toBeLessThan(register.mock.invocationCallOrder[0] ?? 0);
  });

  it("once there, is worth staying for", async () => {
    await registerWorker();

    expect(askToStay).toHaveBeenCalledOnce();
    expect(askToStay.mock.invocationCallOrder[0]).toBeGreaterThan(register.mock.invocationCallOrder[0] ?? Infinity);
  });
});

describe("The cover works without a worker", () => {
  it("where the browser has none", async () => {
    Reflect.deleteProperty(navigator, "serviceWorker");

    await expect(registerWorker()).resolves.toBeUndefined();
  });

  it("where the browser refuses it", async () => {
    register.mockRejectedValue(new DOMException("The operation is insecure.", "SecurityError"));

    await expect(registerWorker()).resolves.toBeUndefined();
    expect(askToStay).not.toHaveBeenCalled();
  });

  it("where storage is blocked", async () => {
    vi.stubGlobal("caches", { open: () => Promise.reject(new DOMException("blocked", "SecurityError")) });

    await expect(registerWorker()).resolves.toBeUndefined();
  });
});
