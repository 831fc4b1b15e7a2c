// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { BreathPacer } from "../../../pwa/inside/breath-pacer.ts";
import { layOutRoom, within, type TestPlace } from "./visiting.ts";

let place: TestPlace;

beforeAll(() => {
  customElements.define(NAMES.breathPacer, BreathPacer);
});

beforeEach(() => {
  vi.useFakeTimers();
  place = layOutRoom();
  place.view.append(
    place.fragmentFrom(`<${NAMES.breathPacer} data-in="3" data-out="5" data-in-words="Breathe in" data-out-words="Breathe out">
      <p data-words></p><button data-begin hidden>Begin</button><button data-pause hidden>Stop</button>
    </${NAMES.breathPacer}>`),
  );
});

const pacer = (): HTMLElement => within(place, NAMES.breathPacer);
const begin = (): HTMLElement => within(place, "[data-begin]");
const stop = (): HTMLElement => within(place, "[data-pause]");
const words = (): string => within(place, "[data-words]").textContent;

describe("The picture to breathe along with", () => {
  it("rests until it is begun", () => {
    vi.advanceTimersByTime(60_000);

    expect(begin().hidden).toBe(false);
    expect(stop().hidden).toBe(true);
    expect(pacer().dataset["phase"]).toBeUndefined();
    expect(words()).toBe("");
  });

  it("goes in for its seconds, then out for its longer ones, round and round", () => {
    begin().click();
    const seen: [string | undefined, string][] = [];

    for (const wait of [0, 2999, 1, 4999, 1]) {
      vi.advanceTimersByTime(wait);
      seen.push([pacer().dataset["phase"], words()]);
    }

    expect(seen).toEqual([
      ["in", "Breathe in"],
      ["in", "Breathe in"],
      ["out", "Breathe out"],
      ["out", "Breathe out"],
      ["in", "Breathe in"],
    ]);
  });

  it("has its stop in sight and in reach as long as it moves", () => {
    begin().click();

    expect(begin().hidden).toBe(true);
    expect(stop().hidden).toBe(false);
    expect(document.activeElement).toBe(stop());
  });

  it("rests at once when it is stopped", () => {
    begin().click();
    vi.advanceTimersByTime(1000);

    stop().click();
    vi.advanceTimersByTime(60_000);

    expect(pacer().dataset["phase"]).toBeUndefined();
    expect(words()).toBe("");
    expect(begin().hidden).toBe(false);
    expect(document.activeElement).toBe(begin());
  });

  it("can be begun again, from the in-breath", () => {
    begin().click();
    vi.advanceTimersByTime(4000);
    stop().click();

    begin().click();

    expect(words()).toBe("Breathe in");
    expect(vi.getTimerCount()).toBe(1);
  });

  it("breathes once, also when it is begun twice", () => {
    begin().click();
    begin().click();

    expect(vi.getTimerCount()).toBe(1);
  });

  it("ends when the view is left, with no timer left behind", () => {
    begin().click();
    begin().click();

    place.leave();

    expect(vi.getTimerCount()).toBe(0);
  });
});
