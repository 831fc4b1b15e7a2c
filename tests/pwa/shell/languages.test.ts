// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { KeepLanguage } from "../../../pwa/shared/messages.ts";
import { layOutCover, PAGE, part } from "../cover-page.ts";

let languages: typeof import("../../../pwa/shell/languages.ts");
const wentTo = vi.fn<(address: string | URL) => void>();
/** What the page notes for its worker, by cache and address. */
const notes = new Map<string, string>();

beforeEach(async () => {
  wentTo.mockReset();
  notes.clear();
  vi.spyOn(location, "replace").mockImplementation(wentTo);
  vi.stubGlobal("caches", { open });
  layOutCover();
  vi.resetModules();
  languages = await import("../../../pwa/shell/languages.ts");
  languages.wireLanguageSwitch(part("language") as HTMLSelectElement);
});

afterEach(() => {
  vi.useRealTimers();
  Reflect.deleteProperty(navigator, "serviceWorker");
});

function open(cache: string): Promise<Pick<Cache, "match" | "put">> {
  return Promise.resolve({
    match: (address) => {
      const noted = notes.get(`${cache} ${address as string}`);
      return Promise.resolve(noted === undefined ? undefined : new Response(noted));
    },
    put: async (address, response) => void notes.set(`${cache} ${address as string}`, await response.text()),
  });
}

function refuseNotes(): void {
  vi.stubGlobal("caches", { open: () => Promise.reject(new DOMException("blocked", "SecurityError")) });
}

type Answer = { readonly kept: unknown } | "silence";

/** A worker that answers so. Returns what it was asked. */
function withWorker(answer: Answer): KeepLanguage[] {
  const asked: KeepLanguage[] = [];
  const postMessage = (question: KeepLanguage, [port]: MessagePort[]): void => {
    asked.push(question);
    if (answer !== "silence") port?.postMessage(answer);
  };
  Object.defineProperty(navigator, "serviceWorker", {
    value: { controller: { postMessage } },
    configurable: true,
  });
  return asked;
}

/** As in a browser that has workers, before one has taken the page over. */
function withoutController(): void {
  Object.defineProperty(navigator, "serviceWorker", { value: { controller: null }, configurable: true });
}

function choose(language: string): void {
  const select = part("language") as HTMLSelectElement;
  select.value = language;
  select.dispatchEvent(new Event("change"));
}

const NOTED = "sip-kept /sip/lang";

async function expectWentTo(address: string): Promise<void> {
  await vi.waitFor(() => {
    expect(wentTo.mock.calls).toEqual([[address]]);
  });
}

async function expectNotice(): Promise<void> {
  await vi.waitFor(() => {
    expect(part("notice").textContent).toBe(PAGE.shell["languageOffline"]);
  });
  expect(part("notice").hidden).toBe(false);
}

describe("With a worker, another language", () => {
  it("is laid by whole before the page turns to it", async () => {
    const asked = withWorker({ kept: true });

    choose("es");
    await expectWentTo("/sip/");

    expect(asked).toEqual([{ keep: "es" }]);
    expect(notes.get(NOTED)).toBe("es");
  });

  it("is not turned to when it could not be laid by, and the page says so", async () => {
    withWorker({ kept: false });

    choose("es");
    await expectNotice();

    expect(wentTo).not.toHaveBeenCalled();
    expect(notes.size).toBe(0);
  });

  it.each([{ kept: "yes" }, { kept: undefined }])("is not turned to on an answer that is none: %j", async (answer) => {
    withWorker(answer);

    choose("es");
    await expectNotice();

    expect(wentTo).not.toHaveBeenCalled();
  });

  it("is not waited for without end", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    withWorker("silence");

    choose("es");
    await vi.advanceTimersByTimeAsync(20_000);
    vi.useRealTimers();

    await expectNotice();
  });

  it("is asked for by its address where the choice cannot be noted", async () => {
    withWorker({ kept: true });
    refuseNotes();

    choose("es");

    await expectWentTo("/sip/es");
  });
});

describe("Without a worker, another language", () => {
  it.each([
    ["it has not taken over yet", withoutController],
    ["the browser has none, as a private window of Firefox", () => undefined],
  ])("comes by its address, and is noted for the worker to come: %s", async (_, noWorker) => {
    noWorker();

    choose("es");
    await expectWentTo("/sip/es");

    expect(notes.get(NOTED)).toBe("es");
  });

  it("comes also where nothing can be noted", async () => {
    refuseNotes();

    choose("es");

    await expectWentTo("/sip/es");
  });

  it("does not turn the cover into an error page where there is no network", async () => {
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);

    choose("es");
    await expectNotice();

    expect(wentTo).not.toHaveBeenCalled();
  });
});

describe("The switch", () => {
  it("shows the page's language until the page has turned", () => {
    withWorker("silence");

    choose("es");

    expect((part("language") as HTMLSelectElement).value).toBe("en");
  });
});

describe("On the first visit", () => {
  it("the page's language is noted for the worker", async () => {
    await languages.noteFirstLanguage();

    expect(notes.get(NOTED)).toBe("en");
  });

  it("a language chosen before is left as it is", async () => {
    notes.set(NOTED, "es");

    await languages.noteFirstLanguage();

    expect(notes.get(NOTED)).toBe("es");
  });
});
