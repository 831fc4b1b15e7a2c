// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { leaveGate, passGate } from "../../../pwa/inside/gate.ts";
import { VaultLock } from "../../../pwa/inside/locking.ts";
import type { VaultTrouble } from "../../../pwa/vault/store.ts";
import { layOutRoom, type TestPlace } from "./visiting.ts";

let place: TestPlace;
let lock: VaultLock;

beforeEach(() => {
  document.title = "Sip";
  place = layOutRoom();
  lock = new VaultLock(place.vault);
  place.forgetters.push(lock.forget, leaveGate);
  place.vault.first = "836491";
  vi.stubGlobal("caches", undefined);
});

afterEach(() => {
  place.leave();
});

const comeTo = (): Promise<boolean> => passGate(place, lock);
const within = (selector: string): Element | null => place.gate.querySelector(selector);
const field = (): HTMLInputElement => place.gate.querySelector("input") ?? document.createElement("input");
const buttons = (): HTMLButtonElement[] => [...place.gate.querySelectorAll("button")];
const submitButton = (): HTMLButtonElement =>
  place.gate.querySelector<HTMLButtonElement>("[type=submit]") ?? document.createElement("button");

async function isAsked(): Promise<void> {
  await vi.waitFor(() => {
    expect(within("form")).not.toBeNull();
  });
}

function enters(code: string): void {
  field().value = code;
  submitButton().click();
}

/** Time for whatever might still come. */
const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 20));

describe("Where no passcode is asked for", () => {
  it("the door opens as before on a phone that keeps nothing", async () => {
    place.vault.first = undefined;

    expect(await comeTo()).toBe(true);
    expect(place.gate.childNodes).toHaveLength(0);
  });

  it("the door opens, and the vault with it, where she chose to have none", async () => {
    place.vault.first = "";

    expect(await comeTo()).toBe(true);
    expect(place.vault.isOpen()).toBe(true);
  });

  it("the help lines are reached also where the browser refuses all storage", async () => {
    place.vault.trouble = "blocked";

    expect(await comeTo()).toBe(true);
  });

  it("she needs none when she is back within the time she chose", async () => {
    place.vault.open = true;
    lock.lockAfter(30);
    lock.forget("hidden");

    expect(await comeTo()).toBe(true);
    expect(place.vault.tried).toEqual([]);
  });

  it("she is asked again when the time is over", async () => {
    place.vault.open = true;
    lock.lockAfter(30);
    lock.forget("hidden");
    vi.setSystemTime(Date.now() + 31_000);

    void comeTo();
    await isAsked();
    vi.useRealTimers();

    expect(place.vault.isOpen()).toBe(false);
  });
});

describe("The passcode screen", () => {
  beforeEach(async () => {
    void comeTo();
    await isAsked();
  });

  it("bears the cover's name and the frame's words, and none of its own", () => {
    expect(place.gate.textContent).toBe("SipCodeLettersShowGo on");
  });

  it("has one labelled field that nothing outside remembers, in which codes can be pasted", () => {
    const input = field();
    expect(within("label")?.getAttribute("for")).toBe(input.id);
    expect(input.autocomplete).toBe("off");
    expect(input.type).toBe("password");
    expect(input.inputMode).toBe("numeric");
    const paste = new Event("paste", { bubbles: true, cancelable: true });
    input.dispatchEvent(paste);
    expect(paste.defaultPrevented).toBe(false);
  });

  it("brings letters, and shows what is typed, when asked", () => {
    const [letters, sight] = buttons();

    letters?.click();
    sight?.click();
    expect(field().inputMode).toBe("text");
    expect(field().type).toBe("text");
    expect(place.gate.textContent).toContain("DigitsHide");

    letters?.click();
    sight?.click();
    expect(field().inputMode).toBe("numeric");
    expect(field().type).toBe("password");
  });

  it("asks the vault nothing while the field is empty", async () => {
    enters("  ");
    await settle();

    expect(place.vault.tried).toEqual([]);
    expect(within("form")).not.toBeNull();
  });

  it("is gone with what was typed as soon as she leaves", () => {
    field().value = "83";

    place.leave();

    expect(place.gate.childNodes).toHaveLength(0);
  });
});

describe("The right code", () => {
  it("opens, and the screen is gone", async () => {
    const passing = comeTo();
    await isAsked();

    enters("836491");

    expect(await passing).toBe(true);
    expect(place.vault.isOpen()).toBe(true);
    expect(place.gate.childNodes).toHaveLength(0);
  });

  it("may be a passphrase, with a space at its end that a keyboard has added", async () => {
    place.vault.first = "kettle orbit mustard";
    const passing = comeTo();
    await isAsked();

    enters("kettle orbit mustard ");

    expect(await passing).toBe(true);
  });

  it("is tried once, however often the button is pressed, and the screen says that it is busy", async () => {
    let stretched = (): void => undefined;
    place.vault.stretching = new Promise((done) => (stretched = done));
    const passing = comeTo();
    await isAsked();

    enters("836491");
    submitButton().click();
    await settle();

    expect(within("[role=status]")?.textContent).toBe("One moment…");
    expect(within("form")?.getAttribute("aria-busy")).toBe("true");
    expect(field().value).toBe("836491");
    stretched();
    expect(await passing).toBe(true);
    expect(place.vault.tried).toEqual(["836491"]);
  });

  it("that is answered after she has left locks again, and opens nothing", async () => {
    let stretched = (): void => undefined;
    place.vault.stretching = new Promise((done) => (stretched = done));
    const passing = comeTo();
    await isAsked();
    enters("836491");

    place.leave();
    stretched();
    await settle();

    expect(await passing).toBe(false);
    expect(place.vault.isOpen()).toBe(false);
  });
});

describe("An answer to an earlier visit", () => {
  it.each(["836491", "000000", "907351"])("leaves the screen of the next one alone: %s", async (code) => {
    place.vault.second = "907351";
    let stretched = (): void => undefined;
    place.vault.stretching = new Promise((done) => (stretched = done));
    const first = comeTo();
    await isAsked();
    enters(code);
    await settle();
    place.leave();
    expect(await first).toBe(false);

    const back: TestPlace = { ...place, isAwaited: () => true };
    const second = passGate(back, lock);
    await isAsked();
    const covered = vi.spyOn(place, "coverUp");
    stretched();
    await settle();

    expect(within("form")).not.toBeNull();
    expect(covered).not.toHaveBeenCalled();
    expect(place.vault.isOpen()).toBe(false);
    enters("836491");
    expect(await second).toBe(true);
    expect(place.vault.isOpen()).toBe(true);
  });
});

describe("A wrong code", () => {
  it("brings the cover, and not a word", async () => {
    const covered = vi.spyOn(place, "coverUp");
    const passing = comeTo();
    await isAsked();

    enters("000000");

    expect(await passing).toBe(false);
    expect(covered).toHaveBeenCalledOnce();
    expect(document.body.textContent).toBe("");
    expect(place.vault.wipes).toBe(0);
  });

  it("after which the vault is gone, as she had chosen, takes the small choices along", async () => {
    place.kept.set(NAMES.countryKey, "GB").set("sip.drinks", "[]");
    const passing = comeTo();
    await isAsked();
    vi.spyOn(place.vault, "unlock").mockImplementation(async () => {
      await place.vault.wipe();
      return "wrong";
    });

    enters("000000");

    expect(await passing).toBe(false);
    await settle();
    expect([...place.kept.keys()]).toEqual(["sip.drinks"]);
  });
});

describe("The second code", () => {
  beforeEach(() => {
    place.vault.second = "907351";
  });

  async function entersSecond(): Promise<void> {
    const passing = comeTo();
    await isAsked();
    enters("907351");
    expect(await passing).toBe(false);
    await settle();
  }

  function barButton(id: string): () => void {
    const button = document.createElement("button");
    const pressed = vi.fn();
    button.id = id;
    button.addEventListener("click", pressed);
    document.body.append(button);
    return pressed;
  }

  it("brings the cover and opens its history, as a tap on the button would", async () => {
    const [history, settings] = [barButton("open-history"), barButton("open-settings")];

    await entersSecond();

    expect(history).toHaveBeenCalledOnce();
    expect(settings).not.toHaveBeenCalled();
    expect(place.vault.isOpen()).toBe(false);
    expect(place.view.childNodes).toHaveLength(0);
  });

  it("opens the settings of a cover that has no history", async () => {
    const settings = barButton("open-settings");

    await entersSecond();

    expect(settings).toHaveBeenCalledOnce();
  });
});

describe("A vault that cannot be opened", () => {
  it.each<VaultTrouble>(["memory", "blocked", "damaged", "newer"])(
    "is handed to the door to put into kind words, and the screen makes room for them: %s",
    async (trouble) => {
      const passing = comeTo();
      await isAsked();
      place.vault.trouble = trouble;

      enters("836491");

      await expect(passing).rejects.toMatchObject({ code: trouble });
      expect(place.gate.childNodes).toHaveLength(0);
    },
  );

  it.each<VaultTrouble>(["damaged", "newer"])(
    "is told before a code is asked for, where that is known: %s",
    async (trouble) => {
      place.vault.trouble = trouble;

      await expect(comeTo()).rejects.toMatchObject({ code: trouble });
    },
  );
});

describe("Holding the button over the empty field", () => {
  beforeEach(async () => {
    place.kept.set(NAMES.emergencyKey, "999").set("sip.drinks", "[]");
    void comeTo();
    await isAsked();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  const press = (): boolean => submitButton().dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));

  it("for five seconds removes everything and brings the cover", async () => {
    const covered = vi.spyOn(place, "coverUpEverywhere");
    press();

    await vi.advanceTimersByTimeAsync(4900);
    expect(place.vault.wipes).toBe(0);
    await vi.advanceTimersByTimeAsync(200);

    expect(place.vault.wipes).toBe(1);
    expect(covered).toHaveBeenCalledOnce();
    expect(place.gate.childNodes).toHaveLength(0);
    expect([...place.kept.keys()]).toEqual(["sip.drinks"]);
  });

  it("by a held space bar does the same", async () => {
    submitButton().dispatchEvent(new KeyboardEvent("keydown", { key: " ", bubbles: true }));

    await vi.advanceTimersByTimeAsync(5100);

    expect(place.vault.wipes).toBe(1);
  });

  it("for less does nothing", async () => {
    press();
    await vi.advanceTimersByTimeAsync(4900);
    submitButton().dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
    await vi.advanceTimersByTimeAsync(5000);

    expect(place.vault.wipes).toBe(0);
  });

  it("does nothing where something is typed", async () => {
    field().value = "8364";
    press();

    await vi.advanceTimersByTimeAsync(6000);

    expect(place.vault.wipes).toBe(0);
    expect(within("form")).not.toBeNull();
  });
});
