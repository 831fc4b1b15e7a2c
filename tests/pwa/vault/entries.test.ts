import { beforeEach, describe, expect, it, vi } from "vitest";
import { VaultError } from "../../../pwa/vault/store.ts";
import type { PhoneVault } from "../../../pwa/vault/vault.ts";
import { newPhone, type TestPhone } from "./phone.ts";

let phone: TestPhone;
let vault: PhoneVault;

beforeEach(async () => {
  phone = newPhone();
  vault = phone.window();
  await vault.create("2580");
});

/** The same vault, open in a second window. */
async function secondWindow(): Promise<PhoneVault> {
  const other = phone.window();
  await other.unlock("2580");
  return other;
}

async function recordOf(id: string): Promise<Uint8Array<ArrayBuffer>> {
  const record = (await phone.stored()).get(id);
  if (!record) throw new Error("no record");
  return record.slice();
}

describe("what she keeps", () => {
  it("is read back by kind, oldest first", async () => {
    await vault.save("note", { text: "one" });
    await vault.save("day", { mood: 3 });
    await vault.save("note", { text: "two" });
    const { entries, unreadable } = await vault.load("note");
    expect(entries.map(({ value }) => value)).toEqual([{ text: "one" }, { text: "two" }]);
    expect(unreadable).toBe(0);
  });

  it("stands in the order it was written in, on a phone whose clock was set back", async () => {
    const { entry } = await vault.save("note", { text: "one" });
    vi.useFakeTimers({ toFake: ["Date"], now: entry.at - 86_400_000 });
    const { entry: later } = await vault.save("note", { text: "two" });
    vi.useRealTimers();
    expect(later.at).toBeGreaterThan(entry.at);
  });

  it("is written over and removed", async () => {
    const { entry } = await vault.save("note", { text: "one" });
    const { entry: next, conflict } = await vault.save("note", { text: "two" }, entry);
    expect(conflict).toBe(false);
    expect(next.id).toBe(entry.id);
    expect((await vault.load("note")).entries).toEqual([next]);
    await vault.remove(next);
    expect((await vault.load("note")).entries).toEqual([]);
  });

  it("lies on the phone in no readable form, under names that mean nothing", async () => {
    await vault.save("note", { text: "planted sentence" });
    const stored = await phone.stored();
    for (const [id, bytes] of stored) {
      expect(Buffer.from(bytes).includes("planted sentence")).toBe(false);
      expect(id).toMatch(/^(index|state|[\w-]{22})$/);
    }
  });

  it("takes up the same room, whatever short words it is", async () => {
    const { entry } = await vault.save("note", { text: "" });
    const { entry: other } = await vault.save("note", { text: "a few words more, as many as a short note has" });
    expect((await recordOf(entry.id)).length).toBe(256);
    expect((await recordOf(other.id)).length).toBe(256);
    const { entry: longer } = await vault.save("note", { text: "x".repeat(3000) });
    expect((await recordOf(longer.id)).length).toBe(4096);
  });

  it("never rests under the same bytes twice", async () => {
    const { entry } = await vault.save("note", { text: "one" });
    const before = await recordOf(entry.id);
    await vault.save("note", { text: "one" }, entry);
    expect(await recordOf(entry.id)).not.toEqual(before);
  });

  it("is refused, and not cut short, where it is longer than a record can be", async () => {
    const { entry } = await vault.save("note", { text: "one" });
    await expect(vault.save("note", { text: "x".repeat(1_100_000) }, entry)).rejects.toEqual(new VaultError("full"));
    expect((await vault.load("note")).entries).toEqual([entry]);
  });
});

describe("two windows", () => {
  it("that write the same entry keep both, and the later one is told", async () => {
    const { entry } = await vault.save("section", { text: "start" });
    const other = await secondWindow();
    const [seen] = (await other.load("section")).entries;
    await vault.save("section", { text: "from one" }, entry);
    const { entry: copy, conflict } = await other.save("section", { text: "from the other" }, seen);
    expect(conflict).toBe(true);
    expect(copy.copyOf).toBe(entry.id);
    const values = (await vault.load("section")).entries.map(({ value }) => value);
    expect(new Set(values)).toEqual(new Set([{ text: "from one" }, { text: "from the other" }]));
  });

  it("see what the other has written or removed", async () => {
    const other = await secondWindow();
    const { entry } = await vault.save("note", { text: "one" });
    expect((await other.load("note")).entries).toHaveLength(1);
    await vault.remove(entry);
    expect((await other.load("note")).entries).toEqual([]);
  });

  it("do not lose what is written over an entry that the other has removed", async () => {
    const { entry } = await vault.save("note", { text: "one" });
    await (await secondWindow()).remove(entry);
    const { conflict } = await vault.save("note", { text: "two" }, entry);
    expect(conflict).toBe(true);
    expect((await vault.load("note")).entries.map(({ value }) => value)).toEqual([{ text: "two" }]);
  });
});

describe("a record that is not as it was written", () => {
  const faults: Record<string, (record: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>> = {
    "was tampered with": (record) => record.map((byte, at) => (at === 100 ? byte ^ 1 : byte)),
    "was cut short": (record) => record.slice(0, 90),
    "is empty": () => new Uint8Array(),
    "is of a newer version": (record) => record.map((byte, at) => (at === 0 ? 9 : byte)),
  };

  for (const [fault, change] of Object.entries(faults)) {
    it(`because it ${fault} is counted, stays as it is, and the rest opens`, async () => {
      const { entry } = await vault.save("note", { text: "one" });
      await vault.save("note", { text: "two" });
      const changed = change(await recordOf(entry.id));
      await phone.store(entry.id, changed);
      const { entries, unreadable } = await (await secondWindow()).load("note");
      expect(entries.map(({ value }) => value)).toEqual([{ text: "two" }]);
      expect(unreadable).toBe(1);
      expect(await recordOf(entry.id)).toEqual(changed);
    });
  }

  it("because it stands in another's place does not open there", async () => {
    const { entry: one } = await vault.save("note", { text: "one" });
    const { entry: two } = await vault.save("note", { text: "two" });
    await phone.store(two.id, await recordOf(one.id));
    const { entries, unreadable } = await (await secondWindow()).load("note");
    expect(entries.map(({ id }) => id)).toEqual([one.id]);
    expect(unreadable).toBe(1);
  });
});

describe("a full phone", () => {
  it("says so, and what was there stays", async () => {
    const { entry } = await vault.save("note", { text: "one" });
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("no room", "QuotaExceededError");
    });
    await expect(vault.save("note", { text: "two" }, entry)).rejects.toEqual(new VaultError("full"));
    expect((await vault.load("note")).entries).toEqual([entry]);
  });
});
