// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { KeepingVisit } from "./keeping-visit.ts";

let her: KeepingVisit;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 10, 20, 14) });
  vi.stubGlobal("CSS", { supports: () => true });
  her = new KeepingVisit();
});

afterEach(() => {
  vi.useRealTimers();
});

const NOW = "[data-section=now]";
const BAG = "[data-section=bag]";
const section = (id: string, answers: unknown) => ({ section: id, answers });
const given = (id: string, answers: unknown) => her.store.given("section", section(id, answers));
const lines = (within: string): HTMLTextAreaElement[] => her.all(`${within} [data-line] textarea`);
const text = (within: string): HTMLTextAreaElement => her.find(`${within} label textarea`);
const titles = (): string[] => her.all("[data-parts] > :not([hidden])").map((part) => part.dataset["section"] ?? "");

async function opensPlanAt(at: string): Promise<void> {
  await her.shows("plan");
  her.opens(at);
}

describe("Without a place to keep words", () => {
  it("the prompts are there to read, with a way to set one up", async () => {
    her.store.isLocked = true;
    await opensPlanAt(NOW);

    expect(her.find(`${NOW} [data-prompts]`).textContent).toContain("reach?");
    expect(her.sees("[data-absent]")).toBe(true);
    expect(her.all("textarea")).toHaveLength(0);
    expect(her.find("[data-arrange]").hidden).toBe(true);
  });

  it("a store that cannot be read is said to be so, and the prompts stay", async () => {
    vi.spyOn(her.store, "load").mockRejectedValue(new Error("?"));
    await opensPlanAt(NOW);

    expect(her.sees("[data-unopened]")).toBe(true);
    expect(her.find(`${NOW} [data-prompts]`)).toBeDefined();
  });
});

describe("A section", () => {
  it("makes its fields when it is opened, not before: a slow phone would stand still", async () => {
    given("now", { reach: "On the shelf" });
    await her.shows("plan");
    expect(her.all("textarea")).toHaveLength(0);

    her.opens(NOW);

    expect(text(NOW).value).toBe("On the shelf");
    expect(her.all(`${BAG} textarea`)).toHaveLength(0);
  });

  it("tells from outside that something is written in it", async () => {
    given("now", { reach: "On the shelf" });
    await opensPlanAt(BAG);
    const isMarked = (at: string): boolean => !her.find(`${at} [data-written]`).hidden;

    expect([isMarked(NOW), isMarked(BAG)]).toEqual([true, false]);

    her.types(text(BAG), "At work");
    expect(isMarked(BAG)).toBe(true);
  });

  it("is kept as it is typed, as one entry, and every prompt can be skipped", async () => {
    await opensPlanAt(NOW);

    her.types(text(NOW), "On");
    await her.waits(600);
    her.types(text(NOW), "On the shelf");
    await her.waits(600);

    expect(her.store.values("section")).toEqual([section("now", { reach: "On the shelf" })]);
    expect(her.sees("[data-said]")).toBe(true);
  });

  it("is kept at once when a field is left", async () => {
    await opensPlanAt(NOW);
    her.types(text(NOW), "On the shelf");
    text(NOW).dispatchEvent(new Event("focusout", { bubbles: true }));
    await her.waits();

    expect(her.store.values("section")).toHaveLength(1);
  });

  it("keeps answers of prompts it does not know", async () => {
    given("now", { later: "From a newer version" });
    await opensPlanAt(NOW);
    her.types(text(NOW), "x");
    await her.waits(600);

    expect(her.store.values("section")).toEqual([section("now", { later: "From a newer version", reach: "x" })]);
  });

  it("is kept when the exit takes it away in the middle of a word", async () => {
    await opensPlanAt(NOW);
    her.types(text(NOW), "On the sh");
    await her.exits();

    expect(her.store.values("section")).toEqual([section("now", { reach: "On the sh" })]);
  });

  it("is there at once in the next view, though it was left in the middle of a word", async () => {
    await opensPlanAt(NOW);
    her.types(text(NOW), "On the shelf");
    await her.shows("reading");

    expect(her.find("[data-sections]").textContent).toContain("On the shelf");
  });
});

describe("A list", () => {
  it("takes lines, changes and loses them, and none is blank", async () => {
    given("now", { signs: ["Doors", "Voice"] });
    await opensPlanAt(NOW);

    her.presses(`${NOW} [data-add]`);
    her.types(lines(NOW)[2] ?? text(NOW), "Late home");
    her.types(lines(NOW)[0] ?? text(NOW), "Loud doors");
    her.presses(`${NOW} [data-add]`);
    await her.waits(600);

    expect(her.store.values("section")).toEqual([section("now", { signs: ["Loud doors", "Voice", "Late home"] })]);
  });

  it("goes on to a new line with Enter", async () => {
    given("now", { signs: ["Doors", "Voice"] });
    await opensPlanAt(NOW);

    lines(NOW)[0]?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));

    expect(lines(NOW).map(({ value }) => value)).toEqual(["Doors", "", "Voice"]);
    expect(document.activeElement).toBe(lines(NOW)[1]);
  });

  it("gives a removed line back", async () => {
    given("now", { signs: ["Doors", "Voice"] });
    await opensPlanAt(NOW);

    her.presses(`${NOW} [data-remove]`);
    await her.waits(600);
    expect(her.store.values("section")).toEqual([section("now", { signs: ["Voice"] })]);

    her.presses("[data-undo-it]");
    await her.waits(600);
    expect(her.store.values("section")).toEqual([section("now", { signs: ["Doors", "Voice"] })]);
  });
});

describe("Ticks", () => {
  it("are kept with lines of her own", async () => {
    await opensPlanAt(BAG);
    const [keys] = her.all<HTMLInputElement>(`${BAG} [data-ticks] input`);
    if (keys) her.changes(keys, true);
    her.presses(`${BAG} [data-add]`);
    her.types(lines(BAG)[0] ?? text(BAG), "Teddy");
    her.changes(her.find(`${BAG} [data-line] input`), true);
    await her.waits(600);

    expect(her.store.values("section")).toEqual([
      section("bag", { things: { done: ["keys"], items: [{ text: "Teddy", done: true }] } }),
    ]);
  });

  it("stand as they were left, those of another version too", async () => {
    given("bag", { things: { done: ["shoes", "gone"], items: [{ text: "Teddy", done: false }] } });
    await opensPlanAt(BAG);

    expect(her.all<HTMLInputElement>(`${BAG} input`).map(({ checked }) => checked)).toEqual([false, true, false]);

    her.changes(her.find(`${BAG} [data-ticks] input`), true);
    await her.waits(600);
    expect(her.store.values("section")).toEqual([
      section("bag", { things: { done: ["keys", "shoes", "gone"], items: [{ text: "Teddy", done: false }] } }),
    ]);
  });
});

describe("A phone without room", () => {
  beforeEach(async () => {
    given("now", { reach: "Old" });
    await opensPlanAt(NOW);
    her.store.trouble = "full";
    her.types(text(NOW), "New");
    await her.waits(600);
  });

  it("keeps the old, says so, and offers a way to take everything along", () => {
    expect(her.store.values("section")).toEqual([section("now", { reach: "Old" })]);
    expect(her.sees('[data-when="full"]')).toBe(true);
    expect(her.sees("[data-go=keep]")).toBe(true);
    expect(her.sees("[data-said]")).toBe(false);
  });

  it("has what was typed still on the screen, and saves it when there is room", async () => {
    expect(text(NOW).value).toBe("New");
    her.store.trouble = undefined;
    her.presses("[data-again]");
    await her.waits();

    expect(her.store.values("section")).toEqual([section("now", { reach: "New" })]);
    expect(her.sees("[data-trouble]")).toBe(false);
  });

  it("keeps what she is writing clear of the words that say so", async () => {
    const field = text(NOW);
    const scrolled = vi.spyOn(field, "scrollIntoView");
    field.focus();
    her.types(field, "Newer");
    await her.waits(600);

    expect(scrolled).toHaveBeenCalledWith({ block: "nearest" });
  });

  it("leads a keyboard back to the field once it is saved", async () => {
    text(NOW).focus();
    her.find("[data-again]").focus();
    her.store.trouble = undefined;
    her.presses("[data-again]");
    await her.waits();

    expect(document.activeElement).toBe(text(NOW));
  });

  it("has it still when she comes back from another view", async () => {
    await her.shows("keep");
    await opensPlanAt(NOW);
    expect(text(NOW).value).toBe("New");

    her.store.trouble = undefined;
    await her.waits(600);
    expect(her.store.values("section")).toEqual([section("now", { reach: "New" })]);
  });

  it("forgets it with the visit", async () => {
    await her.exits();
    her = new KeepingVisit();
    await opensPlanAt(NOW);

    expect(text(NOW).value).toBe("");
  });
});

describe("Any other trouble", () => {
  it.each(["blocked", "damaged", "newer"] as const)("is told in plain words: %s", async (trouble) => {
    await opensPlanAt(NOW);
    her.store.trouble = trouble;
    her.types(text(NOW), "New");
    await her.waits(600);

    expect(her.sees('[data-when="other"]')).toBe(true);
    expect(her.find("[data-go=keep]").closest("[hidden]")).not.toBeNull();
  });
});

describe("A section written in two windows", () => {
  beforeEach(async () => {
    const entry = given("now", { reach: "Old" });
    await opensPlanAt(NOW);
    her.store.writtenElsewhere(entry, section("now", { reach: "Theirs" }));
    her.types(text(NOW), "Mine");
    await her.waits(600);
  });

  const kept = (): unknown[] => her.store.values("section");

  it("keeps both, and shows both", () => {
    expect(kept()).toEqual([section("now", { reach: "Theirs" }), section("now", { reach: "Mine" })]);
    expect(her.find("[data-theirs]").textContent).toContain("Theirs");
    expect(text(NOW).value).toBe("Mine");
  });

  it("does so when the plan is next opened, too", async () => {
    await her.shows("start");
    await opensPlanAt(NOW);

    expect(her.find("[data-theirs]").textContent).toContain("Theirs");
    expect(text(NOW).value).toBe("Mine");
  });

  it.each([
    ["[data-keep-mine]", "Mine"],
    ["[data-keep-theirs]", "Theirs"],
    ["[data-keep-both]", "Theirs\n\nMine"],
  ])("is one again after a press on %s", async (button, reach) => {
    her.presses(button);
    await her.waits();

    expect(kept()).toEqual([section("now", { reach })]);
    expect(text(NOW).value).toBe(reach);
    expect(her.all("[data-both]")).toHaveLength(0);
  });

  it("loses neither when the choice cannot be saved", async () => {
    her.store.trouble = "full";
    her.presses("[data-keep-theirs]");
    await her.waits();

    expect(kept()).toHaveLength(2);
    expect(her.sees("[data-trouble]")).toBe(true);
  });
});

describe("An older copy of which the newer holds every word", () => {
  it("goes without a question", async () => {
    given("now", { reach: "On the" });
    given("now", { reach: "On the shelf" });
    await opensPlanAt(NOW);

    expect(her.all("[data-both]")).toHaveLength(0);
    expect(her.store.values("section")).toEqual([section("now", { reach: "On the shelf" })]);
  });
});

describe("The order of the parts", () => {
  it("is hers, and is kept", async () => {
    await opensPlanAt("[data-arrange]");
    const [, , third] = her.all("[data-up]");
    third?.click();
    await her.waits();

    expect(titles()).toEqual(["now", "heart", "bag"]);
    expect(document.activeElement).toBe(third);
    expect(her.find("[data-place]").textContent).toBe("About heart: 2 of 3");

    await her.shows("plan");
    expect(titles()).toEqual(["now", "heart", "bag"]);
  });

  it("leaves out what she hides, until she shows it again", async () => {
    await opensPlanAt("[data-arrange]");
    const [first] = her.all<HTMLInputElement>("[data-arranged] input");
    if (!first) throw new Error("no box");
    her.changes(first, false);
    await her.waits();
    expect(titles()).toEqual(["bag", "heart"]);

    her.changes(first, true);
    await her.waits();
    expect(titles()).toEqual(["now", "bag", "heart"]);
    expect(her.store.values("layout")).toEqual([{ order: [], hidden: [] }]);
  });

  it("knows a day to look at it again, spoken of here alone and only once it has come", async () => {
    await opensPlanAt("[data-arrange]");
    her.changes(her.find("[data-review]"), "2026-11-21");
    await her.waits();
    await her.shows("plan");
    expect(her.sees("[data-due]")).toBe(false);
    expect(her.find<HTMLInputElement>("[data-review]").value).toBe("2026-11-21");

    vi.setSystemTime(new Date(2026, 10, 21, 8));
    await her.shows("plan");
    expect(her.sees("[data-due]")).toBe(true);
  });
});

describe("Records that cannot be read", () => {
  it.each([
    [1, "One thing"],
    [3, "3 things"],
  ])("are counted, and the rest opens: %i", async (count, words) => {
    given("now", { reach: "Here" });
    her.store.unreadable = count;
    await opensPlanAt(NOW);

    expect(her.find("[data-unreadable]").textContent).toBe(words);
    expect(text(NOW).value).toBe("Here");
  });

  it("are not spoken of where there are none", async () => {
    await her.shows("plan");

    expect(her.sees("[data-unreadable]")).toBe(false);
  });
});
