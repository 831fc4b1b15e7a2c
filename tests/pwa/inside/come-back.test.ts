// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { HostInMemory } from "../host-in-memory.ts";
import { furnishCopyViews, OwnPhone, WORDS } from "./copy-views.ts";

let host: HostInMemory;
let old: OwnPhone;
let fresh: OwnPhone;
let words: readonly string[];

beforeAll(furnishCopyViews);

beforeEach(async () => {
  vi.stubGlobal("caches", { keys: () => Promise.resolve([]) });
  host = new HostInMemory();
  old = new OwnPhone(host, "old");
  fresh = new OwnPhone(host, "fresh");
  await old.keeps();
  await old.vault.save("note", { day: "2026-11-26", text: "A note." });
  old.opens("elsewhere");
  words = await old.turnsCopyOn();
  await old.told("turned-on");
  host.asked.length = 0;
});

async function typesWords(typed: string): Promise<void> {
  fresh.opens("back");
  await fresh.sees("[data-typed]");
  fresh.types("[data-typed]", typed);
  fresh.submits("form[data-words]");
}

const notesOn = async (phone: OwnPhone): Promise<unknown[]> =>
  (await phone.vault.load("note")).entries.map(({ value }) => value);

describe("Eight words on a new phone", () => {
  it("bring everything back into a place without a code", async () => {
    await typesWords(words.join(" "));
    await fresh.sees("[data-free]");
    expect(fresh.text('[data-count="note"]')).toBe("1");
    expect(await fresh.vault.kind()).toBe("absent");
    fresh.press("[data-free]");

    await fresh.sees('[data-part="done"]');
    expect(await fresh.vault.kind()).toBe("free");
    expect(await notesOn(fresh)).toEqual([{ day: "2026-11-26", text: "A note." }]);
  });

  it("bring everything back behind a code of this phone's own", async () => {
    await typesWords(words.map((word) => word.slice(0, 4).toUpperCase()).join(", "));
    await fresh.sees("[data-code]");
    for (const field of fresh.place.view.querySelectorAll<HTMLInputElement>("[data-code]")) field.value = "836491";
    fresh.submits(`${NAMES.codeForm} form`);

    await fresh.sees('[data-part="done"]');
    expect(fresh.vault.first).toBe("836491");
    expect(fresh.place.lockSeconds).toBe(30);
    expect(await notesOn(fresh)).toHaveLength(1);
  });

  it("say which is not in the list, and ask nobody", async () => {
    await typesWords(["xylofon", ...words.slice(1)].join(" "));

    await fresh.told("unknown");
    expect(fresh.text("[data-unknown]")).toBe("xylofon");
    expect(host.asked).toEqual([]);
    expect(fresh.typed("textarea")).toContain("xylofon");
  });

  it.each([7, 9])("say so when they are %i", async (count) => {
    await typesWords([...words, ...words].slice(0, count).join(" "));

    await fresh.told("eight");
  });

  it("say the same kind thing where the server does not know them", async () => {
    host.only.words = null;
    await typesWords(words.join(" "));

    await fresh.told("closed");
    expect(await fresh.vault.kind()).toBe("absent");
  });

  it("ask nobody where they cannot belong together, and say the same", async () => {
    await typesWords(WORDS.slice(0, 8).join(" "));

    await fresh.told("closed");
    expect(host.asked).toEqual([]);
  });

  it("wait for a connection, and stay typed", async () => {
    host.online = false;
    await typesWords(words.join(" "));

    await fresh.told("offline");
    expect(fresh.typed("textarea")).not.toBe("");
  });

  it("add to what this phone has already, once she says so", async () => {
    await fresh.keeps();
    await fresh.vault.save("note", { day: "2026-11-25", text: "Mine." });
    await typesWords(words.join(" "));
    await fresh.sees("[data-add]");
    expect(await notesOn(fresh)).toHaveLength(1);

    fresh.press("[data-add]");

    await fresh.sees('[data-part="done"]');
    expect(await notesOn(fresh)).toHaveLength(2);
  });

  it("never take the place of an account that this phone has", async () => {
    old.opens("back");

    await old.sees('[data-part="taken"]');
    expect(old.shows("[data-typed]")).toBe(false);
  });

  it("begin nothing in Safari on an iPhone, which keeps nothing in common with the home screen", async () => {
    vi.stubGlobal("navigator", { standalone: false });
    fresh.opens("back");

    await fresh.sees('[data-part="apple"]');
  });

  it("make nothing where she has left meanwhile", async () => {
    await typesWords(words.join(" "));
    await fresh.sees("[data-free]");
    fresh.place.leave();

    expect(await fresh.vault.kind()).toBe("absent");
  });
});
