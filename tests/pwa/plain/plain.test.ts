// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

const BODY = `
  <div><a id="leave" href="https://weather.example/" data-home="/sip/">Close</a></div>
  <main>
    <h1>What is read</h1>
    <a id="further" href="/t/2?l=en">Further</a>
    <a id="call" href="tel:123">Call</a>
    <a id="outward" href="https://other.example/" target="_blank">Another site</a>
  </main>`;

const replace = vi.fn();
const page = document.createElement("body");
page.innerHTML = BODY;

// One page for all of them: the script listens on the document and the window for good.
const parts = [...page.childNodes];
beforeAll(async () => {
  document.body.replaceChildren(...parts);
  await import("../../../pwa/plain/plain.ts");
});

beforeEach(() => {
  replace.mockReset();
  vi.spyOn(location, "replace").mockImplementation((address) => {
    replace(String(address), isEmpty());
  });
  document.body.replaceChildren(...parts);
});

const isEmpty = (): boolean => !document.body.hasChildNodes();

/** Whether the click was kept from doing what a link does; here it never does it, so that the test's own page stays. */
function click(selector: string): boolean {
  let isKept = false;
  const stay = (event: Event): void => {
    isKept = event.defaultPrevented;
    event.preventDefault();
  };
  addEventListener("click", stay, { once: true });
  const target = document.querySelector(selector);
  target?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, composed: true }));
  removeEventListener("click", stay);
  return isKept;
}

function becomes(visibility: DocumentVisibilityState): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(visibility);
  document.dispatchEvent(new Event("visibilitychange"));
}

function tapShift(): void {
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Shift" }));
  document.dispatchEvent(new KeyboardEvent("keyup", { key: "Shift" }));
}

describe("Leaving a plain page", () => {
  it("empties it first, and another page takes its place", () => {
    expect(click("#leave")).toBe(true);

    expect(replace.mock.calls).toEqual([["https://weather.example/", true]]);
  });

  it("works by Shift three times too", () => {
    for (let tap = 0; tap < 3; tap += 1) tapShift();

    expect(replace.mock.calls).toEqual([["https://weather.example/", true]]);
  });

  it("for a further one leaves one page in the tab, not two", () => {
    expect(click("#further")).toBe(true);

    expect(replace.mock.calls).toEqual([[expect.stringMatching(/\/t\/2\?l=en$/), false]]);
  });

  it.each(["#call", "#outward", "h1"])("is nothing that this would do: %s", (selector) => {
    expect(click(selector)).toBe(false);

    expect(replace).not.toHaveBeenCalled();
    expect(isEmpty()).toBe(false);
  });
});

describe("A plain page is empty", () => {
  it("as soon as it is hidden, and leads to a cover when it is shown again", () => {
    becomes("hidden");
    expect(isEmpty()).toBe(true);
    expect(replace).not.toHaveBeenCalled();

    becomes("visible");
    expect(replace.mock.calls).toEqual([["/sip/", true]]);
  });

  it("when the browser puts it away for Back, which then leads to a cover", () => {
    dispatchEvent(new Event("pagehide"));
    expect(isEmpty()).toBe(true);

    dispatchEvent(new Event("pageshow"));
    expect(replace.mock.calls).toEqual([["/sip/", true]]);
  });

  it("when the browser freezes it", () => {
    document.dispatchEvent(new Event("freeze"));

    expect(isEmpty()).toBe(true);
  });
});

describe("A plain page stays to be read", () => {
  it("when it is shown for the first time, even if it was opened in the background", () => {
    becomes("visible");
    dispatchEvent(new Event("pageshow"));

    expect(isEmpty()).toBe(false);
    expect(replace).not.toHaveBeenCalled();
  });
});
