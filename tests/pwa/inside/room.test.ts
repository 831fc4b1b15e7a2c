// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { beginVisit, endVisit, followLinks, showFirstView, showView } from "../../../pwa/inside/room.ts";
import { heading, layOutRoom, PACK, within, type TestPlace } from "./visiting.ts";

let place: TestPlace;

beforeEach(() => {
  place = layOutRoom();
  followLinks(place.view);
  beginVisit({ place, pack: PACK });
});

describe("The first view", () => {
  it("explains the exit, before anything else is shown", () => {
    showFirstView();

    expect(heading(place)).toBe("How Close works");
  });

  it("explains it until the person has read on, and then no more", () => {
    showFirstView();
    showFirstView();
    expect(heading(place)).toBe("How Close works");

    within(place, "[data-seen]").click();
    expect(heading(place)).toBe("Start");

    showFirstView();
    expect(heading(place)).toBe("Start");
  });

  it("does not take another way on for having read it", () => {
    showView("start");
    within(place, '[data-go="lines"]').click();

    showFirstView();

    expect(heading(place)).toBe("How Close works");
  });
});

describe("Somebody who came by a link", () => {
  const views = { ...PACK.views, invited: '<h1 tabindex="-1">Somebody asks</h1>' };

  beforeEach(() => {
    place.invite = new Uint8Array(10);
    beginVisit({ place, pack: { ...PACK, views } });
  });

  it("reads how the exit works, and then what they are asked", () => {
    showFirstView();
    expect(heading(place)).toBe("How Close works");

    within(place, "[data-seen]").click();

    expect(heading(place)).toBe("Somebody asks");
  });

  it("reads that first when the exit is known, and starts as ever once the invite is taken", () => {
    place.keep(NAMES.exitSeenKey, "1");
    showFirstView();
    expect(heading(place)).toBe("Somebody asks");

    place.takeInvite();
    showFirstView();

    expect(heading(place)).toBe("Start");
  });

  it("starts as ever where the pack has no such view", () => {
    place.keep(NAMES.exitSeenKey, "1");
    beginVisit({ place, pack: PACK });

    showFirstView();

    expect(heading(place)).toBe("Start");
  });
});

describe("A view", () => {
  it("takes the place of the one before", () => {
    showView("start");
    showView("plan");

    expect(place.view.querySelectorAll("h1")).toHaveLength(1);
    expect(heading(place)).toBe("Plan");
  });

  it("begins at its top, and at its heading for a screen reader", () => {
    const scrolled = vi.spyOn(Element.prototype, "scrollTo");

    showView("plan");

    expect(scrolled).toHaveBeenCalledWith(0, 0);
    expect(document.activeElement).toBe(within(place, "h1"));
  });

  it("that does not exist leaves the one before in place", () => {
    showView("start");

    within(place, '[data-go="nowhere"]').click();

    expect(heading(place)).toBe("Start");
  });

  it("is not shown to somebody who has left", () => {
    endVisit();

    showView("start");
    showFirstView();

    expect(place.view.childNodes).toHaveLength(0);
  });

  it("leaves nothing in the browser's history, nor in the page's title", () => {
    const { length } = history;
    const { title } = document;
    const ways = [
      vi.spyOn(history, "pushState"),
      vi.spyOn(history, "replaceState"),
      vi.spyOn(location, "assign"),
      vi.spyOn(location, "replace"),
    ];
    const address = location.href;

    for (const id of Object.keys(PACK.views)) showView(id);

    for (const way of ways) expect(way).not.toHaveBeenCalled();
    expect(history).toHaveLength(length);
    expect(location.href).toBe(address);
    expect(document.title).toBe(title);
  });
});

describe("A way to another view", () => {
  function press(key: string): void {
    within(place, "em").dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    within(place, "[role=link]").dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  }

  it("within a sentence is followed with a tap on any part of it", () => {
    showView("plan");

    within(place, "em").click();

    expect(heading(place)).toBe("Help lines");
  });

  it("within a sentence is followed with Enter, as a link is", () => {
    showView("plan");

    press("Enter");

    expect(heading(place)).toBe("Help lines");
  });

  it.each([" ", "a", "Tab"])("within a sentence is not followed with %j", (key) => {
    showView("plan");

    press(key);

    expect(heading(place)).toBe("Plan");
  });

  it("is only what says so: a tap beside it leads nowhere", () => {
    showView("plan");

    within(place, "p").click();

    expect(heading(place)).toBe("Plan");
  });
});
