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

const numbers = (): string => place.view.querySelector("[data-country] p")?.textContent ?? "";
const picked = (): string => within(place, "[data-picked]").textContent;
const isOpen = (): boolean => within(place, "details").hasAttribute("open");
const field = (): HTMLInputElement => within(place, "input") as HTMLInputElement;
const countries = (): HTMLElement[] => [...place.view.querySelectorAll<HTMLElement>("[data-code]")];

/** Opens the list where it is put away, and presses. */
function pick(code: string): void {
  within(place, "details").toggleAttribute("open", true);
  within(place, `[data-code="${code}"]`).click();
}

function look(typed: string): string[] {
  field().value = typed;
  field().dispatchEvent(new Event("input"));
  return countries()
    .filter(({ hidden }) => !hidden)
    .map(({ textContent }) => textContent);
}

function press(key: string): void {
  field().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
}

describe("The help lines", () => {
  it("guess no country", () => {
    showView("lines");

    expect(picked()).toBe("Choose");
    expect(isOpen()).toBe(true);
    expect(numbers()).toBe("");
  });

  it("show the country that is picked, and it alone", () => {
    showView("lines");

    pick("GB");
    pick("IE");

    expect(numbers()).toBe("Call 112");
    expect(picked()).toBe("Ireland");
  });

  it("put the list away once a country is picked, and read on from its name", () => {
    showView("lines");

    pick("GB");

    expect(isOpen()).toBe(false);
    expect(document.activeElement?.textContent).toBe("Britain");
    expect(document.activeElement?.tagName).toBe("H2");
  });

  it("keep the list out of the page while it is put away, and bring it back when it is opened", () => {
    showView("lines");
    const all = countries().length;

    pick("GB");
    const putAway = countries().length;
    within(place, "details").toggleAttribute("open", true);

    expect([putAway, countries().length]).toEqual([0, all]);
  });

  it("remember the country on the phone", () => {
    showView("lines");
    pick("GB");

    showView("plan");
    showView("lines");

    expect(place.kept.get(NAMES.countryKey)).toBe("GB");
    expect(picked()).toBe("Britain");
    expect(isOpen()).toBe(false);
    expect(numbers()).toBe("Call 999");
  });

  it.each(["ZZ", "", "<b>", 'gb"]'])("pass a remembered country by that they do not know: %j", (code) => {
    place.kept.set(NAMES.countryKey, code);

    showView("lines");

    expect(picked()).toBe("Choose");
    expect(isOpen()).toBe(true);
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

describe("Looking a country up", () => {
  beforeEach(() => {
    showView("lines");
  });

  it.each([
    ["iré", ["Ireland"]],
    ["ÉIRE", ["Ireland"]],
    ["  king", ["Britain"]],
    ["united k", ["Britain"]],
    ["united", ["Britain", "Xanadu"]],
    ["gb", ["Britain"]],
    ["", ["Britain", "Ireland", "Xanadu"]],
    ["...", ["Britain", "Ireland", "Xanadu"]],
    // The middle of a word would find too much.
    ["land", []],
  ])("finds by the beginning of any word of any name, whatever the case and the accents: %j", (typed, found) => {
    expect(look(typed)).toEqual(found);
  });

  it("says how many there are, and says something kind where there is none", () => {
    look("united");
    expect(within(place, "[data-found]").textContent).toBe("Found: 2");
    expect(within(place, "[data-nothing]").hidden).toBe(true);

    look("nowhere");
    expect(within(place, "[data-found]").textContent).toBe("Found: 0");
    expect(within(place, "[data-nothing]").hidden).toBe(false);
  });

  it("puts the letters away while something is typed", () => {
    look("i");
    expect(within(place, "[data-letters]").hidden).toBe(true);

    look("");
    expect(within(place, "[data-letters]").hidden).toBe(false);
  });

  it("leads on by Enter: to the one that is left, or to the first of several", () => {
    look("united");
    press("Enter");
    expect(document.activeElement?.textContent).toBe("Britain");
    expect(numbers()).toBe("");

    look("xan");
    press("Enter");
    expect(numbers()).toBe("No number known");
  });

  it("picks nothing by Enter that nobody has looked for", () => {
    press("Enter");
    look("nowhere");
    press("Enter");
    look("xan");
    press("a");

    expect(numbers()).toBe("");
  });

  it("jumps to the first country under a letter", () => {
    within(place, '[data-to="XX"]').click();

    expect(document.activeElement?.textContent).toBe("Xanadu");
  });

  it("keeps nothing of what was typed", () => {
    look("ireland");

    expect([...place.kept.values()].join()).not.toContain("ireland");
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

  it("is never that of another country: where none is known, none is kept", () => {
    showView("lines");
    pick("GB");

    pick("XX");

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
