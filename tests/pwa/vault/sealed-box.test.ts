import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { importPrivate, makePair, openBox, sealTo, STEP_BYTES } from "../../../pwa/vault/sealed-box.ts";
import { VaultError } from "../../../pwa/vault/store.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const bytesOf = (text: string): Bytes => new TextEncoder().encode(text);
const WORDS = bytesOf("a word that must not be read");

let publicKey: Bytes;
let pkcs8: Bytes;
let privateKey: CryptoKey;

beforeAll(async () => {
  ({ publicKey, privateKey: pkcs8 } = await makePair());
  privateKey = await importPrivate(pkcs8);
});

async function troubleWith(opening: Promise<unknown>): Promise<string> {
  const error: unknown = await opening.then(
    () => "it opened",
    (refused: unknown) => refused,
  );
  return error instanceof VaultError ? error.code : String(error);
}

/** Where each part of a box begins, by its layout (docs/VAULT.md). */
const LAYOUT = { version: 0, oneTimeKey: 1, nonce: 66, secret: 78 } as const;
const TAG_BYTES = 16;
const OVERHEAD = LAYOUT.secret + TAG_BYTES;

function changedAt(box: Bytes, at: number): Bytes {
  const changed = box.slice();
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

describe("A sealed box", () => {
  it.each([0, 1, STEP_BYTES - 5, STEP_BYTES - 4, STEP_BYTES - 3, 5 * STEP_BYTES])(
    "gives back what was put in, byte for byte: %i bytes",
    async (length) => {
      const bytes = Uint8Array.from({ length }, (_, at) => at % 251);

      expect(await openBox(privateKey, await sealTo(publicKey, bytes))).toEqual(bytes);
    },
  );

  it("never ends in nothing: zeros at the end are kept as well", async () => {
    const bytes = Uint8Array.of(1, 0, 0);

    expect(await openBox(privateKey, await sealTo(publicKey, bytes))).toEqual(bytes);
  });

  it("has one size for all that fits the same step", async () => {
    const sizes = [0, 1000, STEP_BYTES - 4].map(async (length) => {
      return (await sealTo(publicKey, new Uint8Array(length))).length;
    });

    expect(new Set(await Promise.all(sizes))).toEqual(new Set([STEP_BYTES + OVERHEAD]));
    expect(await sealTo(publicKey, new Uint8Array(STEP_BYTES - 3))).toHaveLength(2 * STEP_BYTES + OVERHEAD);
  });

  it("holds nothing of what was put in, nor of whom it is for", async () => {
    const box = Buffer.from(await sealTo(publicKey, WORDS));

    expect(box.includes(Buffer.from(WORDS))).toBe(false);
    expect(box.includes(Buffer.from(publicKey.slice(1, 33)))).toBe(false);
  });

  it("is another one each time, in each of its parts", async () => {
    const [one, other] = [await sealTo(publicKey, WORDS), await sealTo(publicKey, WORDS)];

    for (const part of [LAYOUT.oneTimeKey + 1, LAYOUT.nonce, LAYOUT.secret]) {
      expect(one.slice(part, part + 12)).not.toEqual(other.slice(part, part + 12));
    }
  });

  it("does not open for anybody else", async () => {
    const somebody = await importPrivate((await makePair()).privateKey);

    expect(await troubleWith(openBox(somebody, await sealTo(publicKey, WORDS)))).toBe("damaged");
  });

  it("tells a later version's from a damaged one", async () => {
    const box = await sealTo(publicKey, WORDS);
    box[LAYOUT.version] = 2;

    expect(await troubleWith(openBox(privateKey, box))).toBe("newer");
  });
});

describe("A box that was tampered with does not open", () => {
  it.each([
    ["in its version", LAYOUT.version],
    ["in its one-time key", LAYOUT.oneTimeKey],
    ["in its one-time key's point", LAYOUT.oneTimeKey + 20],
    ["in its nonce", LAYOUT.nonce],
    ["in its content", LAYOUT.secret],
    ["in its filling", LAYOUT.secret + STEP_BYTES - 1],
    ["in its tag", LAYOUT.secret + STEP_BYTES + TAG_BYTES - 1],
  ])("%s", async (_, at) => {
    const box = await sealTo(publicKey, WORDS);

    expect(await troubleWith(openBox(privateKey, changedAt(box, at)))).toBe("damaged");
  });

  it("under another one-time key", async () => {
    const [one, other] = [await sealTo(publicKey, WORDS), await sealTo(publicKey, WORDS)];
    one.set(other.slice(LAYOUT.oneTimeKey, LAYOUT.nonce), LAYOUT.oneTimeKey);

    expect(await troubleWith(openBox(privateKey, one))).toBe("damaged");
  });

  it.each([0, 1, LAYOUT.nonce, LAYOUT.secret, OVERHEAD - 1, OVERHEAD, STEP_BYTES])(
    "when it was cut after %i bytes",
    async (length) => {
      const box = await sealTo(publicKey, WORDS);

      expect(await troubleWith(openBox(privateKey, box.slice(0, length)))).toBe("damaged");
    },
  );

  it("when something was added", async () => {
    const box = Uint8Array.of(...(await sealTo(publicKey, WORDS)), 0);

    expect(await troubleWith(openBox(privateKey, box))).toBe("damaged");
  });
});

describe("The keys", () => {
  it("once imported cannot be taken out by any script", async () => {
    expect(privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("pkcs8", privateKey)).rejects.toThrow();
  });

  it("are an uncompressed point and a PKCS8 record", () => {
    expect(publicKey).toHaveLength(65);
    expect(publicKey[0]).toBe(4);
    expect(pkcs8[0]).toBe(0x30);
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["garbage", new Uint8Array(138).fill(7)],
  ])("that are %s are refused", async (_, bytes) => {
    expect(await troubleWith(importPrivate(bytes))).toBe("damaged");
    await expect(sealTo(bytes, WORDS)).rejects.toThrow();
  });

  it("that are no point of the curve are refused: they would give the key away bit by bit", async () => {
    const offTheCurve = changedAt(publicKey, 64);

    await expect(sealTo(offTheCurve, WORDS)).rejects.toThrow();
  });
});

it("A box sealed by an earlier build opens to this day", async () => {
  const fixture = JSON.parse(readFileSync("tests/fixtures/vault/sealed-box.json", "utf8")) as Record<string, string>;
  const kept = (name: string): Bytes => Uint8Array.from(Buffer.from(fixture[name] ?? "", "base64"));

  const key = await importPrivate(kept("privateKey"));

  expect(await openBox(key, kept("box"))).toEqual(kept("bytes"));
});
