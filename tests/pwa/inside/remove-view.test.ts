// @vitest-environment happy-dom
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { RemoveView } from "../../../pwa/inside/remove-view.ts";
import { beginVisit, showView } from "../../../pwa/inside/room.ts";
import { layOutRoom, PACK, within, type TestPlace } from "./visiting.ts";

const VIEW = `<h1 tabindex="-1">Remove everything</h1>
  <${NAMES.removeView}>
    <button data-practice>Press and hold to try</button><span data-held hidden>That was long enough.</span>
    <button data-ask>Remove everything</button>
    <div data-sure hidden><button data-keep>No</button><button data-remove>Yes</button></div>
    <span data-busy hidden>One moment…</span><span data-failed hidden>Not all of it.</span>
  </${NAMES.removeView}>`;

let place: TestPlace;

beforeAll(() => {
  customElements.define(NAMES.removeView, RemoveView);
});

beforeEach(() => {
  vi.stubGlobal("caches", undefined);
  place = layOutRoom();
  place.vault.first = "836491";
  beginVisit({ place, pack: { ...PACK, views: { remove: VIEW } } });
  showView("remove");
});

afterEach(() => {
  vi.useRealTimers();
});

const isShown = (selector: string): boolean => !within(place, selector).hidden;

describe("Removing everything from inside", () => {
  it("takes a second yes", () => {
    within(place, "[data-ask]").click();

    expect(isShown("[data-sure]")).toBe(true);
    expect(document.activeElement).toBe(within(place, "[data-keep]"));
    expect(place.vault.wipes).toBe(0);
  });

  it("is taken back with no trace of the question", () => {
    within(place, "[data-ask]").click();
    within(place, "[data-keep]").click();

    expect(isShown("[data-sure]")).toBe(false);
    expect(isShown("[data-ask]")).toBe(true);
    expect(place.vault.wipes).toBe(0);
  });

  it("ends on the cover, in every window", async () => {
    const covered = vi.spyOn(place, "coverUpEverywhere");
    within(place, "[data-ask]").click();

    within(place, "[data-remove]").click();
    await vi.waitFor(() => {
      expect(covered).toHaveBeenCalledOnce();
    });

    expect(place.vault.wipes).toBe(1);
    expect(place.view.childNodes).toHaveLength(0);
  });

  it("says so, and stays, where not all could be removed", async () => {
    place.vault.trouble = "blocked";
    within(place, "[data-ask]").click();

    within(place, "[data-remove]").click();
    await vi.waitFor(() => {
      expect(isShown("[data-failed]")).toBe(true);
    });

    expect(isShown("[data-busy]")).toBe(false);
  });
});

describe("Trying the quiet way out", () => {
  it("removes nothing, and says when it was long enough", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    within(place, "[data-practice]").dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));

    await vi.advanceTimersByTimeAsync(4900);
    expect(isShown("[data-held]")).toBe(false);
    await vi.advanceTimersByTimeAsync(200);

    expect(isShown("[data-held]")).toBe(true);
    expect(place.vault.wipes).toBe(0);
  });
});
