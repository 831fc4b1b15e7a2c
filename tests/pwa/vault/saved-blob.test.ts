import { describe, expect, it } from "vitest";
import { randomBytes } from "../../../pwa/shared/bytes.ts";
import { PaddedError } from "../../../pwa/vault/padded.ts";
import { BLOB_SIZES, openBlob, sealBlob } from "../../../pwa/vault/saved-blob.ts";

const KEY = randomBytes(32);
const NOTE = { kind: "note", value: { day: "2026-11-26", text: "A note." }, at: 7 };
const noteOf = (letters: number): typeof NOTE => ({ ...NOTE, value: { day: "2026-11-26", text: "a".repeat(letters) } });

const troubleOf = async (opening: Promise<unknown>): Promise<string> => {
  const error: unknown = await opening.catch((reason: unknown) => reason);
  return error instanceof PaddedError ? error.code : `no trouble: ${String(error)}`;
};

describe("The copy with the server", () => {
  it.each([
    [10, 16],
    [15_000, 16],
    [17_000, 64],
    [200_000, 256],
    [1_000_000, 1024],
  ])("of %i letters is %i KiB long, as the server takes it, and opens again", async (letters, kib) => {
    const blob = await sealBlob([noteOf(letters)], KEY);

    expect(blob).toHaveLength(kib * 1024);
    expect(await openBlob(blob, KEY)).toEqual([noteOf(letters)]);
  });

  it("is never written where it would not fit", async () => {
    expect(await troubleOf(sealBlob([noteOf(1_048_576)], KEY))).toBe("too-big");
  });

  it("never looks the same twice", async () => {
    expect(await sealBlob([NOTE], KEY)).not.toEqual(await sealBlob([NOTE], KEY));
  });

  it("tells nothing of what is in it", async () => {
    const blob = await sealBlob([NOTE], KEY);

    expect(Buffer.from(blob).toString("latin1")).not.toContain("note");
  });

  it.each([0, 1, 5, 12, 13, 5000, BLOB_SIZES[0] - 1])("does not open once byte %i has changed", async (at) => {
    const blob = await sealBlob([NOTE], KEY);
    blob[at] = (blob[at] ?? 0) ^ 1;

    expect(await troubleOf(openBlob(blob, KEY))).toBe(at === 0 ? "damaged" : "wrong");
  });

  it("says what is wrong with it", async () => {
    const blob = await sealBlob([NOTE], KEY);
    const later = blob.slice();
    later[0] = 2;

    expect(await troubleOf(openBlob(blob, randomBytes(32)))).toBe("wrong");
    expect(await troubleOf(openBlob(later, KEY))).toBe("newer");
    expect(await troubleOf(openBlob(blob.slice(1), KEY))).toBe("damaged");
    expect(await troubleOf(openBlob(blob.slice(0, 16_000), KEY))).toBe("damaged");
    expect(await troubleOf(openBlob(new Uint8Array(), KEY))).toBe("damaged");
  });
});
