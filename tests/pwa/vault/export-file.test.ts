import { describe, expect, it, vi } from "vitest";
import type { Derive } from "../../../pwa/vault/derive.ts";
import type { Kept } from "../../../pwa/vault/export-contents.ts";
import {
  ExportError,
  LARGEST_FILE_BYTES,
  readBackup,
  readExport,
  writeBackup,
  writeExport,
  type ExportTrouble,
} from "../../../pwa/vault/export-file.ts";
import { VaultError } from "../../../pwa/vault/store.ts";
import { CHEAP, derive } from "./cheap-derive.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const NOTE: Kept = { kind: "note", value: { day: "2026-11-26", text: "A note." }, at: 1 };
const KIB = 1024;
const recipe = { cost: CHEAP };

const written = async (entries: readonly Kept[] = [NOTE]): Promise<Bytes> =>
  writeExport(entries, "four rivers", derive, recipe);

/** As somebody would who knows the layout: whatever they want inside, sealed as it must be. */
async function forged(contents: string | Bytes, length?: number): Promise<Bytes> {
  const whole = await written();
  const head = whole.slice(0, 37);
  const bytes = typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
  const plain = new Uint8Array(whole.length - 37 - 16);
  new DataView(plain.buffer).setUint32(0, length ?? bytes.length);
  plain.set(bytes, 4);
  const stretched = await derive(new TextEncoder().encode("four rivers"), head.slice(9, 25), CHEAP);
  const root = await crypto.subtle.importKey("raw", stretched, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: new TextEncoder().encode("export 1") };
  const key = await crypto.subtle.deriveKey(how, root, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const gcm = { name: "AES-GCM", iv: head.slice(25), additionalData: head };
  whole.set(new Uint8Array(await crypto.subtle.encrypt(gcm, key, plain)), 37);
  return whole;
}

async function troubleWith(file: Bytes, passphrase = "four rivers", by: Derive = derive): Promise<ExportTrouble> {
  try {
    await readExport(file, passphrase, by);
  } catch (error) {
    if (error instanceof ExportError) return error.code;
    throw error;
  }
  throw new Error("it opened");
}

function changed(file: Bytes, at: number, byte: number): Bytes {
  const copy = file.slice();
  copy[at] = byte;
  return copy;
}

describe("A file with a passphrase", () => {
  it("gives back what was put in", async () => {
    expect(await readExport(await written(), "four rivers", derive)).toEqual([NOTE]);
  });

  it("holds nothing but kind, value and time: no id that would tie it to a phone", async () => {
    const file = await written([{ ...NOTE, id: "secret-id", revision: "r" } as Kept]);

    expect(await readExport(file, "four rivers", derive)).toEqual([NOTE]);
  });

  it("can be empty", async () => {
    expect(await readExport(await written([]), "four rivers", derive)).toEqual([]);
  });

  it("keeps kinds that this version does not know", async () => {
    const later = { kind: "of-a-later-version", value: { any: ["thing", null] }, at: 2 };

    expect(await readExport(await written([later]), "four rivers", derive)).toEqual([later]);
  });

  it("opens however a keyboard puts an accented letter together", async () => {
    const file = await writeExport([NOTE], "café", derive, recipe);

    expect(await readExport(file, "cafe\u0301", derive)).toEqual([NOTE]);
  });

  it("does not open with another passphrase", async () => {
    expect(await troubleWith(await written(), "four river")).toBe("wrong");
    expect(await troubleWith(await written(), "Four rivers")).toBe("wrong");
  });

  it("comes in few sizes, whatever is in it", async () => {
    const sizes = await Promise.all(
      [0, 10, 15_000, 17_000, 40_000].map(async (letters) => {
        const text = "x".repeat(letters);
        return (await written([{ ...NOTE, value: text }])).length / KIB;
      }),
    );

    expect(sizes).toEqual([16, 16, 16, 32, 64]);
  });

  it("is another file each time, and holds no word that was put in", async () => {
    const [one, other] = [await written(), await written()];

    expect(one).not.toEqual(other);
    expect(Buffer.from(one).includes("note")).toBe(false);
  });

  it("is stretched more dearly than on the phone unless a test says otherwise", async () => {
    const cheap = vi.fn<Derive>(() => Promise.resolve(new Uint8Array(32)));

    await writeExport([NOTE], "four rivers", cheap);

    expect(cheap.mock.calls[0]?.[2]).toEqual({ memoryKib: 64 * KIB, time: 3 });
    expect(cheap.mock.calls[0]?.[1]).toHaveLength(16);
  });

  it("is refused when it would be too large to be opened again", async () => {
    const letters = "x".repeat(LARGEST_FILE_BYTES);

    await expect(written([{ ...NOTE, value: letters }])).rejects.toMatchObject({ code: "too-big" });
  });

  it("says so when the phone cannot stretch the passphrase", async () => {
    const poor: Derive = () => Promise.reject(new VaultError("memory"));

    await expect(readExport(await written(), "four rivers", poor)).rejects.toMatchObject({ code: "memory" });
  });
});

describe("A blob with recovery words", () => {
  const secret = Uint8Array.from({ length: 10 }, (_, at) => at);

  it("gives back what was put in", async () => {
    expect(await readBackup(await writeBackup([NOTE], secret, derive, recipe), secret, derive)).toEqual([NOTE]);
  });

  it("is no file with a passphrase, nor the other way round", async () => {
    const letters = new TextDecoder().decode(secret);

    expect(await troubleWith(await writeBackup([NOTE], secret, derive, recipe), letters)).toBe("wrong");
    await expect(readBackup(await written(), new TextEncoder().encode("four rivers"), derive)).rejects.toMatchObject({
      code: "wrong",
    });
  });
});

describe("A file from anywhere", () => {
  const untouched: Derive = () => Promise.reject(new Error("nothing may be stretched for this file"));

  it.each<[string, (file: Bytes) => Bytes, ExportTrouble]>([
    ["nothing", () => new Uint8Array(), "not-ours"],
    ["a picture", (file) => changed(file, 0, 0xff), "not-ours"],
    ["a zip", (file) => changed(file, 0, 0x50), "not-ours"],
    ["zeros", () => new Uint8Array(16 * KIB), "not-ours"],
    ["a few bytes", (file) => file.slice(0, 20), "not-ours"],
    ["one of a later version", (file) => changed(file, 0, 2), "newer"],
    ["one that only begins like a later version's", (file) => changed(file, 0, 2).slice(0, 999), "not-ours"],
    ["one cut short", (file) => file.slice(0, 9000), "damaged"],
    ["one with something behind it", (file) => Uint8Array.from([...file, 0]), "damaged"],
    ["one that asks for four gigabytes of memory", (file) => changed(file, 1, 0x40), "not-ours"],
    ["one that asks for a little too much memory", (file) => changed(file, 2, 0x05), "not-ours"],
    ["one that asks for no memory", (file) => changed(file, 4, 7), "not-ours"],
    ["one that asks for seventeen passes", (file) => changed(file, 8, 17), "not-ours"],
    ["one that asks for no pass", (file) => changed(file, 8, 0), "not-ours"],
    ["one larger than any of ours", () => new Uint8Array(LARGEST_FILE_BYTES + 1), "too-big"],
  ])("is told by its head, before anything is stretched: %s", async (_, make, code) => {
    expect(await troubleWith(make(await written()), "four rivers", untouched)).toBe(code);
  });

  it.each([1, 4, 8, 9, 24, 25, 36, 37, 5000, 16 * KIB - 1])("does not open with byte %i changed", async (at) => {
    const file = await written();

    expect(await troubleWith(changed(file, at, (file[at] ?? 0) ^ 8))).toMatch(/^(wrong|not-ours)$/);
  });

  it.each([
    ["no JSON", "{"],
    ["nothing", ""],
    ["a list", "[]"],
    ["null", "null"],
    ["no entries", "{}"],
    ["entries that are none", '{"entries":[null]}'],
    ["an object of entries", '{"entries":{"0":{"kind":"note","value":0,"at":0},"length":1}}'],
    ["a kind that is none", '{"entries":[{"kind":"","value":0,"at":0}]}'],
    ["a kind in capitals", '{"entries":[{"kind":"Note","value":0,"at":0}]}'],
    ["a kind that is a word of the language", '{"entries":[{"kind":"__proto__","value":0,"at":0}]}'],
    ["a kind that is a number", '{"entries":[{"kind":5,"value":0,"at":0}]}'],
    ["no value", '{"entries":[{"kind":"note","at":0}]}'],
    ["no time", '{"entries":[{"kind":"note","value":0}]}'],
    ["a time before all time", '{"entries":[{"kind":"note","value":0,"at":-1}]}'],
    ["a time beyond all time", '{"entries":[{"kind":"note","value":0,"at":1e300}]}'],
    ["a key that changes all objects", '{"entries":[{"kind":"note","value":{"a":[{"__proto__":{"x":1}}]},"at":0}]}'],
    ["a value too deep to walk", `{"entries":[{"kind":"note","value":${"[".repeat(5000)}${"]".repeat(5000)},"at":0}]}`],
  ])("is damaged with this inside: %s", async (_, contents) => {
    expect(await troubleWith(await forged(contents))).toBe("damaged");
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });

  it("is damaged when it holds more entries than anybody writes", async () => {
    const entries = `{"kind":"n","value":0,"at":0},`.repeat(20_001).slice(0, -1);
    const { isContents } = await import("../../../pwa/vault/export-contents.ts");

    expect(isContents(JSON.parse(`{"entries":[${entries}]}`))).toBe(false);
  });

  it("is damaged when its length points beyond it, or its text is no text", async () => {
    expect(await troubleWith(await forged('{"entries":[]}', 2 ** 31))).toBe("damaged");
    expect(await troubleWith(await forged(Uint8Array.from([0x22, 0xff, 0x22])))).toBe("damaged");
  });

  it("may hold fields that only a newer version knows", async () => {
    const file = await forged('{"of":"later","entries":[{"kind":"note","value":0,"at":0,"more":1}]}');

    expect(await readExport(file, "four rivers", derive)).toEqual([{ kind: "note", value: 0, at: 0 }]);
  });
});
