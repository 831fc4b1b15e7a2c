// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DoorPlace } from "../../../pwa/door/door.ts";
import type { PageData } from "../../../pwa/shell/page-data.ts";
import { inSight, layOutCover, PAGE, part } from "../cover-page.ts";

// What lies inside, in the place of inside.ts: a script that asks the test what to do.
const INSIDE = "data:text/javascript,export const enter = (place) => globalThis.enterForTest(place)";
let scripts = 0;
// The same, but it cannot be loaded until the test says so. Like most browsers, Node remembers that an address failed.
const outOfReach = (): string => `data:text/javascript,/* ${(scripts += 1)} */
  if (globalThis.outOfReach) throw new TypeError("no network");
  export const enter = (place) => globalThis.enterForTest(place)`;
// And the same again, on a slow line.
const onItsWay = (): string => `data:text/javascript,/* ${(scripts += 1)} */
  await globalThis.scriptArrives;
  export const enter = (place) => globalThis.enterForTest(place)`;

const leftFor = vi.fn<(address: string | URL) => void>();
const reloaded = vi.fn<() => void>();
const fetched = vi.fn<(address: string, options: RequestInit) => Promise<Pick<Response, "status">>>();
const enter = vi.fn<(place: DoorPlace) => Promise<void>>();
let exit: typeof import("../../../pwa/exit/exit.ts");

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal("enterForTest", enter);
  vi.stubGlobal("fetch", fetched.mockReset().mockRejectedValue(new TypeError("Failed to fetch")));
  vi.spyOn(location, "replace").mockImplementation(leftFor.mockReset());
  vi.spyOn(location, "reload").mockImplementation(reloaded.mockReset());
  enter.mockReset().mockImplementation((place) => {
    place.view.replaceChildren("the first view");
    return Promise.resolve();
  });
});

afterEach(() => {
  exit.coverUp();
});

/** A page of its own for each test: the door counts visits. */
async function hangDoor(data: Partial<PageData> = {}): Promise<void> {
  layOutCover({ inside: INSIDE, ...data });
  // A new touch: the long press of an earlier test is over.
  document.body.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  vi.resetModules();
  exit = await import("../../../pwa/exit/exit.ts");
  const { hangDoor: hang } = await import("../../../pwa/door/door.ts");
  hang(part("title"), part("version"));
}

function tapVersionLine(times = 5): void {
  for (let tap = 0; tap < times; tap += 1) part("version").click();
}

async function holdTitle(): Promise<void> {
  vi.useFakeTimers();
  part("title").dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  await vi.advanceTimersByTimeAsync(1200);
  part("title").dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
  vi.useRealTimers();
}

async function comeIn(): Promise<void> {
  tapVersionLine();
  await vi.waitFor(() => {
    expect(inSight()).toBe("inside");
  });
}

const shown = (): string => part("view").textContent;

async function expectShown(text: string): Promise<void> {
  await vi.waitFor(() => {
    expect(shown()).toContain(text);
  });
}

/** The same, where the clock is held. */
async function expectShownSoon(text: string): Promise<void> {
  vi.useRealTimers();
  await expectShown(text);
}

const buttons = (): HTMLElement[] => [...part("view").querySelectorAll("button")];

/** Time for whatever might still come. */
const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 30));

describe("The door", () => {
  it("opens when the title is held", async () => {
    await hangDoor();

    await holdTitle();

    expect(inSight()).toBe("inside");
    await expectShown("the first view");
  });

  it("opens when the version line is tapped five times", async () => {
    await hangDoor();

    tapVersionLine(4);
    await settle();
    expect(inSight()).toBe("cover");

    tapVersionLine(1);
    await expectShown("the first view");
  });

  it("loads nothing of the inside before it opens", async () => {
    await hangDoor();

    tapVersionLine(4);
    await settle();

    expect(enter).not.toHaveBeenCalled();
  });

  it("closes the cover's dialogs, which would lie on top", async () => {
    await hangDoor();
    const settings = part("settings") as HTMLDialogElement;
    settings.showModal();

    await comeIn();

    expect(settings.open).toBe(false);
  });

  it("brings keyboard and screen reader inside, where the exit comes first", async () => {
    await hangDoor();

    await comeIn();

    expect(document.activeElement).toBe(part("room"));
  });

  it("says what any app says while it loads", async () => {
    await hangDoor();
    enter.mockReturnValue(new Promise(() => undefined));

    await comeIn();

    expect(shown()).toBe(PAGE.shell["loading"]);
  });

  it("opened twice is open once", async () => {
    await hangDoor();

    await comeIn();
    await expectShown("the first view");
    await holdTitle();
    tapVersionLine();
    await settle();

    expect(enter).toHaveBeenCalledOnce();
    expect(inSight()).toBe("inside");
  });

  it("opened both ways at once is open once", async () => {
    await hangDoor();

    tapVersionLine(10);
    await settle();

    expect(enter).toHaveBeenCalledOnce();
  });

  it("does not open by itself while nobody sees the page", async () => {
    await hangDoor();
    vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");

    await holdTitle();
    await settle();

    expect(inSight()).toBe("cover");
    expect(enter).not.toHaveBeenCalled();
  });

  it("tells the inside where the pack lies", async () => {
    await hangDoor();

    await comeIn();
    await expectShown("the first view");

    expect(enter.mock.lastCall?.[0].packAddress).toBe(PAGE.pack);
  });
});

describe("Somebody who leaves while the inside is still loading", () => {
  it("never sees it afterwards", async () => {
    await hangDoor();
    let packArrives = (): void => undefined;
    enter.mockImplementation(async (place) => {
      await new Promise<void>((arrived) => (packArrives = arrived));
      if (place.isAwaited()) place.view.replaceChildren("the first view");
    });
    await comeIn();
    await vi.waitFor(() => {
      expect(enter).toHaveBeenCalledOnce();
    });

    exit.exit();
    packArrives();
    await settle();

    expect(inSight()).toBe("cover");
    expect(shown()).toBe("");
  });

  it("asks for nothing more: a script that comes in late does not even fetch the pack", async () => {
    let scriptArrives = (): void => undefined;
    vi.stubGlobal("scriptArrives", new Promise<void>((arrived) => (scriptArrives = arrived)));
    await hangDoor({ inside: onItsWay() });
    await comeIn();

    exit.exit();
    scriptArrives();
    await settle();

    expect(enter).not.toHaveBeenCalled();
  });

  it("sees no words about a failure afterwards either", async () => {
    await hangDoor();
    let packFails = (_: Error): void => undefined;
    enter.mockReturnValue(new Promise((_, failed) => (packFails = failed)));
    await comeIn();
    await vi.waitFor(() => {
      expect(enter).toHaveBeenCalledOnce();
    });

    exit.exit();
    packFails(new Error("no pack"));
    await settle();

    expect(shown()).toBe("");
  });

  it("and comes back, sees the new visit only", async () => {
    await hangDoor();
    const places: DoorPlace[] = [];
    enter.mockImplementation((place) => {
      places.push(place);
      return Promise.resolve();
    });
    await comeIn();
    await vi.waitFor(() => {
      expect(places).toHaveLength(1);
    });

    exit.exit();
    await comeIn();
    await vi.waitFor(() => {
      expect(places).toHaveLength(2);
    });

    expect(places.map((place) => place.isAwaited())).toEqual([false, true]);
  });
});

describe("When nothing can be loaded", () => {
  it("kind words say so, and no error is logged", async () => {
    const logged = vi.spyOn(console, "error");
    await hangDoor();
    enter.mockRejectedValue(new Error("no pack"));

    await comeIn();
    await expectShown(PAGE.shell["notLoaded"] ?? "-");

    expect(part("view").querySelector("a")).toBeNull();
    expect(logged).not.toHaveBeenCalled();
  });

  it("the number that was remembered is there to call, before anything else", async () => {
    localStorage.setItem(NAMES.emergencyKey, "112");
    await hangDoor();
    enter.mockRejectedValue(new Error("no pack"));

    await comeIn();
    await expectShown("Call 112");

    const [first] = part("view").querySelectorAll("a, p, button");
    expect(first?.getAttribute("href")).toBe("tel:112");
  });

  it("no number is shown where the chosen country has none", async () => {
    localStorage.setItem(NAMES.emergencyKey, "");
    await hangDoor();
    enter.mockRejectedValue(new Error("no pack"));

    await comeIn();
    await expectShown(PAGE.shell["notLoaded"] ?? "-");

    expect(part("view").querySelector("a")).toBeNull();
  });

  it("it can be tried again", async () => {
    await hangDoor();
    enter.mockRejectedValueOnce(new Error("no pack"));
    await comeIn();
    await expectShown(PAGE.shell["tryAgain"] ?? "-");

    part("view").querySelector("button")?.click();

    await expectShown("the first view");
  });

  it("it can be tried again also where the script itself had failed, which browsers remember", async () => {
    vi.stubGlobal("outOfReach", true);
    await hangDoor({ inside: outOfReach() });
    await comeIn();
    await expectShown(PAGE.shell["tryAgain"] ?? "-");

    vi.stubGlobal("outOfReach", false);
    part("view").querySelector("button")?.click();

    await expectShown("the first view");
  });
});

describe("On a network that hangs", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  const never = new Promise<void>(() => undefined);

  it("the remembered number and a new try are offered after four seconds, and it goes on waiting", async () => {
    localStorage.setItem(NAMES.emergencyKey, "112");
    await hangDoor();
    enter.mockReturnValue(never);
    tapVersionLine();

    await vi.advanceTimersByTimeAsync(3900);
    expect(part("view").querySelector("a, button")).toBeNull();
    await vi.advanceTimersByTimeAsync(200);

    const [call, text, again] = part("view").querySelectorAll("a, p, button");
    expect(call?.getAttribute("href")).toBe("tel:112");
    expect(text?.textContent).toBe(PAGE.shell["loading"]);
    expect(again?.textContent).toBe(PAGE.shell["tryAgain"]);
  });

  it("a new try is offered also where no number is remembered", async () => {
    await hangDoor();
    enter.mockReturnValue(never);
    tapVersionLine();

    await vi.advanceTimersByTimeAsync(4100);

    expect(part("view").querySelector("a")).toBeNull();
    expect(buttons()).toHaveLength(1);
  });

  it("a new try does not wait for the script that hangs", async () => {
    vi.stubGlobal("scriptArrives", never);
    await hangDoor({ inside: onItsWay() });
    tapVersionLine();
    await vi.advanceTimersByTimeAsync(4100);

    vi.stubGlobal("scriptArrives", Promise.resolve());
    buttons()[0]?.click();

    await expectShownSoon("the first view");
  });

  it("the words and ways on come once, when the try fails after they have been offered", async () => {
    localStorage.setItem(NAMES.emergencyKey, "112");
    await hangDoor();
    let fail = (_: Error): void => undefined;
    enter.mockReturnValue(new Promise((_, failed) => (fail = failed)));
    tapVersionLine();
    await vi.advanceTimersByTimeAsync(4100);

    fail(new Error("no pack"));
    await vi.advanceTimersByTimeAsync(5000);

    expect(shown()).toBe(`Call 112${PAGE.shell["notLoaded"] ?? ""}${PAGE.shell["tryAgain"] ?? ""}`);
  });

  it("nothing is offered in a room that she has left", async () => {
    await hangDoor();
    enter.mockReturnValue(never);
    tapVersionLine();
    await vi.advanceTimersByTimeAsync(1000);

    exit.exit();
    await vi.advanceTimersByTimeAsync(5000);

    expect(shown()).toBe("");
  });
});

describe("While a passcode is asked for", () => {
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await hangDoor();
    enter.mockImplementation(async ({ gate }) => {
      gate.append("Code");
      await new Promise(() => undefined);
    });
    tapVersionLine();
    await vi.advanceTimersByTimeAsync(10_000);
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it("it is not the network that is waited for, so no new try is offered", () => {
    expect(buttons()).toHaveLength(0);
  });

  it("the network's time begins when the passcode has been given", async () => {
    part("gate").replaceChildren();
    await vi.advanceTimersByTimeAsync(8100);

    expect(buttons()).toHaveLength(1);
  });

  it("nothing of it is left on the cover", () => {
    exit.coverUp();

    expect(part("gate").childNodes).toHaveLength(0);
    expect(shown()).toBe("");
  });
});

describe("Where what is kept cannot be opened", () => {
  it("kind words say so, with the number and a new try, and do not blame the connection", async () => {
    localStorage.setItem(NAMES.emergencyKey, "112");
    await hangDoor();
    enter.mockRejectedValue(Object.assign(new Error("memory"), { code: "memory" }));

    await comeIn();
    await expectShown(PAGE.shell["notOpened"] ?? "-");

    expect(shown()).toContain("Call 112");
    expect(shown()).not.toContain(PAGE.shell["notLoaded"]);
    expect(buttons()).toHaveLength(1);
  });
});

describe("Of two tries", () => {
  interface Try {
    /** Brings the pack, or fails; as inside.ts does, it shows the first view only if it is still awaited. */
    end(error?: Error): void;
  }

  let running: Try[];
  const views = vi.fn<(number: number) => void>();

  beforeEach(async () => {
    running = [];
    views.mockReset();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await hangDoor();
    enter.mockImplementation(async (place) => {
      const number = running.length;
      await new Promise<void>((resolve, reject) => {
        running.push({
          end(error) {
            if (error) reject(error);
            else resolve();
          },
        });
      });
      if (!place.isAwaited()) return;
      views(number);
      place.view.replaceChildren(`view of try ${number}`);
    });
    tapVersionLine();
    await vi.advanceTimersByTimeAsync(4100);
    buttons()[0]?.click();
    await vi.advanceTimersByTimeAsync(0);
    expect(running).toHaveLength(2);
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  const ends = async (number: number, error?: Error): Promise<void> => {
    running[number]?.end(error);
    await vi.advanceTimersByTimeAsync(0);
  };

  it.each([
    [0, 1],
    [1, 0],
  ])("the one that comes first is shown, and only that one: %i", async (first, second) => {
    await ends(first);
    await ends(second);
    await vi.advanceTimersByTimeAsync(5000);

    expect(views.mock.calls).toEqual([[first]]);
    expect(shown()).toBe(`view of try ${first}`);
  });

  it("the older one fails silently", async () => {
    await ends(0, new Error("no pack"));

    expect(shown()).toBe(PAGE.shell["loading"]);
  });

  it("the older one is still welcome after the newer one has failed", async () => {
    await ends(1, new Error("no pack"));
    expect(shown()).toContain(PAGE.shell["notLoaded"]);

    await ends(0);

    expect(shown()).toBe("view of try 0");
  });

  it("neither is shown to somebody who left, nor to herself when she is back", async () => {
    exit.exit();
    tapVersionLine();
    await vi.advanceTimersByTimeAsync(0);

    await ends(0);
    await ends(1);

    expect(views).not.toHaveBeenCalled();
    expect(shown()).toBe(PAGE.shell["loading"]);
  });
});

describe("A script that fails", () => {
  it("is fetched anew, past what may be damaged on the phone, and opens without a further tap", async () => {
    vi.stubGlobal("outOfReach", true);
    fetched.mockImplementation(() => {
      vi.stubGlobal("outOfReach", false);
      return Promise.resolve({ status: 200 });
    });
    const inside = outOfReach();
    await hangDoor({ inside });

    await comeIn();
    await expectShown("the first view");

    expect(fetched.mock.calls).toEqual([[inside, { cache: "reload" }]]);
  });

  it("is not fetched again for somebody who has left", async () => {
    let fail = (_: Error): void => undefined;
    vi.stubGlobal("scriptArrives", new Promise((_, failed) => (fail = failed)));
    await hangDoor({ inside: onItsWay() });
    await comeIn();

    exit.exit();
    fail(new Error("no network"));
    await settle();

    expect(fetched).not.toHaveBeenCalled();
  });

  it("and is gone from the server, as after an update, brings the cover anew", async () => {
    vi.stubGlobal("outOfReach", true);
    fetched.mockResolvedValue({ status: 404 });
    await hangDoor({ inside: outOfReach() });
    await comeIn();
    await expectShown(PAGE.shell["tryAgain"] ?? "-");
    expect(reloaded).not.toHaveBeenCalled();

    buttons()[0]?.click();

    expect(reloaded).toHaveBeenCalledOnce();
  });

  it.each([
    ["without a network", false, () => Promise.resolve({ status: 404 })],
    ["when the server cannot be reached", true, () => Promise.reject(new TypeError("Failed to fetch"))],
    ["when the server is in trouble", true, () => Promise.resolve({ status: 503 })],
  ])("never brings the browser's own error page: %s", async (_, online, answer) => {
    vi.stubGlobal("outOfReach", true);
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(online);
    fetched.mockImplementation(answer);
    await hangDoor({ inside: outOfReach() });
    await comeIn();
    await expectShown(PAGE.shell["tryAgain"] ?? "-");

    buttons()[0]?.click();
    await settle();

    expect(reloaded).not.toHaveBeenCalled();
    expect(shown()).toContain(PAGE.shell["tryAgain"]);
  });
});

describe("On a phone too old to open the pack", () => {
  it("the words do not blame the connection, and the number to call comes first", async () => {
    localStorage.setItem(NAMES.emergencyKey, "112");
    vi.stubGlobal("DecompressionStream", undefined);
    await hangDoor({ shell: { ...PAGE.shell, tooOld: "This needs a newer browser." } });

    await comeIn();
    await settle();

    expect(shown()).toBe("Call 112This needs a newer browser.");
    expect(buttons()).toHaveLength(0);
    expect(enter).not.toHaveBeenCalled();
  });
});

describe("Back", () => {
  /** As in Chrome, where a page can hear of it. */
  function withCloseWatcher() {
    const watchers: { onclose: (() => void) | null; readonly destroy: () => void }[] = [];
    vi.stubGlobal(
      "CloseWatcher",
      class {
        onclose: (() => void) | null = null;
        readonly destroy = vi.fn();
        constructor() {
          watchers.push(this);
        }
      },
    );
    return watchers;
  }

  it("leads to the cover", async () => {
    const watchers = withCloseWatcher();
    await hangDoor();
    await comeIn();

    watchers[0]?.onclose?.();

    expect(inSight()).toBe("cover");
    expect(shown()).toBe("");
    expect(leftFor).not.toHaveBeenCalled();
  });

  it("is not kept from its own meaning after the exit", async () => {
    const watchers = withCloseWatcher();
    await hangDoor();
    await comeIn();

    exit.exit();

    expect(watchers).toHaveLength(1);
    expect(watchers[0]?.destroy).toHaveBeenCalledOnce();
  });

  it("is watched once, also when the door was opened both ways at once", async () => {
    const watchers = withCloseWatcher();
    await hangDoor();

    tapVersionLine(10);
    await settle();

    expect(watchers).toHaveLength(1);
  });

  it("is watched anew on each visit", async () => {
    const watchers = withCloseWatcher();
    await hangDoor();
    await comeIn();
    exit.exit();

    await comeIn();
    watchers[1]?.onclose?.();

    expect(inSight()).toBe("cover");
  });

  it("cannot be heard in other browsers, and the door opens there all the same", async () => {
    vi.stubGlobal("CloseWatcher", undefined);
    await hangDoor();

    await comeIn();

    await expectShown("the first view");
  });
});
