// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { KeepingVisit } from "./keeping-visit.ts";

let her: KeepingVisit;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 10, 20, 14) });
  her = new KeepingVisit();
});

afterEach(() => {
  vi.useRealTimers();
});

const kept = (): unknown[] => her.store.values("steps");
const titles = (): string[] => her.all("article").map((card) => card.querySelector("h3")?.textContent ?? "");
const pickOf = (step: string): HTMLElement => her.find(`[data-rung="${step}"] [data-pick]`);
const isPicked = (step: string): boolean => pickOf(step).getAttribute("aria-pressed") === "true";
const NOTE = "[data-note] textarea";
const OWN = "[data-own] textarea";

async function picks(step: string): Promise<void> {
  pickOf(step).click();
  await her.waits();
}

describe("The ladder", () => {
  it("can be read, and not picked from, where nothing can be kept", async () => {
    her.store.isLocked = true;
    await her.shows("steps");

    expect(her.sees("[data-absent]")).toBe(true);
    expect(her.find('[data-rung="nod"]').textContent).toContain("To nod");
    expect(her.sees('[data-rung="nod"] [data-pick]')).toBe(false);
  });

  it("has any step picked in any order; those picked stand in its own order", async () => {
    await her.shows("steps");
    expect(her.sees("[data-nothing]")).toBe(true);

    await picks("call");
    await picks("nod");

    expect(titles()).toEqual(["To nod", "To call"]);
    expect(isPicked("nod")).toBe(true);
    expect(her.sees("[data-nothing]")).toBe(false);
    expect(kept()).toEqual([
      { step: "call", text: "To call", note: "" },
      { step: "nod", text: "To nod", note: "" },
    ]);
  });

  it("leaves focus where it is, for whoever wants to pick some more", async () => {
    await her.shows("steps");
    pickOf("nod").focus();
    await picks("nod");

    expect(document.activeElement).toBe(pickOf("nod"));
  });

  it("has a step put away by a second tap, and brought back with all that was written", async () => {
    her.store.given("steps", { step: "nod", text: "To nod", felt: "good", note: "On the stairs." });
    await her.shows("steps");
    await picks("nod");
    expect(kept()).toEqual([]);
    expect(isPicked("nod")).toBe(false);

    her.presses("[data-undo-it]");
    await her.waits();
    expect(kept()).toEqual([{ step: "nod", text: "To nod", felt: "good", note: "On the stairs." }]);
    expect(isPicked("nod")).toBe(true);
  });
});

describe("A picked step", () => {
  beforeEach(async () => {
    her.store.given("steps", { step: "call", text: "To call", note: "" });
    await her.shows("steps");
  });

  it("keeps how it felt, by a tap or in her own words, and no date", async () => {
    her.presses('[data-felt="between"]');
    her.types(her.find(NOTE), "Short, and fine.");
    await her.waits(600);

    expect(kept()).toEqual([{ step: "call", text: "To call", felt: "between", note: "Short, and fine." }]);
  });

  it("is met with kind words when it was hard, and the answer can be taken back", async () => {
    her.presses('[data-felt="hard"]');
    await her.waits();
    expect(her.sees("[data-kind]")).toBe(true);

    her.presses('[data-felt="hard"]');
    await her.waits();
    expect(her.sees("[data-kind]")).toBe(false);
    expect(kept()).toEqual([{ step: "call", text: "To call", note: "" }]);
  });

  it("leads down the ladder freely", () => {
    her.presses("[data-smaller]");

    const [light] = her.all<HTMLDetailsElement>("[data-band]");
    expect(light?.open).toBe(true);
    expect(document.activeElement).toBe(light?.querySelector("summary"));
  });

  it("can be put away, which brings a keyboard back to the list's heading", async () => {
    her.find("[data-remove]").focus();
    her.presses("[data-remove]");
    await her.waits();

    expect(kept()).toEqual([]);
    expect(document.activeElement).toBe(her.find("[data-yours]"));
  });

  it("keeps the last letters of somebody who leaves in the middle of a word", async () => {
    her.types(her.find(NOTE), "Hal");
    await her.exits();

    expect(kept()).toEqual([{ step: "call", text: "To call", note: "Hal" }]);
  });

  it("tells its buttons apart for a screen reader", () => {
    expect(her.find("[data-remove]").getAttribute("aria-label")).toBe("Put away, To call");
  });
});

describe("A step of her own", () => {
  it("is kept once she writes it, and stands after the ladder's", async () => {
    her.store.given("steps", { text: "Feed the ducks", note: "" });
    await her.shows("steps");
    await picks("nod");
    her.presses("[data-add]");
    const field = document.activeElement as HTMLTextAreaElement;
    await her.waits(600);
    expect(kept()).toHaveLength(2);

    her.types(field, "Wave to the bus");
    await her.waits(600);
    expect(kept()).toContainEqual({ text: "Wave to the bus", note: "" });
    expect(titles()[0]).toBe("To nod");
  });

  it("emptied, is gone the next time", async () => {
    her.store.given("steps", { text: "Feed the ducks", note: "" });
    await her.shows("steps");
    her.types(her.find(OWN), "");
    await her.waits(600);
    await her.shows("start");
    await her.shows("steps");

    expect(her.all("article")).toEqual([]);
    expect(kept()).toEqual([]);
  });
});

describe("What the phone has no room for", () => {
  it("is said, waits, and is there when she comes back to the list", async () => {
    her.store.given("steps", { step: "nod", text: "To nod", note: "" });
    await her.shows("steps");
    her.store.trouble = "full";
    her.types(her.find(NOTE), "A small smile.");
    await her.waits(600);
    expect(her.sees('[data-when="full"]')).toBe(true);

    await her.shows("start");
    her.store.trouble = undefined;
    await her.shows("steps");

    expect(her.find<HTMLTextAreaElement>(NOTE).value).toBe("A small smile.");
    expect(kept()).toEqual([{ step: "nod", text: "To nod", note: "A small smile." }]);
  });

  it("written in two windows, is kept twice, and that is said", async () => {
    const entry = her.store.given("steps", { step: "nod", text: "To nod", note: "" });
    await her.shows("steps");
    her.store.writtenElsewhere(entry, { step: "nod", text: "To nod", note: "There" });
    her.types(her.find(NOTE), "Here");
    await her.waits(600);

    expect(her.sees("[data-beside]")).toBe(true);
    expect(kept()).toHaveLength(2);
  });
});
