// @vitest-environment happy-dom
import { beforeAll, describe, expect, it, vi } from "vitest";
import { readExport } from "../../../pwa/vault/export-file.ts";
import { bytesOf, cheaply, furnishCopies, saidIn, showCopies, type CopiesPlace } from "./copies.ts";
import { vaultInMemory } from "./vault-of-copies.ts";
import { within } from "./visiting.ts";

const NOTE = ["note", { day: "2026-11-26", text: "A note." }] as const;
const PASSPHRASE = "four rivers and a hat";

beforeAll(furnishCopies);

function type(place: CopiesPlace, ...texts: readonly string[]): void {
  place.view.querySelectorAll<HTMLInputElement>("[data-make] [data-secret]").forEach((field, at) => {
    field.value = texts[at] ?? "";
  });
  within(place, "[data-make]").dispatchEvent(new Event("submit", { cancelable: true }));
}

describe("A copy under a passphrase", () => {
  it("is a file with a dull name that the passphrase opens", async () => {
    const { place, downloads } = showCopies(vaultInMemory("passcode", NOTE, ["settings", {}], ["key", "private"]));

    type(place, PASSPHRASE, PASSPHRASE);
    await vi.waitFor(() => {
      expect(saidIn(place, "[data-make]")).toEqual(["made"]);
    });

    expect(downloads.map(({ name }) => name)).toEqual(["backup.dat"]);
    const entries = await readExport(await bytesOf(downloads[0]), PASSPHRASE, cheaply);
    expect(entries.map(({ kind }) => kind)).toEqual(["note"]);
    expect(within(place, "[data-make] [data-secret]")).toHaveProperty("value", "");
  });

  it("is not made with two passphrases, or a short one; what was typed stays", () => {
    const { place, downloads } = showCopies(vaultInMemory("free", NOTE));

    type(place, PASSPHRASE, `${PASSPHRASE}!`);
    expect(saidIn(place, "[data-make]")).toEqual(["unequal"]);
    type(place, "eleven chars".slice(1), "eleven chars".slice(1));
    expect(saidIn(place, "[data-make]")).toEqual(["short"]);

    expect(downloads).toEqual([]);
    expect(within(place, "[data-make] [data-secret]")).toHaveProperty("value", "leven chars");
  });

  it("does not turn up over the cover when the person has left meanwhile", async () => {
    const { place, downloads } = showCopies(vaultInMemory("free", NOTE));

    type(place, PASSPHRASE, PASSPHRASE);
    place.leave();
    await new Promise((resolve) => setTimeout(resolve, 300));

    expect(downloads).toEqual([]);
  });

  it("is made once, however often the button is pressed", async () => {
    const { place, downloads } = showCopies(vaultInMemory("free", NOTE));

    type(place, PASSPHRASE, PASSPHRASE);
    type(place, PASSPHRASE, PASSPHRASE);
    await vi.waitFor(() => {
      expect(saidIn(place, "[data-make]")).toEqual(["made"]);
    });

    expect(downloads).toHaveLength(1);
  });

  it("can be typed in sight", () => {
    const { place } = showCopies(vaultInMemory("free"));
    const reveal = within(place, "[data-reveal]") as HTMLInputElement;

    reveal.checked = true;
    reveal.dispatchEvent(new Event("change"));

    expect(within(place, "[data-make] [data-secret]")).toHaveProperty("type", "text");
  });

  it.each([
    ["absent", true],
    ["free", false],
    ["passcode", false],
  ] as const)("is offered only where something is kept: %s", async (kind, isAbsent) => {
    const { place } = showCopies(vaultInMemory(kind));

    await vi.waitFor(() => {
      expect(within(place, "[data-absent]").hidden).toBe(!isAbsent);
      expect(within(place, "[data-present]").hidden).toBe(isAbsent);
    });
  });
});

describe("Plain text", () => {
  it("is made only after a warning", async () => {
    const answers = { bag: { done: ["keys"] } };
    const { place, downloads } = showCopies(vaultInMemory("free", ["section", { section: "now", answers }], NOTE));

    within(place, "[data-ask]").click();
    expect(within(place, "[data-warning]").hidden).toBe(false);
    expect(downloads).toEqual([]);
    within(place, "[data-save]").click();
    await vi.waitFor(() => {
      expect(saidIn(place, "[data-plain]")).toEqual(["made"]);
    });

    expect(downloads[0]?.name).toBe("list.txt");
    expect(new TextDecoder().decode(await bytesOf(downloads[0]))).toBe(
      "Right now\n=========\n\nWhat goes in?\n[x] Keys\n\nNotes\n=====\n\n2026-11-26\nA note.",
    );
    expect(within(place, "[data-warning]").hidden).toBe(true);
  });

  it("can be left, and is none where nothing is written", async () => {
    const { place, downloads } = showCopies(vaultInMemory("free"));

    within(place, "[data-ask]").click();
    within(place, "[data-plain] [data-leave-it]").click();
    expect(within(place, "[data-warning]").hidden).toBe(true);

    within(place, "[data-save]").click();
    await vi.waitFor(() => {
      expect(saidIn(place, "[data-plain]")).toEqual(["empty"]);
    });
    expect(downloads).toEqual([]);
  });
});
