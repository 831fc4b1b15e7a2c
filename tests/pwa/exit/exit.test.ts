// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { drawn, inSight, layOutCover, PAGE, part } from "../cover-page.ts";

// The module keeps what is to be forgotten, so each test gets one of its own, as each page does.
let page: typeof import("../../../pwa/exit/exit.ts");
const leftFor = vi.fn<(address: string | URL) => void>();

beforeEach(async () => {
  vi.resetModules();
  vi.restoreAllMocks();
  leftFor.mockReset();
  vi.spyOn(location, "replace").mockImplementation(leftFor);
  inBrowserTab();
  online(true);
  layOutCover();
  page = await import("../../../pwa/exit/exit.ts");
  page.showRoom();
  part("view").append(document.createElement("h1"), "what she reads");
});

// What one test has left to be done after the frame must not be done in the next one.
afterEach(async () => {
  vi.unstubAllGlobals();
  await drawn();
});

function online(whether: boolean): void {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(whether);
}

function inBrowserTab(): void {
  displayedAs("browser");
}

function displayedAs(mode: string): void {
  vi.stubGlobal("matchMedia", (query: string) => ({ matches: query === `(display-mode: ${mode})` }));
}

/** As an iPhone's installed app says it. */
function standalone(): void {
  vi.stubGlobal("navigator", Object.assign(Object.create(navigator) as Navigator, { standalone: true }));
}

function stubbed(name: string): () => void {
  const stub = vi.fn();
  vi.stubGlobal(name, stub);
  return stub;
}

/** Lets messages between windows arrive. */
const arrive = (): Promise<void> => new Promise((done) => setTimeout(done, 50));

describe("The exit", () => {
  it("takes everything off the screen before it returns", () => {
    page.exit();

    expect(part("view").childNodes).toHaveLength(0);
    expect(document.body.textContent).not.toContain("what she reads");
    expect(inSight()).toBe("cover");
    expect(page.insideIsOpen()).toBe(false);
  });

  it("has nothing left to see by the time it leaves", async () => {
    leftFor.mockImplementation(() => {
      expect(inSight()).toBe("cover");
      expect(part("view").childNodes).toHaveLength(0);
    });

    page.exit();
    await drawn();

    expect(leftFor).toHaveBeenCalledOnce();
  });

  it("lets everything be forgotten before it returns", () => {
    const forget = vi.fn();
    page.onForget(forget);

    page.exit();

    expect(forget).toHaveBeenCalledOnce();
  });

  it("empties the screen before anything else, so that nothing that fails can leave it full", () => {
    page.onForget(() => {
      expect(part("view").childNodes).toHaveLength(0);
      expect(inSight()).toBe("cover");
    });

    page.exit();

    expect.assertions(2);
  });

  it("takes the passcode screen along, with what was typed into it", () => {
    part("gate").append(document.createElement("input"));

    page.exit();

    expect(part("gate").childNodes).toHaveLength(0);
  });

  it("forgets the rest and leaves even where one part fails to be forgotten", async () => {
    const forgetLast = vi.fn();
    page.onForget(() => {
      throw new Error("this one is broken");
    });
    page.onForget(forgetLast);

    page.exit();
    await drawn();

    expect(inSight()).toBe("cover");
    expect(forgetLast).toHaveBeenCalledOnce();
    expect(leftFor).toHaveBeenCalledOnce();
  });

  it("gives the cover back into her hands once it is drawn, also where no frame is drawn any more", async () => {
    vi.stubGlobal("requestAnimationFrame", () => 0);

    page.exit();
    await vi.waitFor(() => {
      expect(part("cover").inert).toBe(false);
    });

    expect(leftFor).toHaveBeenCalledOnce();
  });

  it("is harmless when pressed twice", () => {
    page.exit();
    page.exit();

    expect(inSight()).toBe("cover");
  });

  it("asks nothing, sends nothing, logs nothing and adds nothing to the history", () => {
    const quiet = [
      vi.spyOn(globalThis, "fetch"),
      vi.spyOn(XMLHttpRequest.prototype, "send"),
      vi.spyOn(navigator, "sendBeacon"),
      ...["confirm", "alert", "prompt", "open"].map(stubbed),
      vi.spyOn(history, "pushState"),
      vi.spyOn(history, "replaceState"),
      vi.spyOn(location, "assign"),
      vi.spyOn(Storage.prototype, "setItem"),
      ...(["log", "info", "debug", "warn", "error"] as const).map((level) => vi.spyOn(console, level)),
    ];
    page.onForget(() => {
      throw new Error("this one is broken");
    });

    page.exit();

    for (const way of quiet) expect(way).not.toHaveBeenCalled();
  });
});

describe("Where the exit leads", () => {
  it("is the neutral page, in this page's place, in a browser tab with a network", async () => {
    page.exit();
    await drawn();

    expect(leftFor.mock.calls).toEqual([[PAGE.exit]]);
  });

  it("is the cover where there is no network, since an error page would draw the eye", async () => {
    online(false);

    page.exit();
    await drawn();

    expect(leftFor).not.toHaveBeenCalled();
    expect(inSight()).toBe("cover");
  });

  it.each(["standalone", "minimal-ui", "fullscreen"])("is the cover in the installed app (%s)", async (mode) => {
    displayedAs(mode);

    page.exit();
    await drawn();

    expect(leftFor).not.toHaveBeenCalled();
    expect(inSight()).toBe("cover");
  });

  it("is the cover in an iPhone's installed app", async () => {
    standalone();

    page.exit();
    await drawn();

    expect(leftFor).not.toHaveBeenCalled();
    expect(inSight()).toBe("cover");
  });
});

describe("Covering up without leaving", () => {
  it("empties the inside, shows the cover and stays on the page", () => {
    const forget = vi.fn();
    page.onForget(forget);

    page.coverUp();

    expect(inSight()).toBe("cover");
    expect(part("view").childNodes).toHaveLength(0);
    expect(forget).toHaveBeenCalledOnce();
    expect(leftFor).not.toHaveBeenCalled();
  });
});

describe("What is to be forgotten", () => {
  it.each([
    ["that she has left", () => page.exit(), "exit"],
    ["that she has left", () => page.coverUp(), "exit"],
    ["that she may be back, where the page is only out of sight", () => page.coverUp("hidden"), "hidden"],
  ])("is told %s", (_, leaves, leaving) => {
    const forget = vi.fn();
    page.onForget(forget);

    leaves();

    expect(forget.mock.calls).toEqual([[leaving]]);
  });

  it("is forgotten by other windows too, also by one that shows its cover: its vault may be open still", async () => {
    page.coverUp("hidden");
    page.exitWithOtherWindows();
    const forget = vi.fn();
    page.onForget(forget);
    const otherWindow = new BroadcastChannel(NAMES.exitChannel);

    otherWindow.postMessage(null);
    await vi.waitFor(() => {
      expect(forget.mock.calls).toEqual([["exit"]]);
    });
    otherWindow.close();

    expect(leftFor).not.toHaveBeenCalled();
  });
});

describe("Covering up everywhere", () => {
  it("stays on the page, and tells the other windows", async () => {
    const otherWindow = new BroadcastChannel(NAMES.exitChannel);
    const told = vi.fn();
    otherWindow.onmessage = told;

    page.coverUpEverywhere();
    await vi.waitFor(() => {
      expect(told).toHaveBeenCalledOnce();
    });
    otherWindow.close();

    expect(inSight()).toBe("cover");
    expect(leftFor).not.toHaveBeenCalled();
  });
});

describe("Other windows", () => {
  it("are told to exit", async () => {
    const otherWindow = new BroadcastChannel(NAMES.exitChannel);
    const told = vi.fn();
    otherWindow.onmessage = told;

    page.exit();
    await vi.waitFor(() => {
      expect(told).toHaveBeenCalledOnce();
    });
    otherWindow.close();
  });

  it("hear no word that tells anything", async () => {
    const otherWindow = new BroadcastChannel(NAMES.exitChannel);
    const heard = new Promise((resolve) => {
      otherWindow.onmessage = ({ data }: MessageEvent<unknown>) => {
        resolve(data);
      };
    });

    page.exit();

    expect(await heard).toBeNull();
    otherWindow.close();
  });

  it("exit as this one did, when their inside is open", async () => {
    page.exitWithOtherWindows();
    const otherWindow = new BroadcastChannel(NAMES.exitChannel);

    otherWindow.postMessage(null);
    await vi.waitFor(() => {
      expect(inSight()).toBe("cover");
    });
    otherWindow.close();

    expect(part("view").childNodes).toHaveLength(0);
    expect(leftFor.mock.calls).toEqual([[PAGE.exit]]);
  });

  it("stay on their cover when that is all they show", async () => {
    page.coverUp();
    page.exitWithOtherWindows();
    const otherWindow = new BroadcastChannel(NAMES.exitChannel);

    otherWindow.postMessage(null);
    await arrive();
    otherWindow.close();

    expect(inSight()).toBe("cover");
    expect(leftFor).not.toHaveBeenCalled();
  });

  it("do not send the word round for ever", async () => {
    page.exitWithOtherWindows();
    const otherWindow = new BroadcastChannel(NAMES.exitChannel);
    const told = vi.fn();
    otherWindow.onmessage = told;

    otherWindow.postMessage(null);
    await arrive();
    otherWindow.close();

    expect(told).not.toHaveBeenCalled();
  });
});

describe("A browser that refuses to let windows talk", () => {
  it.each([
    ["cookies blocked in Firefox", () => vi.stubGlobal("BroadcastChannel", refusedChannel)],
    ["too old to have it", () => vi.stubGlobal("BroadcastChannel", undefined)],
  ])("still has its exit: %s", async (_, refuse) => {
    refuse();
    vi.resetModules();
    const { exit, exitWithOtherWindows, showRoom } = await import("../../../pwa/exit/exit.ts");
    exitWithOtherWindows();
    showRoom();

    exit();
    await drawn();

    expect(inSight()).toBe("cover");
    expect(leftFor).toHaveBeenCalledOnce();
  });
});

function refusedChannel(): never {
  throw new DOMException("The operation is insecure.", "SecurityError");
}
