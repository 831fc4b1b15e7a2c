// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { HelpLines } from "../../../pwa/inside/help-lines.ts";
import { beginVisit, endVisit, showView } from "../../../pwa/inside/room.ts";
import { layOutRoom, PACK, within, type TestPlace } from "./visiting.ts";

let place: TestPlace;

beforeAll(() => {
  customElements.define(NAMES.helpLines, HelpLines);
});

beforeEach(() => {
  place = layOutRoom();
  beginVisit({ place, pack: PACK });
});

const select = (): HTMLSelectElement => within(place, "select") as HTMLSelectElement;
const numbers = (): string => within(place, "[data-country]").textContent;

function pick(code: string): void {
  select().value = code;
  select().dispatchEvent(new Event("change"));
}

describe("The help lines", () => {
  it("guess no country", () => {
    showView("lines");

    expect(select().value).toBe("");
    expect(numbers()).toBe("");
  });

  it("show the country that is picked, and it alone", () => {
    showView("lines");

    pick("GB");
    pick("IE");

    expect(numbers()).toBe("Call 112");
  });

  it("remember the country on the phone", () => {
    showView("lines");
    pick("GB");

    showView("plan");
    showView("lines");

    expect(place.kept.get(NAMES.countryKey)).toBe("GB");
    expect(select().value).toBe("GB");
    expect(numbers()).toBe("Call 999");
  });

  it.each(["ZZ", "", "<b>", "gb"])("pass a remembered country by that they do not know: %j", (code) => {
    place.kept.set(NAMES.countryKey, code);

    showView("lines");

    expect(select().value).toBe("");
    expect(numbers()).toBe("");
  });

  it("are empty again when no country is picked", () => {
    showView("lines");
    pick("GB");

    pick("");

    expect(numbers()).toBe("");
  });

  it("harm nothing when the person has left meanwhile", () => {
    endVisit();

    expect(() => {
      place.view.append(place.fragmentFrom(PACK.views["lines"] ?? ""));
    }).not.toThrow();
    expect(numbers()).toBe("");
  });
});

describe("Whether the country is remembered", () => {
  const isSaid = (selector: string): boolean => !within(place, selector).hidden;

  it("is not spoken of before one is picked", () => {
    showView("lines");

    expect(isSaid("[data-kept]")).toBe(false);
    expect(isSaid("[data-not-kept]")).toBe(false);
  });

  it("is said when it is", () => {
    showView("lines");

    pick("GB");

    expect(isSaid("[data-kept]")).toBe(true);
    expect(isSaid("[data-not-kept]")).toBe(false);
  });

  it("is said when the phone refuses, and the numbers are there all the same", () => {
    showView("lines");
    place.refusesToKeep = true;

    pick("GB");

    expect(isSaid("[data-kept]")).toBe(false);
    expect(isSaid("[data-not-kept]")).toBe(true);
    expect(numbers()).toBe("Call 999");
  });
});

describe("The one number kept for the worst case", () => {
  it("is the emergency number of the picked country", () => {
    showView("lines");

    pick("GB");

    expect(place.kept.get(NAMES.emergencyKey)).toBe("999");
  });

  it("changes with the country", () => {
    showView("lines");
    pick("GB");

    pick("IE");

    expect(place.kept.get(NAMES.emergencyKey)).toBe("112");
  });

  it.each(["XX", ""])("is never that of another country: %j has none", (code) => {
    showView("lines");
    pick("GB");

    pick(code);

    expect(place.kept.get(NAMES.emergencyKey)).toBe("");
  });

  it("stays as it is where the pack no longer knows the remembered country", () => {
    place.kept.set(NAMES.countryKey, "ZZ").set(NAMES.emergencyKey, "110");

    showView("lines");

    expect(place.kept.get(NAMES.emergencyKey)).toBe("110");
  });

  it("follows the pack, should the number of the remembered country have changed", () => {
    place.kept.set(NAMES.countryKey, "GB").set(NAMES.emergencyKey, "000");

    showView("lines");

    expect(place.kept.get(NAMES.emergencyKey)).toBe("999");
  });
});
