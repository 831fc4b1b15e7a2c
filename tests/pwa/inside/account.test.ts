import { beforeEach, describe, expect, it, vi } from "vitest";
import { findAccount, openAccount, signedIn } from "../../../pwa/inside/account.ts";
import { askTimes, tryReach } from "../../../pwa/shared/api.ts";
import { ACCOUNT, DEVICE, refused, said, ServerInMemory } from "../server-in-memory.ts";
import { StoreInMemory } from "./store-in-memory.ts";

let server: ServerInMemory;
let store: StoreInMemory;
const vault = () => store.asVault();

beforeEach(() => {
  vi.stubGlobal("navigator", {});
  server = new ServerInMemory();
  store = new StoreInMemory();
});

const secretsTold = (what: string): unknown[] =>
  server.bodies(what).map((body) => (body as Record<string, unknown>)["secret"]);

describe("An account", () => {
  it("is a random secret, made here and kept in the vault alone, and nothing about her", async () => {
    const opened = await openAccount(vault());

    const [secret] = secretsTold("POST /s/new");
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(server.bodies("POST /s/new")).toEqual([{ secret }]);
    expect(opened).toEqual({ ok: true, value: { account: ACCOUNT, device: DEVICE, secret } });
    expect(store.values("account")).toEqual([{ account: ACCOUNT, device: DEVICE, secret }]);
  });

  it("is opened once, and signed in to after that", async () => {
    await openAccount(vault());
    await openAccount(vault());

    expect(server.whats()).toEqual(["POST /s/new", "POST /s/in"]);
    expect(secretsTold("POST /s/in")).toEqual(secretsTold("POST /s/new"));
    expect(store.values("account")).toHaveLength(1);
  });

  it("is opened anew when the server knows it no more", async () => {
    await openAccount(vault());
    server.answers.set("POST /s/in", () => refused(401, "closed"));
    server.answers.set("POST /s/new", () => said({ account: "B".repeat(22), device: DEVICE }));

    await openAccount(vault());

    expect(await findAccount(vault())).toMatchObject({ account: "B".repeat(22) });
    expect(store.values("account")).toHaveLength(1);
  });

  it("is not opened anew because there is no network", async () => {
    await openAccount(vault());
    const before = await findAccount(vault());
    server.online = false;

    expect(await openAccount(vault())).toEqual({ ok: false, trouble: "offline" });
    expect(await findAccount(vault())).toEqual(before);
  });

  it("that could not be kept is erased at once: nobody could ever sign in to it", async () => {
    store.trouble = "full";

    await expect(openAccount(vault())).rejects.toMatchObject({ code: "full" });
    expect(server.whats()).toEqual(["POST /s/new", "POST /s/clear"]);
  });

  it("is not found where what is kept is none", async () => {
    store.given("account", { account: "short" });
    store.given("account", null);

    expect(await findAccount(vault())).toBeUndefined();
  });
});

describe("A session that has ended", () => {
  beforeEach(async () => {
    await openAccount(vault());
    server.asked.length = 0;
    server.isSignedIn = false;
  });

  it("is begun again by itself, and what was asked for is done", async () => {
    expect(await signedIn(vault(), tryReach)).toEqual({ ok: true, value: undefined });
    expect(server.whats()).toEqual(["POST /s/try", "POST /s/in", "POST /s/try"]);
  });

  it("is begun again once only", async () => {
    server.answers.set("POST /s/in", () => said({ account: ACCOUNT, device: DEVICE }));

    expect(await signedIn(vault(), tryReach)).toEqual({ ok: false, trouble: "closed" });
    expect(server.whats()).toEqual(["POST /s/try", "POST /s/in", "POST /s/try"]);
  });

  it("keeps the device's new number, where the server had forgotten the old one", async () => {
    server.answers.set("POST /s/in", () => {
      server.isSignedIn = true;
      return said({ account: ACCOUNT, device: "E".repeat(22) });
    });

    await signedIn(vault(), tryReach);

    expect(await findAccount(vault())).toMatchObject({ device: "E".repeat(22) });
  });
});

it("Without an account, nobody is signed in to one", async () => {
  server.isSignedIn = false;

  expect(await signedIn(vault(), askTimes)).toEqual({ ok: false, trouble: "closed" });
  expect(server.whats()).toEqual(["GET /s/times"]);
});
