// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { BreathPacer } from "../../../pwa/inside/breath-pacer.ts";
import { layOutRoom, within, type TestPlace } from "./visiting.ts";

let place: TestPlace;

function beat(phase: string, words: string, seconds: number): string {
  // The default comes first here, since the document of these tests knows no selected option in a fragment.
  const options = [seconds, 0, 2, 3, 5].map((n) => `<option value="${n}">${n}</option>`);
  return `<select data-beat="${phase}" data-told="${words}">${options.join("")}</select>`;
}

beforeAll(() => {
  customElements.define(NAMES.breathPacer, BreathPacer);
});

beforeEach(() => {
  vi.useFakeTimers();
  place = layOutRoom();
  place.view.append(
    place.fragmentFrom(`<${NAMES.breathPacer}>
      ${beat("in", "Breathe in", 3)}${beat("hold", "Hold", 0)}${beat("out", "Breathe out", 5)}
      <p data-words></p><div data-after hidden>Did that help?</div><button data-begin hidden>Begin</button><button data-pause hidden>Stop</button>
    </${NAMES.breathPacer}>`),
  );
});

const pacer = (): HTMLElement => within(place, NAMES.breathPacer);
const begin = (): HTMLElement => within(place, "[data-begin]");
const stop = (): HTMLElement => within(place, "[data-pause]");
const seconds = (phase: string) => within(place, `[data-beat="${phase}"]`) as HTMLSelectElement;
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

  it("goes at her pace: a change counts from the next breath on", () => {
    begin().click();
    seconds("out").value = "2";
    seconds("hold").value = "2";
    const seen: [string | undefined, string][] = [];

    for (const wait of [0, 3000, 2000, 2000]) {
      vi.advanceTimersByTime(wait);
      seen.push([pacer().dataset["phase"], pacer().style.getPropertyValue("--beat")]);
    }

    expect(seen).toEqual([
      ["in", "3s"],
      ["hold", "2s"],
      ["out", "2s"],
      ["in", "3s"],
    ]);
  });

  it("holds no breath unless that is chosen", () => {
    begin().click();
    const seen = new Set<string>();
    for (let second = 0; second < 60; second += 1) {
      seen.add(words());
      vi.advanceTimersByTime(1000);
    }

    expect([...seen]).toEqual(["Breathe in", "Breathe out"]);
  });

  it("asks nothing before it has been stopped", () => {
    expect(within(place, "[data-after]").hidden).toBe(true);
    begin().click();
    expect(within(place, "[data-after]").hidden).toBe(true);

    stop().click();
    expect(within(place, "[data-after]").hidden).toBe(false);
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
