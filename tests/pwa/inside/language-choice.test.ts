// @vitest-environment happy-dom
import { gzipSync } from "node:zlib";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { LanguageChoice } from "../../../pwa/inside/language-choice.ts";
import { openChosenPack, type Pack } from "../../../pwa/inside/open-pack.ts";
import { beginVisit, currentVisit, endVisit, showView } from "../../../pwa/inside/room.ts";
import { blocked, CachesInMemory } from "../caches-in-memory.ts";
import { layOutRoom, PACK, within, type TestPlace } from "./visiting.ts";

const CHOICE = `<h1 tabindex="-1">Start</h1><${NAMES.languageChoice}>
  <select><option value="en" selected>English</option><option value="ar">العربية</option></select>
  <p data-said="working" hidden>One moment</p><p data-said="failed" hidden>Needs a connection</p>
</${NAMES.languageChoice}>`;
const ENGLISH: Pack = { ...PACK, views: { ...PACK.views, start: CHOICE } };
const ARABIC: Pack = {
  ...ENGLISH,
  language: "ar",
  direction: "rtl",
  views: { ...ENGLISH.views, start: CHOICE.replace("Start", "مرحبًا") },
};
const NOTE = ["sip-kept", `/sip/${NAMES.insideEntry}`] as const;

let place: TestPlace;
let store: CachesInMemory;
/** What the network, or the worker in its place, has; the rest is out of reach. */
let had: Map<string, Pack>;
let asked: string[];

beforeAll(() => {
  customElements.define(NAMES.languageChoice, LanguageChoice);
});

beforeEach(() => {
  place = layOutRoom();
  const data = document.createElement("script");
  data.id = "data";
  data.type = "application/json";
  data.textContent = JSON.stringify({ cover: "sip", scope: "/sip/", language: "en" });
  document.body.append(data);
  place.kept.set(NAMES.exitSeenKey, "1");
  store = new CachesInMemory();
  vi.stubGlobal("caches", store);
  had = new Map([
    ["/b/en.bin", ENGLISH],
    ["/b/ar.bin", ARABIC],
  ]);
  asked = [];
  vi.stubGlobal("fetch", (address: string) => {
    asked.push(address);
    const pack = had.get(address);
    return pack
      ? Promise.resolve(new Response(new Uint8Array(gzipSync(JSON.stringify(pack)))))
      : Promise.reject(new TypeError("Failed to fetch"));
  });
  beginVisit({ place, pack: ENGLISH });
});

async function noted(): Promise<string | undefined> {
  return (await (await store.open(NOTE[0])).match(NOTE[1]))?.text();
}

async function note(language: string): Promise<void> {
  await (await store.open(NOTE[0])).put(NOTE[1], new Response(language));
}

const select = (): HTMLSelectElement => within(place, "select") as HTMLSelectElement;

function pick(language: string): void {
  select().value = language;
  select().dispatchEvent(new Event("change"));
}

const comes = (language: string) =>
  vi.waitFor(() => {
    expect(place.view.lang).toBe(language);
  });

describe("The language in here", () => {
  it("is changed at once, and turns the view round where it runs the other way", async () => {
    showView("start");
    expect([place.view.lang, place.view.dir]).toEqual(["en", "ltr"]);

    pick("ar");
    await comes("ar");

    expect(place.view.dir).toBe("rtl");
    expect(within(place, "h1").textContent).toBe("مرحبًا");
    expect(document.documentElement.lang).not.toBe("ar");
  });

  it("is noted under the cover, for the worker to lay by and for the next time", async () => {
    showView("start");
    pick("ar");
    await comes("ar");

    await vi.waitFor(async () => {
      expect(await noted()).toBe("ar");
    });
    expect((await openChosenPack(place)).language).toBe("ar");
  });

  it("leaves no note where it is the cover's again", async () => {
    await note("ar");
    beginVisit({ place, pack: ARABIC });
    showView("start");

    pick("en");
    await comes("en");

    await vi.waitFor(async () => {
      expect(await noted()).toBeUndefined();
    });
  });

  it("stays, and says why, where the other one cannot be had", async () => {
    had.delete("/b/ar.bin");
    showView("start");

    pick("ar");
    await vi.waitFor(() => {
      expect(within(place, '[data-said="failed"]').hidden).toBe(false);
    });

    expect(select().value).toBe("en");
    expect(place.view.lang).toBe("en");
    expect(await noted()).toBeUndefined();
  });

  it("changes for as long as the visit lasts where the phone keeps nothing", async () => {
    store.refuses.put = blocked;
    showView("start");

    pick("ar");
    await comes("ar");

    expect(await noted()).toBeUndefined();
  });

  it("brings nothing back to somebody who has left meanwhile", async () => {
    showView("start");
    pick("ar");
    place.leave();
    endVisit();
    await new Promise((done) => setTimeout(done, 20));

    expect(place.view.childNodes).toHaveLength(0);
    expect(currentVisit()).toBeUndefined();
    expect(await noted()).toBeUndefined();
  });

  it("leaves the room as it was, for what the door says there in the cover's language", () => {
    beginVisit({ place, pack: ARABIC });
    showView("start");

    endVisit();

    expect(place.view.hasAttribute("lang")).toBe(false);
    expect(place.view.hasAttribute("dir")).toBe(false);
  });
});

describe("Coming in", () => {
  it("opens the cover's language where none was chosen, and asks for no other", async () => {
    expect((await openChosenPack(place)).language).toBe("en");

    expect(asked).toEqual(["/b/en.bin"]);
  });

  it("opens the cover's language where the chosen one cannot be had: help in another language is help", async () => {
    await note("ar");
    had.delete("/b/ar.bin");

    expect((await openChosenPack(place)).language).toBe("en");
  });

  it("opens the cover's language where the phone does not say what was chosen", async () => {
    vi.stubGlobal("caches", { open: () => Promise.reject(blocked()) });

    expect((await openChosenPack(place)).language).toBe("en");
  });
});
