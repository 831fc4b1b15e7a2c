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

const kept = (): unknown[] => her.store.values("helped");
const pressed = (): (string | undefined)[] => her.all('[aria-pressed="true"]').map(({ dataset }) => dataset["answer"]);
const order = (): (string | undefined)[] => her.all("[data-exercise]").map(({ dataset }) => dataset["exercise"]);

async function answers(answer: string): Promise<void> {
  her.presses(`[data-answer="${answer}"]`);
  await her.waits();
}

describe('"Did that help?"', () => {
  it("is not asked where nothing can be kept", async () => {
    her.store.isLocked = true;
    await her.shows("two");

    expect(her.sees('[data-answer="yes"]')).toBe(false);
  });

  it.each(["yes", "little", "not"])("can be answered with %s, which is kept and said", async (answer) => {
    await her.shows("two");
    await answers(answer);

    expect(kept()).toEqual([{ exercise: "two", answer, day: "2026-11-20" }]);
    expect(pressed()).toEqual([answer]);
    expect(her.sees("[data-said]")).toBe(true);
  });

  it("keeps the last answer alone, and no history", async () => {
    her.store.given("helped", { exercise: "two", answer: "yes", day: "2026-11-02" });
    await her.shows("two");
    expect(pressed()).toEqual([]);

    await answers("little");
    await answers("not");
    expect(kept()).toEqual([{ exercise: "two", answer: "not", day: "2026-11-20" }]);
  });

  it("can be taken back by a second tap", async () => {
    await her.shows("two");
    await answers("yes");
    await answers("yes");

    expect(kept()).toEqual([]);
    expect(pressed()).toEqual([]);
    expect(her.sees("[data-said]")).toBe(false);
  });

  it("tapped twice in a hurry, keeps what was tapped last", async () => {
    await her.shows("two");
    her.presses('[data-answer="yes"]');
    her.presses('[data-answer="not"]');
    await her.waits();

    expect(kept()).toEqual([{ exercise: "two", answer: "not", day: "2026-11-20" }]);
  });

  it("answered in two windows, is the last answer, once", async () => {
    const entry = her.store.given("helped", { exercise: "two", answer: "yes", day: "2026-11-02" });
    await her.shows("two");
    her.store.writtenElsewhere(entry, { exercise: "two", answer: "little", day: "2026-11-20" });
    await answers("not");

    expect(kept()).toEqual([{ exercise: "two", answer: "not", day: "2026-11-20" }]);
  });

  it("says when the phone cannot keep it, and can be answered again", async () => {
    await her.shows("two");
    her.store.trouble = "full";
    await answers("yes");
    expect(her.sees("[data-trouble]")).toBe(true);
    expect(pressed()).toEqual([]);

    her.store.trouble = undefined;
    await answers("yes");
    expect(her.sees("[data-trouble]")).toBe(false);
    expect(kept()).toHaveLength(1);
  });
});

describe("The list of exercises", () => {
  it("stays as it is where nothing is kept, or nothing has helped", async () => {
    her.store.given("helped", { exercise: "three", answer: "not", day: "2026-11-02" });
    await her.shows("steady");

    expect(order()).toEqual(["one", "two", "three", "four"]);
    expect(her.all("span")).toHaveLength(0);
  });

  it("begins with what helped, then what helped a little, and says so in words", async () => {
    her.store.given("helped", { exercise: "two", answer: "little", day: "2026-11-02" });
    her.store.given("helped", { exercise: "four", answer: "yes", day: "2026-11-03" });
    await her.shows("steady");

    expect(order()).toEqual(["four", "two", "one", "three"]);
    expect(her.all("button").map(({ textContent }) => textContent)).toEqual([
      "fourhelped",
      "twoa little",
      "one",
      "three",
    ]);
  });

  it("goes by the last answer", async () => {
    her.store.given("helped", { exercise: "two", answer: "yes", day: "2026-11-02" });
    vi.setSystemTime(Date.now() + 1000);
    her.store.given("helped", { exercise: "two", answer: "not", day: "2026-11-03" });
    await her.shows("steady");

    expect(order()).toEqual(["one", "two", "three", "four"]);
  });

  it("moves nothing away from whoever is on it already", async () => {
    her.store.given("helped", { exercise: "four", answer: "yes", day: "2026-11-03" });
    const shown = her.shows("steady");
    her.find('[data-go="one"]').focus();
    await shown;

    expect(order()).toEqual(["one", "two", "three", "four"]);
  });
});
