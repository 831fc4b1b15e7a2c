// @vitest-environment happy-dom
import { gzipSync } from "node:zlib";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { enter } from "../../../pwa/inside/inside.ts";
import { currentVisit } from "../../../pwa/inside/room.ts";
import type { VaultInMemory } from "../vault-in-memory.ts";
import { heading, layOutRoom, PACK, within, type TestPlace } from "./visiting.ts";

// One vault for as long as the page lives, as on a phone; it is made before the inside is loaded.
const vault = await vi.hoisted(async () => {
  const { VaultInMemory: Kept } = await import("../vault-in-memory.ts");
  return new Kept();
});
vi.mock("../../../pwa/vault/vault.ts", () => ({ openVault: (): VaultInMemory => vault }));

const fetched = vi.fn<() => Promise<Response>>();
// One place for all of them: a page has one room, and the inside is furnished once.
let place: TestPlace;

beforeAll(() => {
  place = layOutRoom();
});

beforeEach(() => {
  place.view.replaceChildren();
  vault.first = undefined;
  vault.open = false;
  fetched
    .mockReset()
    .mockImplementation(() => Promise.resolve(new Response(new Uint8Array(gzipSync(JSON.stringify(PACK))))));
  vi.stubGlobal("fetch", fetched);
});

/** The place as it is for one visit; `leaves()` ends it. */
function visit(): { place: TestPlace; leaves: () => void } {
  let here = true;
  return { place: { ...place, isAwaited: () => here }, leaves: () => (here = false) };
}

describe("Coming in", () => {
  it("shows the first view of the pack", async () => {
    await enter(visit().place);

    expect(fetched).toHaveBeenCalledOnce();
    expect(heading(place)).toBe("How Close works");
  });

  it("brings the parts of a view to life under their dull names", async () => {
    place.kept.set(NAMES.exitSeenKey, "1").set(NAMES.countryKey, "GB");
    await enter(visit().place);

    within(place, '[data-go="lines"]').click();

    expect(within(place, "[data-country]").textContent).toContain("Call 999");
    for (const name of [NAMES.helpLines, NAMES.groundingExercise, NAMES.breathPacer]) {
      expect(customElements.get(name)).toBeDefined();
    }
  });

  it("can be done again and again", async () => {
    for (let times = 0; times < 3; times += 1) await enter(visit().place);

    expect(heading(place)).toBe("Start");
  });

  it("follows a link once, however often somebody came in", async () => {
    await enter(visit().place);
    await enter(visit().place);
    const shown = vi.spyOn(place.view, "replaceChildren");

    within(place, '[data-go="lines"]').click();

    expect(shown).toHaveBeenCalledOnce();
  });

  it("shows nothing to somebody who left while the pack was loading", async () => {
    const { place: here, leaves } = visit();
    const entering = enter(here);

    leaves();
    await entering;

    expect(place.view.childNodes).toHaveLength(0);
  });

  it("rejects when there is no pack to be had, so that the door can say so", async () => {
    fetched.mockRejectedValue(new TypeError("Failed to fetch"));

    await expect(enter(visit().place)).rejects.toThrow("Failed to fetch");

    expect(place.view.childNodes).toHaveLength(0);
  });
});

describe("Leaving", () => {
  it("drops the pack", async () => {
    await enter(visit().place);
    expect(currentVisit()).toBeDefined();

    for (const forget of place.forgetters) forget("exit");

    expect(currentVisit()).toBeUndefined();
  });
});

describe("The vault", () => {
  const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 20));

  it("is in the hands of the views", async () => {
    await enter(visit().place);

    expect(currentVisit()?.place.vault).toBe(vault);
  });

  it("stands before the pack: nothing is fetched, and nothing shown, before the passcode", async () => {
    vault.first = "836491";
    const entering = enter(visit().place);
    await settle();
    expect(fetched).not.toHaveBeenCalled();
    expect(place.view.childNodes).toHaveLength(0);

    const field = place.gate.querySelector("input");
    if (field) field.value = "836491";
    place.gate.querySelector<HTMLButtonElement>("[type=submit]")?.click();
    await entering;

    expect(heading(place)).not.toBe("");
  });

  it("is locked in the step that forgets", async () => {
    vault.first = "";
    await enter(visit().place);
    expect(vault.isOpen()).toBe(true);

    for (const forget of place.forgetters) forget("exit");

    expect(vault.isOpen()).toBe(false);
  });

  it("stays open out of sight for half a minute, unless she chose otherwise", async () => {
    vault.first = "";
    await enter(visit().place);

    for (const forget of place.forgetters) forget("hidden");
    expect(vault.isOpen()).toBe(true);
    expect(currentVisit()).toBeUndefined();

    for (const forget of place.forgetters) forget("exit");
    expect(vault.isOpen()).toBe(false);
  });
});
