// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AskingVisit } from "./asking/asking-visit.ts";

let her: AskingVisit;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 10, 20, 7) });
  her = new AskingVisit();
});

afterEach(() => {
  vi.useRealTimers();
});

const times = (): HTMLInputElement[] => [...her.place.view.querySelectorAll<HTMLInputElement>("[data-time]")];

describe("Before she turns anything on", () => {
  it("she sees what a lock screen will show, in her cover's own words, and nothing has been asked or sent", async () => {
    await her.shows("asking");

    expect(her.find("[data-name]").textContent).toBe("Sip");
    expect(her.find("[data-example]").textContent).toBe("Time for a glass of water");
    expect(her.sees('[data-when="off"]')).toBe(true);
    expect(her.sees('[data-when="on"]')).toBe(false);
    expect(her.phone.asked).toBe(0);
    expect(her.server.asked).toEqual([]);
  });

  it("the phone's own zone is chosen, and days have their names", async () => {
    await her.shows("asking");

    expect(her.find<HTMLSelectElement>("[data-zones]").value).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
    expect(her.find("[data-day-name]").textContent).toBe("Monday");
  });

  it("up to four times can be chosen", async () => {
    await her.shows("asking");
    for (let more = 0; more < 3; more += 1) await her.presses("[data-add]");

    expect(times().every((field) => !field.closest<HTMLElement>("[data-time-row]")?.hidden)).toBe(true);
    expect(her.sees("[data-add]")).toBe(false);
  });
});

describe("Turning on", () => {
  it("asks the phone by her tap, sends her choice, and a first prompt at once", async () => {
    await her.shows("asking");
    times().forEach((field, at) => (field.value = ["20:00", "08:30", "", ""][at] ?? ""));

    await her.submits();

    expect(her.phone.asked).toBe(1);
    expect(her.wishes?.schedule).toMatchObject({ times: ["08:30", "20:00"], days: [1, 2, 3, 4, 5, 6, 7] });
    expect(her.wishes?.ladder).toEqual({ reminder_minutes: 120, grace_minutes: 360, patience_minutes: 60 });
    expect(her.server.whats().slice(-2)).toEqual(["PUT /s/reach", "POST /s/try"]);
    expect(her.isTold()).toEqual(["on"]);
    expect(her.sees('p[data-reach="on"]')).toBe(true);
  });

  it("works where she says no to the phone's question, and says what still works", async () => {
    her.phone.says = "denied";
    await her.turnsOn();

    expect(her.wishes).not.toBeNull();
    expect(her.isTold()).toEqual(["on"]);
    expect(her.sees('p[data-reach="denied"]')).toBe(true);
    expect(her.server.whats()).not.toContain("POST /s/try");
  });

  it("does not wait for ever for a push service that never answers", async () => {
    her.phone.refusal = "hangs";
    await her.turnsOn();
    expect(her.isTold()).toEqual(["working"]);

    await her.waits(20_000);

    expect(her.isTold()).toEqual(["on"]);
    expect(her.sees('p[data-reach="late"]')).toBe(true);
  });

  it.each([
    ["close", ["08:00", "08:10"]],
    ["none", []],
  ])("says kindly what is wrong with her times (%s), keeps them, and asks nobody", async (fault, chosen) => {
    await her.shows("asking");
    times().forEach((field, at) => (field.value = chosen[at] ?? ""));

    await her.submits();

    expect(her.isTold()).toEqual([fault]);
    expect(times().map(({ value }) => value)).toEqual([0, 1, 2, 3].map((at) => chosen[at] ?? ""));
    expect(her.phone.asked).toBe(0);
    expect(her.server.asked).toEqual([]);
  });

  it("without a network says so, and what she chose is still there", async () => {
    her.server.online = false;
    await her.shows("asking");
    times().forEach((field, at) => (field.value = at ? "" : "09:15"));

    await her.submits();

    expect(her.isTold()).toEqual(["offline"]);
    expect(times()[0]?.value).toBe("09:15");
  });
});

describe("Once they are on", () => {
  beforeEach(async () => {
    await her.turnsOn();
    her.server.asked.length = 0;
  });

  it("she sees her times as the server has them, and can change them", async () => {
    await her.shows("asking");
    times().forEach((field, at) => (field.value = at ? "" : "09:15"));

    await her.submits();

    expect(her.wishes?.schedule.times).toEqual(["09:15"]);
    expect(her.isTold()).toEqual(["changed"]);
    expect(her.phone.asked).toBe(1);
  });

  it("she can pause and go on", async () => {
    await her.presses("[data-pause]");
    expect(her.wishes?.schedule.paused_until).toBe("2026-11-21");
    expect(her.find("[data-next]").textContent).toContain("Until Saturday");

    await her.presses("[data-go-on]");
    expect(her.wishes?.schedule.paused_until).toBeNull();
    expect(her.isTold()).toEqual(["going-on"]);
  });

  it("she can skip today", async () => {
    await her.presses("[data-skip]");

    expect(her.server.bodies("POST /s/wait")).toEqual([{ what: "skip", check_in: null }]);
    expect(her.isTold()).toEqual(["skipped"]);
  });

  it("she sees when the next prompt comes", async () => {
    her.next = new Date(2026, 10, 20, 20).getTime() / 1000;
    await her.shows("asking");

    expect(her.find("[data-next]").textContent).toMatch(/^Next .*November.*8:00/);
  });

  it("without a network she sees how it was last", async () => {
    her.server.online = false;
    await her.shows("asking");

    expect(her.isTold()).toEqual(["asBefore"]);
    expect(her.sees('section[data-when="on"]')).toBe(true);
  });

  it("she can choose two ordinary entries that answer without the door, and stop using them", async () => {
    her.find<HTMLInputElement>("[data-quiet-here]").value = "330";
    her.find<HTMLInputElement>("[data-quiet-come]").value = " 330 ";
    await her.submits("[data-quiet]");
    expect(her.isTold()).toEqual(["quiet-two"]);
    expect(her.server.whats()).not.toContain("POST /s/slip");

    her.find<HTMLInputElement>("[data-quiet-come]").value = "275";
    await her.submits("[data-quiet]");
    await vi.waitFor(() => {
      expect(her.isTold()).toEqual(["quiet"]);
    });
    expect(her.find<HTMLElement>("[data-quiet-off]").hidden).toBe(false);

    await her.presses("[data-quiet-off]");
    expect(her.isTold()).toEqual(["quiet-off"]);
    expect(her.server.bodies("POST /s/slip").at(-1)).toEqual({ slips: [] });
  });

  it("she can turn them off, and is back at the start", async () => {
    await her.presses("[data-off]");

    expect(her.isTold()).toEqual(["off"]);
    expect(her.sees('div[data-when="off"]')).toBe(true);
    expect(her.store.values("asking")).toEqual([]);
  });
});

it("Where nothing can be kept yet, a way leads to where that is set up", async () => {
  her.store.isLocked = true;
  await her.shows("asking");

  expect(her.sees("[data-absent]")).toBe(true);
  expect(her.sees("[data-open]")).toBe(false);
});
