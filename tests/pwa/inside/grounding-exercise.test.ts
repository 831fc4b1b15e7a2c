// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GroundingExercise } from "../../../pwa/inside/grounding-exercise.ts";
import { layOutRoom, within, type TestPlace } from "./visiting.ts";

let place: TestPlace;

beforeAll(() => {
  customElements.define(NAMES.groundingExercise, GroundingExercise);
});

beforeEach(() => {
  place = layOutRoom();
  place.view.append(
    place.fragmentFrom(`<${NAMES.groundingExercise}>
      <ol><li data-step tabindex="-1">Five</li><li data-step tabindex="-1">Four</li><li data-step tabindex="-1">Three</li></ol>
      <div data-controls hidden><button data-back>Back</button><button data-next>Next</button></div>
      <div data-closing>That is all.</div>
    </${NAMES.groundingExercise}>`),
  );
});

const steps = (): HTMLElement[] => [...place.view.querySelectorAll<HTMLElement>("[data-step]")];
const shownSteps = (): string[] =>
  steps()
    .filter((step) => !step.hidden)
    .map((step) => step.textContent);
const isShown = (selector: string): boolean => !within(place, selector).hidden;
const next = (): void => {
  within(place, "[data-next]").click();
};
const back = (): void => {
  within(place, "[data-back]").click();
};

describe("A grounding exercise", () => {
  it("shows its first step, a way on, and no end in sight", () => {
    expect(shownSteps()).toEqual(["Five"]);
    expect(isShown("[data-controls]")).toBe(true);
    expect(isShown("[data-next]")).toBe(true);
    expect(isShown("[data-back]")).toBe(false);
    expect(isShown("[data-closing]")).toBe(false);
  });

  it("goes on one step at a time", () => {
    next();

    expect(shownSteps()).toEqual(["Four"]);
    expect(isShown("[data-back]")).toBe(true);
  });

  it("goes back", () => {
    next();
    back();

    expect(shownSteps()).toEqual(["Five"]);
    expect(isShown("[data-back]")).toBe(false);
  });

  it("closes with its last step", () => {
    next();
    next();

    expect(shownSteps()).toEqual(["Three"]);
    expect(isShown("[data-closing]")).toBe(true);
    expect(isShown("[data-next]")).toBe(false);
  });

  it("does not run past its ends", () => {
    back();
    expect(shownSteps()).toEqual(["Five"]);

    for (let times = 0; times < 5; times += 1) next();
    expect(shownSteps()).toEqual(["Three"]);

    back();
    expect(shownSteps()).toEqual(["Four"]);
    expect(isShown("[data-closing]")).toBe(false);
  });

  it("takes a screen reader along to each step, and not away from the heading when it opens", () => {
    expect(document.activeElement).toBe(document.body);

    next();

    expect(document.activeElement).toBe(steps()[1]);
  });
});

describe("One with many steps, such as counting", () => {
  beforeEach(() => {
    place.view.replaceChildren(
      place.fragmentFrom(`<${NAMES.groundingExercise} data-enough="2">
        <ul>${"<li data-step tabindex='-1'>One</li>".repeat(9)}</ul>
        <div data-controls hidden><button data-back>Back</button><button data-next>Next</button></div>
        <div data-closing>That is enough.</div>
      </${NAMES.groundingExercise}>`),
    );
  });

  it("closes after a few of them, and goes on all the same", () => {
    next();
    expect(isShown("[data-closing]")).toBe(false);

    next();
    expect(isShown("[data-closing]")).toBe(true);
    expect(isShown("[data-next]")).toBe(true);

    for (let times = 0; times < 9; times += 1) next();
    expect(isShown("[data-closing]")).toBe(true);
    expect(isShown("[data-next]")).toBe(false);
  });
});

it("Without script all steps and the closing words are there to read", () => {
  const unscripted = place.fragmentFrom("<div><ol><li data-step>Five</li><li data-step>Four</li></ol></div>");

  for (const step of unscripted.querySelectorAll("li")) expect(step.hidden).toBe(false);
});
