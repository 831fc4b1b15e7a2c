// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GroupFinder } from "../../../pwa/inside/group-finder.ts";
import { beginVisit, endVisit, showView } from "../../../pwa/inside/room.ts";
import { layOutRoom, PACK, within, type TestPlace } from "./visiting.ts";

const options = (...values: string[]): string =>
  ["", ...values].map((value) => `<option value="${value}">${value}</option>`).join("");
const VIEW = `<h1 tabindex="-1">Groups</h1>
  <${NAMES.groupFinder}>
    <select data-by="kind">${options("peers", "law")}</select>
    <select data-by="country">${options("GB", "PL")}</select>
    <select data-by="ways">${options("online", "phone", "in_person")}</select>
    <p role="status" data-found="In the list: {number}"></p>
    <p data-nothing hidden></p>
    <section data-kind="peers" data-country="GB" data-ways="online">Forum</section>
    <section data-kind="law" data-country="PL" data-ways="phone">Law centre</section>
    <section data-kind="law" data-country="" data-ways="online phone">Law pages</section>
  </${NAMES.groupFinder}>`;

let place: TestPlace;

beforeAll(() => {
  customElements.define(NAMES.groupFinder, GroupFinder);
});

beforeEach(() => {
  place = layOutRoom();
  beginVisit({ place, pack: { ...PACK, views: { ...PACK.views, circles: VIEW } } });
});

function choose(by: string, value: string): void {
  const select = within(place, `[data-by="${by}"]`) as HTMLSelectElement;
  select.value = value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

const shown = (): string[] =>
  [...place.view.querySelectorAll<HTMLElement>("[data-kind]")]
    .filter((card) => !card.hidden)
    .map((card) => card.textContent);

describe("Groups and services", () => {
  it("are all there before anything is chosen", () => {
    showView("circles");

    expect(shown()).toEqual(["Forum", "Law centre", "Law pages"]);
    expect(within(place, "[data-found]").textContent).toBe("In the list: 3");
  });

  it.each([
    ["kind", "law", ["Law centre", "Law pages"]],
    ["ways", "online", ["Forum", "Law pages"]],
    ["ways", "phone", ["Law centre", "Law pages"]],
  ])("are narrowed down by %s: %s", (by, value, expected) => {
    showView("circles");

    choose(by, value);

    expect(shown()).toEqual(expected);
    expect(within(place, "[data-found]").textContent).toBe("In the list: 2");
  });

  it("stay in the list for every country where they name none", () => {
    showView("circles");

    choose("country", "PL");

    expect(shown()).toEqual(["Law centre", "Law pages"]);
  });

  it("say so when nothing is like that, and come back", () => {
    showView("circles");

    choose("ways", "in_person");
    expect(shown()).toEqual([]);
    expect(within(place, "[data-nothing]").hidden).toBe(false);

    choose("ways", "");
    expect(shown()).toHaveLength(3);
    expect(within(place, "[data-nothing]").hidden).toBe(true);
  });

  it("begin with the country picked for the help lines, where they know it", () => {
    place.kept.set(NAMES.countryKey, "GB");

    showView("circles");

    expect(shown()).toEqual(["Forum", "Law pages"]);
  });

  it.each(["ZZ", "<b>", ""])("begin with all where they do not know that country: %j", (country) => {
    place.kept.set(NAMES.countryKey, country);

    showView("circles");

    expect(shown()).toHaveLength(3);
  });

  it("keep nothing of what was chosen", () => {
    showView("circles");

    choose("country", "PL");
    choose("kind", "law");

    expect([...place.kept]).toEqual([]);
  });

  it("harm nothing when the person has left meanwhile", () => {
    endVisit();

    expect(() => {
      place.view.append(place.fragmentFrom(VIEW));
    }).not.toThrow();
  });
});
