// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CHECK_IN, refused, said } from "../server-in-memory.ts";
import { AskingVisit } from "./asking/asking-visit.ts";

let her: AskingVisit;

beforeEach(async () => {
  vi.useFakeTimers({ now: new Date(2026, 10, 20, 7) });
  her = new AskingVisit();
  await her.turnsOn();
  her.server.asked.length = 0;
  her.leaves();
});

afterEach(() => {
  vi.useRealTimers();
});

/** She opens the door, and looks before she taps. */
async function opensTheDoor(): Promise<void> {
  her.comesIn();
  await her.shows("start");
  await her.waits(1000);
}

describe("While a check-in is open", () => {
  beforeEach(async () => {
    her.open = [{ id: CHECK_IN, asked_at: 1 }];
    await opensTheDoor();
  });

  it("it is there as soon as the door is open, and one tap answers it", async () => {
    expect(her.sees("[data-due]")).toBe(true);

    await her.presses('[data-then="answered"]');

    expect(her.server.bodies("POST /s/note")).toMatchObject([{ says: "here", check_in: CHECK_IN }]);
    expect(her.store.values("day")).toEqual([{ day: "2026-11-20", mood: 4 }]);
    expect(her.sees("[data-due]")).toBe(false);
    expect(her.isTold()).toEqual(["answered"]);
  });

  it("a hard day is said in one tap, and only her phone knows", async () => {
    await her.presses('[data-then="answered-hard"]');

    expect(her.server.bodies("POST /s/note")).toMatchObject([{ says: "here" }]);
    expect(her.store.values("day")).toEqual([{ day: "2026-11-20", mood: 2 }]);
    expect(her.isTold()).toEqual(["answered-hard"]);
  });

  it("where all who look out for her are resting just now, the card says so before she asks", async () => {
    const [wishes, report] = [{ most_buddies: 5, most_people: 10, together: false }, null];
    const none = { paused_until: null, zone: null, quiet_from: null, quiet_to: null };
    const id = "T".repeat(22);
    her.server.answers.set("GET /s/circle", () =>
      said({
        most: { buddies: 5, people: 10 },
        wishes: { ...wishes, ...none },
        hers: [],
        theirs: [],
        free: false,
        report,
      }),
    );
    expect(her.sees("[data-resting]")).toBe(false);
    her.store.given("pair", { side: "hers", id, name: "Rosa", key: "k", agreed_at: 0 });

    her.leaves();
    await opensTheDoor();

    expect(her.sees("[data-resting]")).toBe(true);
  });

  it("company is one tap away, and says nothing of how she feels", async () => {
    await her.presses('[data-answer="come"]');

    expect(her.server.bodies("POST /s/note")).toMatchObject([{ says: "come" }]);
    expect(her.store.values("day")).toEqual([]);
  });

  it("an answer without a network is kept, and she is told so", async () => {
    her.server.online = false;

    await her.presses('[data-then="answered"]');

    expect(her.isTold()).toEqual(["kept"]);
    expect(her.sees("[data-due]")).toBe(false);
  });

  it("she can be asked later, and is left alone until then", async () => {
    await her.presses("[data-wait]");

    expect(her.server.bodies("POST /s/wait")).toEqual([{ what: "hour", check_in: CHECK_IN }]);
    expect(her.isTold()).toEqual(["later"]);
    expect(her.sees("[data-due]")).toBe(false);
  });

  it("what could not be passed on stays to be tried again", async () => {
    her.server.answers.set("POST /s/wait", () => refused(404, "nothing"));

    await her.presses("[data-wait]");

    expect(her.isTold()).toEqual(["trouble"]);
    expect(her.sees("[data-due]")).toBe(true);
  });

  it("two taps are one answer", async () => {
    her.find('[data-then="answered"]').click();
    await her.presses('[data-answer="come"]');

    expect(her.server.bodies("POST /s/note")).toHaveLength(1);
  });
});

it("A tap meant for something else, in the moment the question comes in, is no answer", async () => {
  her.open = [{ id: CHECK_IN, asked_at: 1 }];
  her.comesIn();
  await her.shows("start");

  await her.presses('[data-then="answered"]');

  expect(her.server.bodies("POST /s/note")).toEqual([]);
  expect(her.sees("[data-due]")).toBe(true);
});

it("Without an open check-in nothing is asked", async () => {
  await opensTheDoor();

  expect(her.sees("[data-due]")).toBe(false);
  expect(her.sees("[data-lost]")).toBe(false);
});

it("When prompts have stopped coming to this phone, she is told where she comes in", async () => {
  her.phone.permission = "denied";
  await opensTheDoor();

  expect(her.sees("[data-lost]")).toBe(true);
});

it("Nothing of it is drawn or asked after she has left", async () => {
  her.open = [{ id: CHECK_IN, asked_at: 1 }];
  her.comesIn();
  const showing = her.shows("start");
  her.leaves();
  her.store.isLocked = true;
  await showing;
  await her.waits(20_000);

  expect(her.place.view.textContent).toBe("");
});

it("Where nothing can be kept, nothing is asked", async () => {
  her.store.isLocked = true;
  await opensTheDoor();

  expect(her.sees("[data-due]")).toBe(false);
  expect(her.server.asked).toEqual([]);
});
