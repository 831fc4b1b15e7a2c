// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { offerToAdd } from "../../../pwa/shell/add-to-home.ts";
import { layOutCover, part } from "../cover-page.ts";

let card: HTMLElement;

beforeEach(() => {
  localStorage.clear();
  layOutCover();
  card = part("add-card");
});

afterEach(() => {
  Reflect.deleteProperty(navigator, "standalone");
});

const inCard = (selector: string): HTMLElement => {
  const found = card.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`the card has no ${selector}`);
  return found;
};

/** As Chrome does when the app could be installed. */
function browserOffers(prompt = vi.fn(() => Promise.resolve({}))) {
  const event = Object.assign(new Event("beforeinstallprompt", { cancelable: true }), { prompt });
  dispatchEvent(event);
  return { event, prompt };
}

const tooLate = (): Promise<never> => Promise.reject(new DOMException("too late", "InvalidStateError"));

function displayedAs(mode: string): void {
  vi.stubGlobal("matchMedia", (query: string) => ({ matches: query === `(display-mode: ${mode})` }));
}

function onApplePhone(standalone: boolean): void {
  Object.defineProperty(navigator, "standalone", { value: standalone, configurable: true });
}

describe("Keeping the cover on the home screen", () => {
  it("is not offered where the browser cannot do it", () => {
    offerToAdd(card);

    expect(card.hidden).toBe(true);
  });

  it("is offered with a button where the browser asks through the page, and its own banner stays away", () => {
    offerToAdd(card);

    const { event } = browserOffers();

    expect(card.hidden).toBe(false);
    expect(inCard("[data-add]").hidden).toBe(false);
    expect(inCard("[data-share]").hidden).toBe(true);
    expect(event.defaultPrevented).toBe(true);
  });

  it("is explained on an iPhone, where only the share button does it", () => {
    onApplePhone(false);

    offerToAdd(card);

    expect(card.hidden).toBe(false);
    expect(inCard("[data-share]").hidden).toBe(false);
    expect(inCard("[data-add]").hidden).toBe(true);
  });

  it.each([
    ["an installed app", () => displayedAs("standalone")],
    ["an installed app that keeps a small bar", () => displayedAs("minimal-ui")],
    ["an installed app that fills the screen", () => displayedAs("fullscreen")],
    [
      "an iPhone's installed app",
      () => {
        onApplePhone(true);
      },
    ],
  ])("is not offered in %s", (_, arrange) => {
    arrange();

    offerToAdd(card);
    browserOffers();

    expect(card.hidden).toBe(true);
  });
});

describe("The card", () => {
  it("asks the browser once, and is gone", () => {
    offerToAdd(card);
    const { prompt } = browserOffers();

    inCard("[data-add]").click();
    inCard("[data-add]").click();

    expect(prompt).toHaveBeenCalledOnce();
    expect(card.hidden).toBe(true);
  });

  it("logs nothing where the browser has changed its mind", async () => {
    offerToAdd(card);
    const unheard = vi.fn();
    process.once("unhandledRejection", unheard);
    dispatchEvent(Object.assign(new Event("beforeinstallprompt"), { prompt: tooLate }));

    inCard("[data-add]").click();
    await new Promise((done) => setTimeout(done, 10));

    process.off("unhandledRejection", unheard);
    expect(unheard).not.toHaveBeenCalled();
  });

  it("goes with “not now”", () => {
    offerToAdd(card);
    browserOffers();

    inCard("[data-later]").click();

    expect(card.hidden).toBe(true);
  });

  it("is not offered again after a 'not now'", () => {
    offerToAdd(card);
    browserOffers();
    inCard("[data-later]").click();

    layOutCover();
    card = part("add-card");
    offerToAdd(card);
    browserOffers();

    expect(card.hidden).toBe(true);
  });

  it("goes when the app has been installed from the browser's own menu", () => {
    offerToAdd(card);
    browserOffers();

    dispatchEvent(new Event("appinstalled"));

    expect(card.hidden).toBe(true);
  });
});
