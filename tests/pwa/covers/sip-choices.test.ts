import { describe, expect, it } from "vitest";
import { fromMl } from "../../../pwa/covers/sip/amounts.ts";
import { inUnit, OWN_LENGTH, parseChoices } from "../../../pwa/covers/sip/choices.ts";

const ordinary = parseChoices(undefined);

describe("the choices", () => {
  it.each([
    null,
    "",
    3,
    [],
    "garbage",
    { unit: "cups", goal: "much", sizes: 7, picked: -1, line: 99, own: 5, after: 1e9 },
  ])("are the ordinary ones where there is only %j", (raw) => {
    expect(parseChoices(raw)).toEqual(ordinary);
  });

  it("keep what is sound beside what is broken", () => {
    const mended = parseChoices({ goal: 1800, sizes: [100, null, -3, 750], picked: 3.5, own: "Agua" });
    expect(mended).toMatchObject({ goal: 1800, sizes: [100, 250, 350, 750], picked: 1, own: "Agua" });
  });

  it("come back as they were kept", () => {
    const chosen = { ...ordinary, unit: "oz" as const, goal: 1500, picked: 3, line: 4, own: "Sip, sip", after: 0 };
    expect(parseChoices(JSON.parse(JSON.stringify(chosen)))).toEqual({ ...chosen, sizes: ordinary.sizes });
  });

  it("take own words of any length and keep a line's worth", () => {
    expect(parseChoices({ own: "a".repeat(5000) }).own).toHaveLength(OWN_LENGTH);
  });
});

describe("a change of unit", () => {
  it("turns ordinary amounts into round ones of the other unit, and back", () => {
    const ounces = inUnit(ordinary, "oz");
    expect(fromMl(ounces.goal, "oz")).toBe(64);
    expect(ounces.sizes.map((ml) => fromMl(ml, "oz"))).toEqual([5, 8, 12, 16]);
    expect(inUnit(ounces, "ml")).toEqual(ordinary);
  });

  it("leaves an amount she chose as it is", () => {
    const own = { ...ordinary, goal: 1750, sizes: [150, 330, 350, 500] };
    const ounces = inUnit(own, "oz");
    expect(ounces.goal).toBe(1750);
    expect(ounces.sizes[1]).toBe(330);
    expect(inUnit(ounces, "ml")).toEqual(own);
  });
});
