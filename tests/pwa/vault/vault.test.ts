import { beforeEach, describe, expect, it, vi } from "vitest";
import { VaultError } from "../../../pwa/vault/store.ts";
import { newPhone, type TestPhone } from "./phone.ts";

const CODE = "2580";

let phone: TestPhone;

beforeEach(() => {
  phone = newPhone();
});

async function locked(code = CODE): Promise<ReturnType<TestPhone["window"]>> {
  const vault = phone.window();
  await vault.create(code);
  vault.lock();
  return vault;
}

describe("opening", () => {
  it("tells a phone without a vault, and leaves no empty database behind by asking", async () => {
    expect(await phone.window().kind()).toBe("absent");
    expect(await indexedDB.databases()).toEqual([]);
  });

  it("opens with its passcode in another window, and gives back what was kept", async () => {
    const vault = phone.window();
    await vault.create(CODE);
    await vault.save("note", { text: "hello" });
    const other = phone.window();
    expect(await other.kind()).toBe("passcode");
    expect(await other.unlock(CODE)).toBe("first");
    expect((await other.load("note")).entries.map(({ value }) => value)).toEqual([{ text: "hello" }]);
  });

  it("opens without a passcode where none is wanted", async () => {
    const vault = await locked("");
    expect(await vault.kind()).toBe("free");
    expect(await vault.unlock("")).toBe("first");
  });

  it("does not open with a wrong passcode, nor without its device key", async () => {
    const vault = await locked();
    expect(await vault.unlock("2581")).toBe("wrong");
    expect(vault.isOpen()).toBe(false);
    phone.files.clear();
    await expect(phone.window().unlock(CODE)).rejects.toEqual(new VaultError("damaged"));
  });

  it("takes an accent typed as one sign or as two for the same", async () => {
    const vault = await locked("caf\u00e9 azul");
    expect(await vault.unlock("cafe\u0301 azul")).toBe("first");
  });

  it("never writes over a vault that exists", async () => {
    await locked();
    await expect(phone.window().create("1111")).rejects.toEqual(new VaultError("blocked"));
    expect(await phone.window().unlock(CODE)).toBe("first");
  });

  it("gives nothing once it is locked", async () => {
    const vault = await locked();
    await expect(vault.load("note")).rejects.toEqual(new VaultError("locked"));
    await expect(vault.save("note", {})).rejects.toEqual(new VaultError("locked"));
  });

  it("still writes what was being saved in the moment it locks", async () => {
    const vault = phone.window();
    await vault.create(CODE);
    const saving = vault.save("note", { text: "last words" });
    vault.lock();
    await saving;
    await vault.unlock(CODE);
    expect((await vault.load("note")).entries).toHaveLength(1);
  });

  it("refuses a header of a newer version, and leaves it as it is", async () => {
    const vault = await locked();
    const header = (await phone.stored()).get("index")?.slice();
    if (!header) throw new Error("no header");
    header[0] = 2;
    await phone.store("index", header);
    await expect(vault.unlock(CODE)).rejects.toEqual(new VaultError("newer"));
    expect((await phone.stored()).get("index")).toEqual(header);
  });
});

describe("the cost of a try", () => {
  it("is never below 46 MiB where the phone has the memory", async () => {
    const vault = await locked();
    await vault.unlock(CODE);
    expect(phone.costs.every(({ memoryKib }) => memoryKib >= 46 * 1024)).toBe(true);
    expect(await vault.hasFullCost()).toBe(true);
  });

  it("goes as far as the memory goes on a small phone, which is told", async () => {
    phone.memoryKib = 20 * 1024;
    const vault = await locked();
    expect(await vault.unlock(CODE)).toBe("first");
    expect(phone.costs.at(-1)).toEqual({ memoryKib: 19 * 1024, time: 2 });
    expect(await vault.hasFullCost()).toBe(false);
  });

  it("says so when there is not even the least memory", async () => {
    phone.memoryKib = 1024;
    await expect(phone.window().create(CODE)).rejects.toEqual(new VaultError("memory"));
    expect(await phone.window().kind()).toBe("absent");
  });
});

describe("wrong tries", () => {
  let waited: number[];

  beforeEach(() => {
    waited = [];
    // Running time passes at once, and is added up.
    vi.spyOn(globalThis, "setTimeout").mockImplementation((act, ms = 0) => {
      waited.push(ms / 1000);
      setImmediate(act);
      return 0 as unknown as ReturnType<typeof setTimeout>;
    });
  });

  /** Seconds of running time that pass before it answers. */
  async function secondsUntilAnswered(ask: () => Promise<unknown>): Promise<number> {
    waited.length = 0;
    await ask();
    return waited.reduce((sum, seconds) => sum + seconds, 0);
  }

  const tries = (code: string) => (): Promise<unknown> => phone.window().unlock(code);

  it("are each answered later, up to half a minute, over a new start of the app too", async () => {
    await locked();
    const waits = [];
    for (let tried = 0; tried < 8; tried += 1) waits.push(await secondsUntilAnswered(tries("0000")));
    expect(waits).toEqual([0, 1, 2, 4, 8, 16, 30, 30]);
    expect(await secondsUntilAnswered(tries(CODE))).toBe(30);
    expect(await secondsUntilAnswered(tries(CODE))).toBe(0);
  });

  it("count even when the app is ended before the answer", async () => {
    await locked();
    phone.isStuck = true;
    void phone.window().unlock("0000");
    await vi.waitUntil(() => phone.costs.length === 4, { interval: 1 });
    phone.isStuck = false;
    vi.stubGlobal("navigator", {}); // the ended app holds no lock
    expect(await secondsUntilAnswered(tries(CODE))).toBe(1);
  });

  it("are not forgiven by a second passcode", async () => {
    const vault = phone.window();
    await vault.create(CODE);
    await vault.setSecond("1357");
    vault.lock();
    await tries("0000")();
    expect(await secondsUntilAnswered(tries("1357"))).toBe(1);
    expect(await secondsUntilAnswered(tries("1357"))).toBe(1);
  });

  it("are not counted where nothing was typed", async () => {
    await locked();
    await tries("")();
    expect(await secondsUntilAnswered(tries(CODE))).toBe(0);
  });

  it("remove everything only where she chose so", async () => {
    const vault = phone.window();
    await vault.create(CODE);
    expect(await vault.wipeAfter()).toBe(0);
    await vault.setWipeAfter(3);
    vault.lock();
    for (let tried = 0; tried < 2; tried += 1) await tries("0000")();
    expect(await vault.kind()).toBe("passcode");
    await tries("0000")();
    expect(await vault.kind()).toBe("absent");
    expect(phone.files.size).toBe(0);
  });
});

describe("changing passcodes", () => {
  it("opens with the new one only, and writes no record anew", async () => {
    const vault = phone.window();
    await vault.create(CODE);
    await vault.save("note", { text: "kept" });
    const before = await phone.stored();
    expect(await vault.changePasscode("a longer phrase")).toBe(true);
    const after = await phone.stored();
    for (const [id, bytes] of before) if (id !== "index") expect(after.get(id)).toEqual(bytes);
    vault.lock();
    expect(await vault.unlock(CODE)).toBe("wrong");
    expect(await phone.window().unlock("a longer phrase")).toBe("first");
  });

  it("leaves an old header, dug out of the database's files, with nothing to open", async () => {
    const vault = phone.window();
    await vault.create(CODE);
    const old = (await phone.stored()).get("index");
    await vault.changePasscode("13579");
    await phone.store("index", old);
    await expect(phone.window().unlock(CODE)).rejects.toEqual(new VaultError("damaged"));
  });

  it("opens with the old passcode when the phone dies before the new header is written", async () => {
    const vault = await locked();
    phone.files.set("00112233445566ff", new Uint8Array(64));
    expect(await vault.unlock(CODE)).toBe("first");
    expect(phone.files.size).toBe(1);
  });

  it("goes from no passcode to one and back, and keeps what is kept", async () => {
    const vault = phone.window();
    await vault.create("");
    await vault.save("note", { text: "kept" });
    await vault.changePasscode(CODE);
    vault.lock();
    expect(await vault.kind()).toBe("passcode");
    expect(await vault.unlock("")).toBe("wrong");
    expect(await phone.window().unlock(CODE)).toBe("first");
    await vault.unlock(CODE);
    await vault.setSecond("1357");
    await vault.changePasscode("");
    expect(await vault.hasSecond()).toBe(false);
    vault.lock();
    expect(await vault.kind()).toBe("free");
    await vault.unlock("");
    expect((await vault.load("note")).entries).toHaveLength(1);
  });

  it("does not lose the vault when it is locked in the middle", async () => {
    const vault = phone.window();
    await vault.create(CODE);
    const note = await vault.save("note", { text: "kept" });
    const changing = vault.changePasscode("13579");
    await Promise.resolve();
    vault.lock();
    await changing.catch(() => undefined);
    const again = phone.window();
    expect([await again.unlock(CODE), await again.unlock("13579")]).toContain("first");
    expect((await again.load("note")).entries[0]?.id).toBe(note.entry.id);
  });
});

describe("a second passcode", () => {
  it("opens nothing, and is told apart only by who asked", async () => {
    const vault = phone.window();
    await vault.create(CODE);
    expect(await vault.setSecond("1357")).toBe(true);
    expect(await vault.hasSecond()).toBe(true);
    vault.lock();
    expect(await vault.unlock("1357")).toBe("second");
    expect(vault.isOpen()).toBe(false);
    expect(await vault.unlock(CODE)).toBe("first");
  });

  it("cannot be the first one, nor the first be changed to it", async () => {
    const vault = phone.window();
    await vault.create(CODE);
    expect(await vault.setSecond(CODE)).toBe(false);
    await vault.setSecond("1357");
    expect(await vault.changePasscode("1357")).toBe(false);
    vault.lock();
    expect(await vault.unlock(CODE)).toBe("first");
  });

  it("is gone when it is removed, even from an old header", async () => {
    const vault = phone.window();
    await vault.create(CODE);
    await vault.setSecond("1357");
    await vault.removeSecond();
    expect(await vault.hasSecond()).toBe(false);
    vault.lock();
    expect(await vault.unlock("1357")).toBe("wrong");
  });

  it("leaves storage of the same shape, set, changed, removed or never there", async () => {
    const vault = phone.window();
    await vault.create(CODE);
    await vault.save("note", { text: "hello" });
    const shape = async (): Promise<number[]> =>
      [...(await phone.stored()).values(), ...phone.files.values()].map(({ length }) => length).sort((a, b) => a - b);
    const before = await shape();
    await vault.setSecond("1357");
    expect(await shape()).toEqual(before);
    await vault.setSecond("a phrase that is much longer");
    expect(await shape()).toEqual(before);
    await vault.removeSecond();
    expect(await shape()).toEqual(before);
  });

  it("may stand in either slot", async () => {
    const kinds = new Set<string>();
    for (let made = 0; made < 24 && kinds.size < 2; made += 1) {
      phone = newPhone();
      const vault = phone.window();
      await vault.create(CODE);
      const before = (await phone.stored()).get("index")?.slice(35, 35 + 108);
      await vault.changePasscode("13579");
      const after = (await phone.stored()).get("index")?.slice(35, 35 + 108);
      kinds.add(String(before?.join()) === String(after?.join()) ? "second place" : "first place");
    }
    expect(kinds.size).toBe(2);
  });
});

describe("a phone without private files", () => {
  it("keeps the device key beside the vault, and says so", async () => {
    phone.hasFiles = false;
    const vault = await locked();
    expect(await vault.unlock(CODE)).toBe("first");
    expect(await vault.hasDeviceFile()).toBe(false);
    await vault.changePasscode("13579");
    const ids = [...(await phone.stored()).keys()].filter((id) => id.length === 16);
    expect(ids).toHaveLength(1);
  });

  it("has its device key in a file everywhere else", async () => {
    const vault = phone.window();
    await vault.create(CODE);
    expect(await vault.hasDeviceFile()).toBe(true);
  });
});

describe("sealed bytes", () => {
  it("open with the vault, and only while it is open", async () => {
    const { sealTo } = await import("../../../pwa/vault/sealed-box.ts");
    const { readHeader } = await import("../../../pwa/vault/header.ts");
    const vault = await locked();
    const header = (await phone.stored()).get("index");
    if (!header) throw new Error("no header");
    const box = await sealTo(readHeader(header).publicKey, new TextEncoder().encode("pack"));
    await expect(vault.openSealed(box)).rejects.toEqual(new VaultError("locked"));
    await vault.unlock(CODE);
    expect(new TextDecoder().decode(await vault.openSealed(box))).toBe("pack");
  });
});

describe("removing everything", () => {
  it("leaves neither key nor record, locked or open, and a new vault can be made", async () => {
    for (const isLocked of [true, false]) {
      phone = newPhone();
      const vault = phone.window();
      await vault.create(CODE);
      await vault.save("note", { text: "hello" });
      if (isLocked) vault.lock();
      await vault.wipe();
      expect(vault.isOpen()).toBe(false);
      expect(phone.files.size).toBe(0);
      expect(await indexedDB.databases()).toEqual([]);
      await vault.create("1111");
      expect((await vault.load("note")).entries).toEqual([]);
    }
  });

  it("is not held up by another window that has it open", async () => {
    const vault = phone.window();
    await vault.create(CODE);
    const other = phone.window();
    await other.unlock(CODE);
    await vault.wipe();
    expect(await vault.kind()).toBe("absent");
    await expect(other.save("note", {})).rejects.toEqual(new VaultError("blocked"));
  });
});
