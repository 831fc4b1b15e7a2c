// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { KeepingVisit } from "./keeping-visit.ts";

let her: KeepingVisit;

beforeEach(() => {
  vi.useFakeTimers();
  her = new KeepingVisit();
});

afterEach(() => {
  vi.useRealTimers();
});

const given = (id: string, answers: unknown): void => {
  her.store.given("section", { section: id, answers });
};
const titles = (): string[] => her.all("h2").map(({ textContent }) => textContent);

describe("The plan on one page", () => {
  it("shows what has been written, and nothing else", async () => {
    given("now", { reach: "On the shelf", signs: ["Doors", "Voice"] });
    given("bag", { things: { done: ["keys"], items: [{ text: "Teddy", done: false }] } });
    given("heart", { words: "  " });
    await her.shows("reading");

    expect(titles()).toEqual(["About now", "About bag"]);
    expect(her.all("[data-label]").map(({ textContent }) => textContent)).toEqual(["reach?", "signs?", "things?"]);
    expect(her.all("li").map(({ textContent }) => textContent)).toEqual([
      "Doors",
      "Voice",
      "Ticked: The keys",
      "Open: Teddy",
    ]);
    expect(her.all("textarea, input")).toHaveLength(0);
  });

  it("is in her order, without what she hides", async () => {
    for (const id of ["now", "bag", "heart"]) given(id, { words: "x", reach: "x", kept: "x" });
    her.store.given("layout", { order: ["heart", "bag", "now"], hidden: ["bag"] });
    await her.shows("reading");

    expect(titles()).toEqual(["About heart", "About now"]);
  });

  it("takes what she wrote as text, whatever it looks like", async () => {
    given("now", { reach: "<img src=x onerror=alert(1)>" });
    await her.shows("reading");

    expect(her.all("img")).toHaveLength(0);
    expect(her.find(".own").textContent).toBe("<img src=x onerror=alert(1)>");
  });

  it("says kindly that nothing is written yet", async () => {
    await her.shows("reading");

    expect(her.sees("[data-nothing]")).toBe(true);
  });

  it("shows what the phone could not keep, too", async () => {
    await her.shows("plan");
    vi.stubGlobal("CSS", { supports: () => true });
    her.opens("[data-section=now]");
    her.store.trouble = "full";
    her.types(her.find("label textarea"), "Not kept yet");
    await her.shows("reading");

    expect(her.find("[data-sections]").textContent).toContain("Not kept yet");
  });
});
