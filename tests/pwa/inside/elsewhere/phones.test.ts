import { beforeEach, describe, expect, it, vi } from "vitest";
import { findAccount, openAccount } from "../../../../pwa/inside/account.ts";
import {
  countOthers,
  eraseThere,
  join,
  offerCode,
  signOutHere,
  signOutOthers,
  takePass,
} from "../../../../pwa/inside/elsewhere/phones.ts";
import { readSpare, saveNow, turnOn } from "../../../../pwa/inside/elsewhere/spare.ts";
import type { Derive } from "../../../../pwa/vault/derive.ts";
import { keysOfWords } from "../../../../pwa/vault/stretched-keys.ts";
import { HostInMemory } from "../../host-in-memory.ts";
import { CHEAP, derive } from "../../vault/cheap-derive.ts";
import { StoreInMemory } from "../store-in-memory.ts";

const SECRET = Uint8Array.from([0, 17, 34, 51, 68, 85, 102, 119, 136, 255]);
const cheaply: Derive = (secret, salt) => derive(secret, salt, CHEAP);

let host: HostInMemory;
let first: StoreInMemory;
let second: StoreInMemory;

beforeEach(async () => {
  vi.stubGlobal("navigator", {});
  host = new HostInMemory();
  first = new StoreInMemory();
  second = new StoreInMemory();
  first.given("note", { day: "2026-11-26", text: "Mine." });
  await openAccount(first.asVault());
});

async function offered(): Promise<string> {
  host.phone = "first";
  const code = await offerCode(first.asVault(), cheaply);
  if (!code.ok) throw new Error(code.trouble);
  return code.value;
}

async function addSecond(): Promise<void> {
  const code = await offered();
  host.phone = "second";
  const pass = await takePass(code, cheaply);
  if (!pass.ok) throw new Error(pass.trouble);
  expect(await join(second.asVault(), pass.value)).toMatchObject({ ok: true });
}

describe("Adding a phone", () => {
  it("takes a code, and gives the second phone the account and a number of its own", async () => {
    await addSecond();

    const [here, there] = [await findAccount(first.asVault()), await findAccount(second.asVault())];
    expect(there).toMatchObject({ account: here?.account, secret: here?.secret });
    expect(there?.device).not.toBe(here?.device);
    expect(await countOthers(second.asVault())).toEqual({ ok: true, value: 1 });
  });

  it("brings nothing that she wrote", async () => {
    await addSecond();

    expect(second.entries.map(({ kind }) => kind)).toEqual(["account"]);
  });

  it("tells the server neither code nor secret", async () => {
    const code = await offered();

    const lies = JSON.stringify([...host.handedOver]);
    expect(lies).not.toContain(code);
    expect(lies).not.toContain(host.only.secret);
  });

  it("works once", async () => {
    const code = await offered();
    host.phone = "second";
    await takePass(code, cheaply);

    host.phone = "third";
    expect(await takePass(code, cheaply)).toEqual({ ok: false, trouble: "nothing" });
  });

  it("does not work with another code", async () => {
    await offered();
    host.phone = "second";

    expect(await takePass("0000000000", cheaply)).toEqual({ ok: false, trouble: "nothing" });
  });

  it("believes nothing that was not sealed under the code", async () => {
    const code = await offered();
    for (const lies of host.handedOver.values()) lies.content = "A".repeat(5462);

    expect(await takePass(code, cheaply)).toEqual({ ok: false, trouble: "refused" });
  });
});

describe("Signing out", () => {
  it("the others is for good: what they know opens nothing any more, and this phone stays", async () => {
    await addSecond();
    host.phone = "first";

    expect(await signOutOthers(first.asVault())).toMatchObject({ ok: true });

    expect(await countOthers(first.asVault())).toEqual({ ok: true, value: 0 });
    host.phone = "second";
    expect(await countOthers(second.asVault())).toEqual({ ok: false, trouble: "closed" });
    host.sessions.clear();
    host.phone = "first";
    expect(await countOthers(first.asVault())).toEqual({ ok: true, value: 0 });
  });

  it("the others can be done again where the answer got lost", async () => {
    await addSecond();
    host.phone = "first";
    host.faults.set("POST /s/renew", "lost");
    expect(await signOutOthers(first.asVault())).toEqual({ ok: false, trouble: "offline" });

    expect(await signOutOthers(first.asVault())).toMatchObject({ ok: true });

    host.sessions.clear();
    expect(await countOthers(first.asVault())).toMatchObject({ ok: true });
  });

  it("the others renews what the copy with the server would bring back", async () => {
    await turnOn(first.asVault(), await keysOfWords(SECRET, cheaply));
    const before = host.only.copy;

    await signOutOthers(first.asVault());

    expect(host.only.copy).not.toEqual(before);
    expect(await saveNow(first.asVault())).toMatchObject({ ok: true });
  });

  it("this phone leaves what she wrote, and the account to the others", async () => {
    await addSecond();

    expect(await signOutHere(second.asVault())).toMatchObject({ ok: true });

    expect(await findAccount(second.asVault())).toBeUndefined();
    host.phone = "first";
    expect(await countOthers(first.asVault())).toEqual({ ok: true, value: 0 });
    expect(first.values("note")).toHaveLength(1);
  });

  it("is not forgotten halfway without a network", async () => {
    host.online = false;

    expect(await signOutHere(first.asVault())).toEqual({ ok: false, trouble: "offline" });
    expect(await findAccount(first.asVault())).toBeDefined();
  });
});

describe("Erasing all that the server has", () => {
  it("leaves no account, no copy and no words there, and all that she wrote here", async () => {
    await turnOn(first.asVault(), await keysOfWords(SECRET, cheaply));

    expect(await eraseThere(first.asVault())).toMatchObject({ ok: true });

    expect(host.accounts.size).toBe(0);
    expect(await findAccount(first.asVault())).toBeUndefined();
    expect(await readSpare(first.asVault())).toBeUndefined();
    expect(first.values("note")).toHaveLength(1);
  });

  it("is not taken for done where there is no network", async () => {
    host.online = false;

    expect(await eraseThere(first.asVault())).toEqual({ ok: false, trouble: "offline" });
    expect(await findAccount(first.asVault())).toBeDefined();
  });

  it("claims nothing where this phone is signed out, and can then only forget", async () => {
    host.accounts.clear();

    expect(await eraseThere(first.asVault())).toEqual({ ok: false, trouble: "closed" });
    expect(await signOutHere(first.asVault())).toMatchObject({ ok: true });
    expect(await findAccount(first.asVault())).toBeUndefined();
  });
});
