// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Rehearsal } from "../../../pwa/hello/rehearsal.ts";
import { find, isShown, layOutHello, said } from "./hello-page.ts";

customElements.define(NAMES.rehearsal, Rehearsal);

const box = (): Rehearsal => document.querySelector<Rehearsal>(NAMES.rehearsal) ?? new Rehearsal();
const isIn = (): boolean => isShown("[data-close]");

beforeEach(() => {
  vi.useFakeTimers();
  layOutHello();
});

/** A new press, so no letting go of an earlier one: that would be swallowed. */
function press(selector: string): void {
  find(selector).dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, button: 0 }));
  find(selector).dispatchEvent(new PointerEvent("pointerup", { bubbles: true, button: 0 }));
  find(selector).click();
}

function begin(): void {
  press("[data-start] button");
}

function holdName(milliseconds: number): void {
  find(".name").dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, button: 0 }));
  vi.advanceTimersByTime(milliseconds);
  find(".name").dispatchEvent(new PointerEvent("pointerup", { bubbles: true, button: 0 }));
}

function goIn(): void {
  begin();
  holdName(1200);
}

describe("The practice", () => {
  it("offers to begin in place of the text to read", () => {
    expect([isShown("[data-read]"), isShown("[data-start]"), isShown(".screen")]).toEqual([false, true, false]);
    expect(said()).toBe("");
  });

  it("says the way in and waits at the name", () => {
    begin();

    expect(said()).toBe("Hold the name.");
    expect(document.activeElement).toBe(find(".name"));
    expect(isIn()).toBe(false);
  });

  it("lets in whoever holds the name as long as in the app, and says the way out", () => {
    begin();

    holdName(1100);
    expect(isIn()).toBe(false);

    holdName(1200);
    expect(isIn()).toBe(true);
    expect(isShown(".name")).toBe(false);
    expect(said()).toBe("You are in. Tap Close.");
  });

  it("lets in whoever holds Enter, and rests where the held key does nothing", () => {
    begin();

    find(".name").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    vi.advanceTimersByTime(1200);

    expect(isIn()).toBe(true);
    expect(document.activeElement).toBe(find(".screen"));
  });

  it("lets in by the version line at the fifth time", () => {
    begin();
    press("[data-settings]");
    expect(find("[data-settings]").getAttribute("aria-expanded")).toBe("true");

    for (let time = 1; time <= 4; time += 1) press(".version");
    expect(isIn()).toBe(false);
    expect(find("[data-panel] [role=status]").textContent).toBe("You have the latest version.");

    press(".version");
    expect(isIn()).toBe(true);
  });

  it("closes to the cover, with its settings folded, and can be done again", () => {
    begin();
    press("[data-settings]");
    for (let time = 1; time <= 5; time += 1) press(".version");

    press("[data-close]");

    expect([isIn(), isShown(".name"), isShown("[data-panel]")]).toEqual([false, true, false]);
    expect(said()).toBe("That was it.");

    press("[data-again]");
    expect(said()).toBe("Hold the name.");
    expect(isShown("[data-again]")).toBe(false);
  });

  it("takes Shift three times for itself only while there is something to close", () => {
    expect(box().closes()).toBe(false);
    begin();
    expect(box().closes()).toBe(false);
    holdName(1200);

    expect(box().closes()).toBe(true);
    expect(said()).toBe("That was it.");
    expect(box().closes()).toBe(false);
  });

  it("wears the cover that was chosen", () => {
    box().dress({ name: "Pantry", address: "/pantry/", version: "Version 1.9", picture: "/pantry/icon.svg" });

    expect(find(".name").textContent).toBe("Pantry");
    expect(find(".version").textContent).toBe("Version 1.9");
    expect(find(`${NAMES.rehearsal} img`).getAttribute("src")).toBe("/pantry/icon.svg");
  });

  it("keeps nothing", () => {
    localStorage.clear();
    goIn();
    press("[data-close]");

    expect(localStorage.length).toBe(0);
    expect(document.cookie).toBe("");
  });
});
