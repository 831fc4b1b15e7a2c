import { describe, expect, it } from "vitest";
import { randomBytes } from "../../../pwa/shared/bytes.ts";
import {
  CODE_LETTERS,
  codeToShow,
  makeCode,
  openHandover,
  readCode,
  sealHandover,
} from "../../../pwa/vault/handover.ts";

describe("The code that adds a phone", () => {
  it("is ten letters and digits, of which none looks like another", () => {
    const codes = Array.from({ length: 200 }, makeCode);

    for (const code of codes) expect(code).toMatch(/^[0-9abcdefghjkmnpqrstvwxyz]{10}$/);
    expect(new Set(codes).size).toBe(200);
    // Each letter comes up: 2,000 drawn from 32 miss one about once in 10^26 runs.
    expect(new Set(codes.join("")).size).toBe(32);
  });

  it("is shown in two groups, and read as it is shown", () => {
    const code = makeCode();

    expect(codeToShow(code)).toMatch(/^\w{5} \w{5}$/);
    expect(readCode(codeToShow(code))).toBe(code);
  });

  it.each([" K7QM2-3XPT9 ", "k7qm2 3xpt9", "k7 qm 23 xp t9", "Ｋ７ＱＭ２３ＸＰＴ９"])(
    "is read as typed: %j",
    (typed) => {
      expect(readCode(typed)).toBe("k7qm23xpt9");
    },
  );

  it("is read where a letter was taken for a digit", () => {
    expect(readCode("oil00 11000")).toBe("0110011000");
  });

  it.each(["", "k7qm2", "k7qm23xpt", "k7qm23xpt99", "k7qm23xptu", "k7qm23xpt!", "ñ7qm23xpt9"])(
    "is not taken for one: %j",
    (typed) => {
      expect(readCode(typed)).toBeUndefined();
    },
  );

  it("has as many letters as it says", () => {
    expect(makeCode()).toHaveLength(CODE_LETTERS);
  });
});

describe("What a phone hands over", () => {
  it("is always 4,096 bytes, as the server takes it, and opens again", async () => {
    const key = randomBytes(32);
    const pass = { kind: "account", value: { account: "a", secret: "b" }, at: 0 };
    const content = await sealHandover([pass], key);

    expect(content).toHaveLength(4096);
    expect(await openHandover(content, key)).toEqual([pass]);
    expect(await sealHandover([], key)).toHaveLength(4096);
  });

  it("opens with no other code, and is believed only in its own shape", async () => {
    const content = await sealHandover([{ kind: "NO KIND", value: 1, at: 0 }], randomBytes(32));

    await expect(openHandover(content, randomBytes(32))).rejects.toMatchObject({ code: "wrong" });
  });

  it("is damaged where its inside is not what it must be", async () => {
    const key = randomBytes(32);
    const content = await sealHandover([{ kind: "NO KIND", value: 1, at: 0 }], key);

    await expect(openHandover(content, key)).rejects.toMatchObject({ code: "damaged" });
  });
});
