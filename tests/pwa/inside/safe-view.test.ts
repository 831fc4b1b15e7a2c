// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { readChoices } from "../../../pwa/inside/choices.ts";
import { CodeForm } from "../../../pwa/inside/code-form.ts";
import { beginVisit, endVisit, showView } from "../../../pwa/inside/room.ts";
import { SafeView } from "../../../pwa/inside/safe-view.ts";
import type { VaultTrouble } from "../../../pwa/vault/store.ts";
import { layOutRoom, PACK, within, type TestPlace } from "./visiting.ts";

const codeForm = (purpose: string): string => `<${NAMES.codeForm} data-for="${purpose}" data-same="Your first.">
  <form><input data-code><input data-code><p data-error></p><button type="submit"></button></form></${NAMES.codeForm}>`;

const VIEW = `<h1 tabindex="-1">Keep your words here</h1>
  <${NAMES.safeView}>
    <p data-said data-made="Made." data-changed="Changed." data-dropped="No code now." data-second-set="Second set."
      data-second-dropped="No second." data-kept="Kept."></p>
    <p data-trouble data-full="Full." data-blocked="Blocked." data-memory="Memory." data-damaged="Not done."></p>
    <p data-stays hidden></p><p data-may-go hidden></p>
    <section data-when="apple" hidden></section>
    <section data-when="absent" hidden><p data-tab hidden></p>${codeForm("make")}<button data-free></button></section>
    <section data-when="free passcode" hidden><p data-no-file hidden></p>${codeForm("change")}</section>
    <section data-when="passcode" hidden><button data-drop-code></button>
      <select data-lock><option value="0"></option><option value="30" selected></option><option value="300"></option></select>
      <p data-has-second hidden></p>${codeForm("second")}<button data-drop-second></button>
      <select data-wipe><option value="0" selected></option><option value="5"></option><option value="10"></option></select>
    </section>
    <section data-when="blocked" hidden></section>
  </${NAMES.safeView}>`;

let place: TestPlace;
const persist = vi.fn<() => Promise<boolean>>();

beforeAll(() => {
  customElements.define(NAMES.codeForm, CodeForm);
  customElements.define(NAMES.safeView, SafeView);
});

beforeEach(() => {
  persist.mockReset().mockResolvedValue(true);
  onPhone({});
  place = layOutRoom();
  beginVisit({ place, pack: { ...PACK, views: { safe: VIEW } } });
});

function onPhone(more: object, mode = "browser"): void {
  const phone = Object.assign(Object.create(navigator) as object, { storage: { persist }, ...more });
  vi.stubGlobal("navigator", phone);
  vi.stubGlobal("matchMedia", (query: string) => ({ matches: query === `(display-mode: ${mode})` }));
}

const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 20));

async function looks(): Promise<void> {
  showView("safe");
  await settle();
}

/** As on a phone that keeps words already, with the door passed. */
async function keepsWith(passcode: string): Promise<void> {
  await place.vault.create(passcode);
  await looks();
}

async function chooses(purpose: string, code: string): Promise<void> {
  const form = within(place, `[data-for=${purpose}]`);
  for (const field of form.querySelectorAll<HTMLInputElement>("[data-code]")) field.value = code;
  form.querySelector("button")?.click();
  await settle();
}

async function presses(selector: string): Promise<void> {
  within(place, selector).click();
  await settle();
}

async function picks(selector: string, value: string): Promise<void> {
  const select = within(place, selector) as HTMLSelectElement;
  select.value = value;
  select.dispatchEvent(new Event("change"));
  await settle();
}

const parts = (): string[] =>
  [...place.view.querySelectorAll<HTMLElement>("[data-when]")]
    .filter((part) => !part.hidden)
    .map((part) => part.dataset["when"] ?? "");
const isShown = (selector: string): boolean => !within(place, selector).hidden;
const said = (): string => within(place, "[data-said]").textContent;
const trouble = (): string => within(place, "[data-trouble]").textContent;

describe("On a phone that keeps nothing yet", () => {
  it("looking makes nothing and asks the browser nothing", async () => {
    await looks();

    expect(parts()).toEqual(["absent"]);
    expect(await place.vault.kind()).toBe("absent");
    expect(persist).not.toHaveBeenCalled();
  });

  it("a code makes the vault, and the browser is asked to keep it", async () => {
    await looks();

    await chooses("make", "836491");

    expect(await place.vault.kind()).toBe("passcode");
    expect(said()).toBe("Made.");
    expect(parts()).toEqual(["free passcode", "passcode"]);
    expect(persist).toHaveBeenCalledOnce();
    expect(place.lockSeconds).toBe(30);
  });

  it("what is there then is read from its heading on", async () => {
    await looks();

    await chooses("make", "836491");

    expect(document.activeElement).toBe(within(place, "h1"));
  });

  it("none makes one that opens by itself", async () => {
    await looks();

    await presses("[data-free]");

    expect(await place.vault.kind()).toBe("free");
    expect(parts()).toEqual(["free passcode"]);
  });

  it.each([
    [true, "[data-stays]", "[data-may-go]"],
    [false, "[data-may-go]", "[data-stays]"],
  ])("the browser's answer is put into words: %s", async (answer, shown, other) => {
    persist.mockResolvedValue(answer);
    await looks();

    await presses("[data-free]");

    expect(isShown(shown)).toBe(true);
    expect(isShown(other)).toBe(false);
  });

  it("a browser that never answers holds nothing up", async () => {
    persist.mockReturnValue(new Promise(() => undefined));
    await looks();

    await chooses("make", "836491");

    expect(said()).toBe("Made.");
  });

  it("what is made after she has left is locked", async () => {
    await looks();
    const create = vi.spyOn(place.vault, "create").mockImplementation(async (code) => {
      await settle();
      place.vault.first = code;
      place.vault.open = true;
    });
    within(place, "[data-free]").click();

    place.leave();
    endVisit();
    await settle();
    await settle();

    expect(create).toHaveBeenCalledOnce();
    expect(place.vault.isOpen()).toBe(false);
  });
});

describe("Where it is looked at", () => {
  it("Safari on an iPhone makes no vault, and leads to the home screen", async () => {
    onPhone({ standalone: false });

    await looks();

    expect(parts()).toEqual(["apple"]);
  });

  it("the installed app on an iPhone does", async () => {
    onPhone({ standalone: true });

    await looks();

    expect(parts()).toEqual(["absent"]);
    expect(isShown("[data-tab]")).toBe(false);
  });

  it("a browser's tab warns that the browser may clear it", async () => {
    await looks();

    expect(isShown("[data-tab]")).toBe(true);
  });

  it("the installed app has no such warning", async () => {
    onPhone({}, "standalone");

    await looks();

    expect(isShown("[data-tab]")).toBe(false);
  });

  it("a phone without a private file for the key says so", async () => {
    place.vault.deviceFile = false;
    await keepsWith("836491");

    expect(isShown("[data-no-file]")).toBe(true);
  });
});

describe("The code", () => {
  it("can be changed", async () => {
    await keepsWith("836491");

    await chooses("change", "kettle orbit");

    expect(place.vault.first).toBe("kettle orbit");
    expect(said()).toBe("Changed.");
  });

  it("can be given up, and one can be chosen later", async () => {
    await keepsWith("836491");

    await presses("[data-drop-code]");
    expect(await place.vault.kind()).toBe("free");
    expect(said()).toBe("No code now.");
    expect(parts()).toEqual(["free passcode"]);

    await chooses("change", "8364");
    expect(await place.vault.kind()).toBe("passcode");
  });
});

describe("The second code", () => {
  it("can be set, changed and removed", async () => {
    await keepsWith("836491");
    expect(isShown("[data-has-second]")).toBe(false);

    await chooses("second", "907351");
    expect(place.vault.second).toBe("907351");
    expect(isShown("[data-has-second]")).toBe(true);
    await chooses("second", "907352");
    expect(place.vault.second).toBe("907352");
    expect(said()).toBe("Second set.");

    await presses("[data-drop-second]");
    expect(place.vault.second).toBeUndefined();
    expect(said()).toBe("No second.");
    expect(isShown("[data-has-second]")).toBe(false);
  });

  it("cannot be the first one", async () => {
    await keepsWith("836491");

    await chooses("second", "836491");

    expect(place.vault.second).toBeUndefined();
    expect(within(place, "[data-for=second] [data-error]").textContent).toBe("Your first.");
  });
});

describe("Her choices", () => {
  it("are half a minute and never, unless she chooses otherwise", async () => {
    await keepsWith("836491");

    expect(await readChoices(place.vault)).toEqual({ lockAfterSeconds: 30 });
  });

  it("are kept together in the vault, count at once, and are there next time", async () => {
    await keepsWith("836491");

    await picks("[data-lock]", "300");
    await picks("[data-wipe]", "10");
    await looks();

    expect(await readChoices(place.vault)).toEqual({ lockAfterSeconds: 300 });
    expect(await place.vault.wipeAfter()).toBe(10);
    expect(place.lockSeconds).toBe(300);
    expect((within(place, "[data-lock]") as HTMLSelectElement).value).toBe("300");
    expect((within(place, "[data-wipe]") as HTMLSelectElement).value).toBe("10");
    expect((await place.vault.load("settings")).entries).toHaveLength(1);
  });

  it.each([null, "x", { lockAfterSeconds: 7 }, { lockAfterSeconds: "300" }])(
    "that make no sense are the usual ones: %j",
    async (value) => {
      await keepsWith("836491");
      await place.vault.save("settings", value);

      expect(await readChoices(place.vault)).toEqual({ lockAfterSeconds: 30 });
    },
  );
});

describe("What the vault refuses", () => {
  it.each<[VaultTrouble, string]>([
    ["memory", "Memory."],
    ["full", "Full."],
    ["damaged", "Not done."],
  ])("is said in words, and nothing typed is lost by it: %s", async (code, words) => {
    await looks();
    place.vault.trouble = code;

    await chooses("make", "836491");

    expect(trouble()).toBe(words);
    expect(said()).toBe("");
    expect((within(place, "[data-for=make] [data-code]") as HTMLInputElement).value).toBe("836491");
  });

  it("is said before anything is typed where the browser keeps nothing at all", async () => {
    place.vault.trouble = "blocked";

    await looks();

    expect(trouble()).toBe("Blocked.");
    expect(parts()).toEqual(["blocked"]);
  });
});
