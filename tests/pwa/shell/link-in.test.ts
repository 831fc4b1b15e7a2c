// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DoorPlace } from "../../../pwa/door/door.ts";
import { linkFragment } from "../../../pwa/vault/pairing.ts";
import { inSight, layOutCover, part } from "../cover-page.ts";

const INSIDE = "data:text/javascript,export const enter = (place) => globalThis.enterForTest(place)";
const SECRET = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
const LINK = `#${linkFragment(SECRET)}`;
const GARBAGE = ["#", "#top", "#12345678901234", "#AQIDBAUGBwgJCh", `${LINK}A`, `${LINK}?x`, "#%00"];

const enter = vi.fn<(place: DoorPlace) => Promise<void>>(() => Promise.resolve());
let exit: typeof import("../../../pwa/exit/exit.ts");

/** A new page under that address, as the browser would begin it. */
async function arrivesAt(fragment: string): Promise<void> {
  history.replaceState(null, "", `/sip/${fragment}`);
  vi.resetModules();
  layOutCover({ inside: INSIDE });
  exit = await import("../../../pwa/exit/exit.ts");
  const { hangDoor } = await import("../../../pwa/door/door.ts");
  hangDoor(part("title"), part("version"));
}

const hasEntered = (times: number): Promise<void> =>
  vi.waitFor(() => {
    expect(enter).toHaveBeenCalledTimes(times);
  });

const place = (): DoorPlace => {
  const [last] = enter.mock.lastCall ?? [];
  if (!last) throw new Error("nobody has come in");
  return last;
};

function isSeen(seen: boolean): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(seen ? "visible" : "hidden");
  document.dispatchEvent(new Event("visibilitychange"));
}

beforeEach(() => {
  vi.stubGlobal("enterForTest", enter.mockClear());
  localStorage.clear();
});

afterEach(() => {
  exit.coverUp();
});

describe("An invite in the address", () => {
  it("is dropped before anything else, into no further entry of the history", async () => {
    const { length } = history;
    const { title } = document;

    const arriving = arrivesAt(LINK);
    await arriving;

    expect(location.href).toMatch(/\/sip\/$/);
    expect(history.length).toBe(length);
    expect(document.title).toBe(title);
  });

  it("leads inside by itself, where its secret can be taken once", async () => {
    await arrivesAt(LINK);
    await hasEntered(1);

    expect(inSight()).toBe("inside");
    expect(place().isInvited()).toBe(true);
    expect(place().takeInvite()).toEqual(SECRET);
    expect(place().takeInvite()).toBeUndefined();
    expect(place().isInvited()).toBe(false);
  });

  it("is kept nowhere, and stands nowhere in the page", async () => {
    await arrivesAt(LINK);
    await hasEntered(1);

    const letters = LINK.slice(1);
    expect([localStorage.length, sessionStorage.length]).toEqual([0, 0]);
    expect(JSON.stringify(history.state)).not.toContain(letters);
    expect(document.documentElement.outerHTML).not.toContain(letters);
  });

  it("keeps what follows the address and is no fragment", async () => {
    history.replaceState(null, "", "/sip/");
    await arrivesAt(`?v=2${LINK}`);

    expect(location.search).toBe("?v=2");
    expect(location.hash).toBe("");
  });

  it("comes to a page that is here already, as to a new one", async () => {
    await arrivesAt("");
    expect(inSight()).toBe("cover");

    history.replaceState(null, "", `/sip/${LINK}`);
    dispatchEvent(new Event("hashchange"));
    await hasEntered(1);

    expect(place().takeInvite()).toEqual(SECRET);
    expect(location.hash).toBe("");
  });

  it("comes to somebody who is inside, too", async () => {
    await arrivesAt(LINK);
    await hasEntered(1);
    place().takeInvite();

    history.replaceState(null, "", `/sip/${LINK}`);
    dispatchEvent(new Event("hashchange"));
    await hasEntered(2);

    expect(inSight()).toBe("inside");
    expect(place().takeInvite()).toEqual(SECRET);
  });

  it("opens nothing that nobody sees, and opens it once it is seen", async () => {
    isSeen(false);
    await arrivesAt(LINK);
    await Promise.resolve();

    expect(location.hash).toBe("");
    expect(inSight()).toBe("cover");

    isSeen(true);
    await hasEntered(1);
    expect(place().takeInvite()).toEqual(SECRET);
  });

  it("outlives a look at another app, as for a passcode, but no exit", async () => {
    await arrivesAt(LINK);
    await hasEntered(1);

    exit.coverUp("hidden");
    expect(place().isInvited()).toBe(true);
    exit.coverUp("exit");

    expect(place().isInvited()).toBe(false);
    expect(place().takeInvite()).toBeUndefined();
  });
});

describe("Whatever else stands in the address", () => {
  it.each(GARBAGE)("is dropped, and opens nothing: %s", async (fragment) => {
    await arrivesAt(fragment);
    await Promise.resolve();

    expect(location.href).toMatch(/\/sip\/$/);
    expect(inSight()).toBe("cover");
    expect(enter).not.toHaveBeenCalled();
  });

  it("is dropped from a page that is here already", async () => {
    await arrivesAt("");
    history.replaceState(null, "", "/sip/#top");
    dispatchEvent(new Event("hashchange"));
    await Promise.resolve();

    expect(location.href).toMatch(/\/sip\/$/);
    expect(inSight()).toBe("cover");
  });

  it("takes nothing from an invite that is waiting", async () => {
    await arrivesAt(LINK);
    await hasEntered(1);

    history.replaceState(null, "", "/sip/#top");
    dispatchEvent(new Event("hashchange"));

    expect(place().takeInvite()).toEqual(SECRET);
  });

  it("leaves an address without any as it is", async () => {
    const replaced = vi.spyOn(history, "replaceState");
    await arrivesAt("");

    expect(replaced).toHaveBeenCalledTimes(1); // the test's own
    expect(inSight()).toBe("cover");
  });
});
