import { describe, expect, it } from "vitest";
import { costFor, FLOOR, isBelowFloor } from "../../../pwa/vault/cost.ts";

describe("the cost of stretching", () => {
  it("is the floor on a phone that needs a quarter of a second or more for it", () => {
    expect(costFor(250)).toEqual(FLOOR);
    expect(costFor(5000)).toEqual(FLOOR);
  });

  it("takes more memory first, then more passes, as the phone manages in that time", () => {
    expect(costFor(125)).toEqual({ memoryKib: 92 * 1024, time: 1 });
    expect(costFor(25)).toEqual({ memoryKib: 128 * 1024, time: 3 });
    expect(costFor(1)).toEqual({ memoryKib: 128 * 1024, time: 4 });
  });

  it("is called too low only under the floor's memory", () => {
    expect(isBelowFloor(FLOOR)).toBe(false);
    expect(isBelowFloor({ memoryKib: 19 * 1024, time: 2 })).toBe(true);
  });
});
