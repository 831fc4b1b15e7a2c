import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { findAccount, openAccount } from "../../../../pwa/inside/account.ts";
import { bringIn, findCopy } from "../../../../pwa/inside/elsewhere/bring-back.ts";
import { readSpare, saveIfDue, saveNow, turnOff, turnOn } from "../../../../pwa/inside/elsewhere/spare.ts";
import type { Derive } from "../../../../pwa/vault/derive.ts";
import { openBlob } from "../../../../pwa/vault/saved-blob.ts";
import { keysOfWords, type WordKeys } from "../../../../pwa/vault/stretched-keys.ts";
import { HostInMemory } from "../../host-in-memory.ts";
import { CHEAP, derive } from "../../vault/cheap-derive.ts";
import { StoreInMemory } from "../store-in-memory.ts";

const SECRET = Uint8Array.from([0, 17, 34, 51, 68, 85, 102, 119, 136, 255]);
const OTHER_SECRET = Uint8Array.from([1, 17, 34, 51, 68, 85, 102, 119, 136, 255]);
const A_DAY_MS = 86_400_000;
const cheaply: Derive = (secret, salt) => derive(secret, salt, CHEAP);

let host: HostInMemory;
let first: StoreInMemory;
let second: StoreInMemory;
let keys: WordKeys;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-26T10:00:00Z") });
  vi.stubGlobal("navigator", {});
  host = new HostInMemory();
  first = new StoreInMemory();
  second = new StoreInMemory();
  keys = await keysOfWords(SECRET, cheaply);
  first.given("note", { day: "2026-11-26", text: "A note." });
  first.given("settings", { lockAfterSeconds: 0 });
  first.given("key", { privateKey: "own", second: true });
});

afterEach(() => {
  vi.useRealTimers();
});

const later = (ms: number): void => {
  vi.setSystemTime(Date.now() + ms);
};

const lying = async (): Promise<unknown[]> =>
  (await openBlob(host.only.copy ?? new Uint8Array(), keys.key)).map(({ kind, value }) => [kind, value]);

async function bringBackOn(store: StoreInMemory, secret = SECRET): Promise<number> {
  host.phone = "second";
  const found = await findCopy(secret, cheaply);
  if (!found.ok) throw new Error(found.trouble);
  return bringIn(store.asVault(), found.value);
}

describe("A copy with the server", () => {
  it("is there before words can ask for it, and holds what she wrote and what signs in, and nothing else", async () => {
    const saved = await turnOn(first.asVault(), keys);

    expect(saved).toEqual({ ok: true, savedAt: Date.now() });
    expect(host.asked).toEqual(["POST /s/new", "PUT /s/save", "POST /s/spare"]);
    const { account, secret } = (await findAccount(first.asVault())) ?? {};
    expect(await lying()).toEqual([
      ["note", { day: "2026-11-26", text: "A note." }],
      ["account", { account, secret }],
    ]);
    expect(host.only.words).toEqual({ lookup: keys.lookup, proof: keys.proof });
  });

  it.each(["PUT /s/save", "POST /s/spare"])("is not left half on where %s fails", async (what) => {
    host.faults.set(what, Response.json({ kind: "later" }, { status: 429 }));

    expect(await turnOn(first.asVault(), keys)).toEqual({ ok: false, trouble: "later" });

    expect(await readSpare(first.asVault())).toBeUndefined();
    expect(host.only.words).toBeNull();
  });

  it("keeps no word of hers and nothing that proves them", async () => {
    await turnOn(first.asVault(), keys);

    const kept = JSON.stringify(first.entries);
    expect(kept).not.toContain(keys.proof);
    expect(kept).not.toContain(keys.lookup);
  });

  it("is brought up to date after a change, and at most once a day", async () => {
    await turnOn(first.asVault(), keys);
    first.given("note", { day: "2026-11-26", text: "Another." });

    expect(await saveIfDue(first.asVault())).toBeUndefined();
    later(A_DAY_MS - 1);
    expect(await saveIfDue(first.asVault())).toBeUndefined();
    later(1);
    expect(await saveIfDue(first.asVault())).toMatchObject({ ok: true });

    expect(await lying()).toContainEqual(["note", { day: "2026-11-26", text: "Another." }]);
    expect(await saveIfDue(first.asVault())).toBeUndefined();
  });

  it("is left alone where nothing has changed, and asks for nothing", async () => {
    await turnOn(first.asVault(), keys);
    host.asked.length = 0;
    later(3 * A_DAY_MS);

    expect(await saveIfDue(first.asVault())).toBeUndefined();
    expect(host.asked).toEqual([]);
  });

  it("is sent when she asks for it, whatever the day", async () => {
    await turnOn(first.asVault(), keys);
    first.given("day", { day: "2026-11-26", mood: 4 });

    expect(await saveNow(first.asVault())).toMatchObject({ ok: true });
    expect(await lying()).toContainEqual(["day", { day: "2026-11-26", mood: 4 }]);
  });

  it("stays as it was without a network, and says so", async () => {
    await turnOn(first.asVault(), keys);
    const before = host.only.copy;
    const at = (await readSpare(first.asVault()))?.value.savedAt;
    host.online = false;
    later(A_DAY_MS);
    first.given("day", { day: "2026-11-27", mood: 4 });

    expect(await saveIfDue(first.asVault())).toEqual({ ok: false, trouble: "offline" });

    expect(host.only.copy).toBe(before);
    expect((await readSpare(first.asVault()))?.value.savedAt).toBe(at);
  });

  it("is known for this phone's own where the answer got lost on its way", async () => {
    await turnOn(first.asVault(), keys);
    host.faults.set("PUT /s/save", "lost");
    expect(await saveNow(first.asVault())).toEqual({ ok: false, trouble: "offline" });

    expect(await saveNow(first.asVault())).toMatchObject({ ok: true });
  });

  it("is known for this phone's own where several never arrived", async () => {
    await turnOn(first.asVault(), keys);
    for (const _ of [1, 2, 3]) {
      host.faults.set("PUT /s/save", Response.json({ kind: "later" }, { status: 429 }));
      await saveNow(first.asVault());
    }

    expect(await saveNow(first.asVault())).toMatchObject({ ok: true });
  });

  it("that would be larger than the server takes is not sent, and the last one stays", async () => {
    await turnOn(first.asVault(), keys);
    const before = host.only.copy;
    first.given("note", { day: "2026-11-26", text: "a".repeat(1_100_000) });

    expect(await saveNow(first.asVault())).toEqual({ ok: false, trouble: "too-big" });
    expect(host.only.copy).toBe(before);
  });

  it("is erased when it is turned off, the words first", async () => {
    await turnOn(first.asVault(), keys);
    host.asked.length = 0;

    expect(await turnOff(first.asVault())).toMatchObject({ ok: true });

    expect(host.asked).toEqual(["POST /s/spare", "DELETE /s/save"]);
    expect(host.only).toMatchObject({ words: null, copy: undefined });
    expect(await readSpare(first.asVault())).toBeUndefined();
    expect(first.values("note")).toHaveLength(1);
  });

  it("stays on where it could not be erased", async () => {
    await turnOn(first.asVault(), keys);
    host.online = false;

    expect(await turnOff(first.asVault())).toEqual({ ok: false, trouble: "offline" });
    expect(await readSpare(first.asVault())).toBeDefined();
  });

  it("that was turned off without a network is erased as soon as there is one, and never saved again", async () => {
    await turnOn(first.asVault(), keys);
    host.online = false;
    await turnOff(first.asVault());
    host.online = true;

    await saveIfDue(first.asVault());

    expect(host.only).toMatchObject({ words: null, copy: undefined });
    expect(await readSpare(first.asVault())).toBeUndefined();
  });

  it("with new words is opened by the old ones no more", async () => {
    await turnOn(first.asVault(), keys);
    await turnOn(first.asVault(), await keysOfWords(OTHER_SECRET, cheaply));

    host.phone = "second";
    expect(await findCopy(SECRET, cheaply)).toEqual({ ok: false, trouble: "closed" });
    expect(await bringBackOn(second, OTHER_SECRET)).toBe(1);
    expect(first.values("spare")).toHaveLength(1);
  });

  it("with new words never leaves the old ones to lead to it, wherever that fails", async () => {
    await turnOn(first.asVault(), keys);
    host.faults.set("PUT /s/save", new Response(null, { status: 503 }));

    expect(await turnOn(first.asVault(), await keysOfWords(OTHER_SECRET, cheaply))).toMatchObject({ ok: false });

    expect(host.only.words).toBeNull();
  });

  it("stays as it was where the old words could not be stopped", async () => {
    await turnOn(first.asVault(), keys);
    host.faults.set("POST /s/spare", new Response(null, { status: 503 }));

    expect(await turnOn(first.asVault(), await keysOfWords(OTHER_SECRET, cheaply))).toMatchObject({ ok: false });

    expect(host.only.words).toEqual({ lookup: keys.lookup, proof: keys.proof });
    expect(await saveNow(first.asVault())).toMatchObject({ ok: true });
    expect(await lying()).toHaveLength(2);
  });

  it("fits a later day's session too: the phone signs in again by itself", async () => {
    await turnOn(first.asVault(), keys);
    host.sessions.clear();

    expect(await saveNow(first.asVault())).toMatchObject({ ok: true });
  });
});

describe("Bringing a copy back on a new phone", () => {
  it("brings everything back, signs the phone in for good, and goes on with the copy there", async () => {
    await turnOn(first.asVault(), keys);

    expect(await bringBackOn(second)).toBe(1);

    expect(second.values("note")).toEqual([{ day: "2026-11-26", text: "A note." }]);
    expect(second.values("settings")).toEqual([]);
    expect(second.values("key")).toEqual([]);
    const [here, there] = [await findAccount(first.asVault()), await findAccount(second.asVault())];
    expect(there).toMatchObject({ account: here?.account, secret: here?.secret });
    expect(there?.device).not.toBe(here?.device);
    host.sessions.clear();
    second.given("day", { day: "2026-11-27", mood: 4 });
    expect(await saveNow(second.asVault())).toMatchObject({ ok: true });
  });

  it("does not begin where the words are nobody's", async () => {
    host.phone = "second";

    expect(await findCopy(SECRET, cheaply)).toEqual({ ok: false, trouble: "closed" });
    expect(host.asked).toEqual(["POST /s/again"]);
  });

  it("says the same where words are somebody's and no copy is there", async () => {
    await turnOn(first.asVault(), keys);
    host.only.copy = undefined;
    host.phone = "second";

    expect(await findCopy(SECRET, cheaply)).toEqual({ ok: false, trouble: "closed" });
  });

  it("does not believe what the words do not open", async () => {
    await turnOn(first.asVault(), keys);
    host.only.copy?.fill(7, 20, 40);

    await expect(bringBackOn(second)).rejects.toMatchObject({ code: "wrong" });
    expect(second.entries).toEqual([]);
  });

  it("adds to what a phone has already, and replaces nothing", async () => {
    second.given("note", { day: "2026-11-25", text: "Mine." });
    await turnOn(first.asVault(), keys);

    await bringBackOn(second);

    expect(second.values("note")).toHaveLength(2);
  });
});

describe("Two phones and one copy", () => {
  beforeEach(async () => {
    await turnOn(first.asVault(), keys);
    await bringBackOn(second);
    second.given("note", { day: "2026-11-27", text: "On the second." });
    await saveNow(second.asVault());
    host.phone = "first";
  });

  it("never write over one another's unasked", async () => {
    const before = host.only.copy;
    first.given("note", { day: "2026-11-27", text: "On the first." });

    expect(await saveNow(first.asVault())).toEqual({ ok: false, trouble: "elsewhere" });
    later(A_DAY_MS);
    expect(await saveIfDue(first.asVault())).toEqual({ ok: false, trouble: "elsewhere" });
    expect(host.only.copy).toBe(before);
  });

  it("change places when she says so", async () => {
    expect(await saveNow(first.asVault(), { takeOver: true })).toMatchObject({ ok: true });
    expect(await saveNow(first.asVault())).toMatchObject({ ok: true });

    host.phone = "second";
    expect(await saveNow(second.asVault())).toEqual({ ok: false, trouble: "elsewhere" });
  });

  it("do not bring back by accident what was turned off from the other", async () => {
    host.phone = "second";
    await turnOff(second.asVault());
    host.phone = "first";

    expect(await saveNow(first.asVault(), { takeOver: true })).toEqual({ ok: false, trouble: "ended" });
    expect(host.only.copy).toBeUndefined();
    expect(await readSpare(first.asVault())).toBeUndefined();
  });

  it("never leave new words to lead to what they do not open", async () => {
    host.phone = "second";
    await turnOn(second.asVault(), await keysOfWords(OTHER_SECRET, cheaply));
    const before = host.only.copy;
    host.phone = "first";

    expect(await saveNow(first.asVault(), { takeOver: true })).toEqual({ ok: false, trouble: "ended" });
    expect(host.only.copy).toBe(before);
    expect(await readSpare(first.asVault())).toBeUndefined();
  });

  it("never count on words that lead to another account", async () => {
    host.phone = "second";
    host.accounts.clear();
    await openAccount(second.asVault());

    expect(await readSpare(second.asVault())).toBeUndefined();
    expect(await saveNow(second.asVault())).toEqual({ ok: false, trouble: "nothing" });
  });
});
