// @vitest-environment happy-dom
import { beforeAll, describe, expect, it, vi } from "vitest";
import { writeBackup, writeExport } from "../../../pwa/vault/export-file.ts";
import { wordsOf } from "../../../pwa/vault/recovery-words.ts";
import { CHEAP, derive } from "../vault/cheap-derive.ts";
import { furnishCopies, saidIn, showCopies, WORDS, type CopiesPlace } from "./copies.ts";
import { vaultInMemory, type MemoryVault } from "./vault-of-copies.ts";
import { within } from "./visiting.ts";

const PART = NAMES.openCopy;
const recipe = { cost: CHEAP };
const SECRET = Uint8Array.from([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
const section = (call: string) => ({ section: "now", answers: { call } });
const ENTRIES = [
  { kind: "section", value: section("from the file"), at: 1 },
  { kind: "note", value: { day: "2026-11-26", text: "A note." }, at: 2 },
  { kind: "key", value: "another phone's", at: 3 },
];

beforeAll(furnishCopies);

const withPassphrase = async (): Promise<Uint8Array<ArrayBuffer>> =>
  writeExport(ENTRIES, "four rivers", derive, recipe);

function choose(place: CopiesPlace, bytes: Uint8Array<ArrayBuffer>, input = within(place, "[data-file]")): void {
  Object.defineProperty(input, "files", { configurable: true, value: [new File([bytes], "backup.dat")] });
  input.dispatchEvent(new Event("change"));
}

async function look(place: CopiesPlace, typed: string): Promise<void> {
  (within(place, `${PART} [data-secret]`) as HTMLInputElement).value = typed;
  within(place, `${PART} form`).dispatchEvent(new Event("submit", { cancelable: true }));
  await vi.waitFor(() => {
    expect(within(place, PART).hasAttribute("aria-busy")).toBe(false);
  });
}

async function opened(vault: MemoryVault): Promise<CopiesPlace> {
  const { place } = showCopies(vault);
  choose(place, await withPassphrase());
  await look(place, "four rivers");
  return place;
}

async function add(place: CopiesPlace): Promise<void> {
  within(place, "[data-add]").click();
  await vi.waitFor(() => {
    expect(within(place, PART).hasAttribute("aria-busy")).toBe(false);
  });
}

describe("A file that was made before", () => {
  it("is looked into first, and nothing changes", async () => {
    const vault = vaultInMemory("free");
    const place = await opened(vault);

    expect(within(place, "[data-held]").hidden).toBe(false);
    expect(within(place, '[data-count="section"]').textContent).toBe("1");
    expect(within(place, "[data-new]").textContent).toBe("2");
    expect(vault.held).toEqual([]);
  });

  it("is added beside what is here: both are kept where both have something", async () => {
    const vault = vaultInMemory("free", ["section", section("from the phone")]);
    const place = await opened(vault);

    await add(place);

    expect(saidIn(place, PART)).toEqual(["added"]);
    expect(vault.held.map(({ kind, value, copyOf }) => [kind, value, copyOf])).toEqual([
      ["section", section("from the phone"), undefined],
      ["section", section("from the file"), "id-1"],
      ["note", { day: "2026-11-26", text: "A note." }, undefined],
    ]);
  });

  it("adds nothing the second time", async () => {
    const vault = vaultInMemory("free");
    await add(await opened(vault));
    const place = await opened(vault);

    expect(saidIn(place, PART)).toEqual(["all-here"]);
    expect(within(place, "[data-add]").hidden).toBe(true);
    expect(vault.held).toHaveLength(2);
  });

  it("can be left", async () => {
    const vault = vaultInMemory("free");
    const place = await opened(vault);

    within(place, `${PART} [data-leave-it]`).click();

    expect(saidIn(place, PART)).toEqual(["left"]);
    expect(vault.held).toEqual([]);
  });

  it("keeps what fitted when the phone is full, and adds the rest later", async () => {
    const vault = vaultInMemory("free");
    vault.room = 1;
    await add(await opened(vault));
    expect(vault.held).toHaveLength(1);

    vault.room = Infinity;
    const place = await opened(vault);
    expect(within(place, "[data-new]").textContent).toBe("1");
    await add(place);

    expect(vault.held.map(({ kind }) => kind)).toEqual(["section", "note"]);
  });

  it("goes on where it stopped when the phone has room again", async () => {
    const vault = vaultInMemory("free");
    vault.room = 1;
    const place = await opened(vault);
    await add(place);
    expect(saidIn(place, PART)).toEqual(["full"]);

    vault.room = Infinity;
    await add(place);

    expect(vault.held.map(({ kind }) => kind)).toEqual(["section", "note"]);
  });

  it("opens with eight words as well, and says which is not in the list", async () => {
    const { place } = showCopies(vaultInMemory("free"));
    choose(place, await writeBackup(ENTRIES, SECRET, derive, recipe));
    const words = await wordsOf(SECRET, WORDS);

    await look(place, [...words.slice(0, 7), "Zzyzx"].join(" "));
    expect(saidIn(place, PART)).toEqual(["unknown"]);
    expect(within(place, "[data-unknown]").textContent).toBe("zzyzx");

    await look(place, words.join(", ").toUpperCase());
    expect(within(place, "[data-held]").hidden).toBe(false);
  });

  it.each([
    ["another passphrase", "five rivers", async () => withPassphrase(), "wrong"],
    ["a long passphrase of other words", "qa qb qc qd qe qf qg", async () => withPassphrase(), "wrong"],
    ["no passphrase", "", async () => withPassphrase(), "no-secret"],
    ["a picture", "four rivers", () => Promise.resolve(Uint8Array.from([0xff, 0xd8])), "not-ours"],
    ["half a file", "four rivers", async () => (await withPassphrase()).slice(0, 5000), "damaged"],
  ])("says why it does not open: %s", async (_, typed, make, why) => {
    const vault = vaultInMemory("free");
    const { place } = showCopies(vault);
    choose(place, await make());

    await look(place, typed);

    expect(saidIn(place, PART)).toEqual([why]);
    expect((within(place, `${PART} [data-secret]`) as HTMLInputElement).value).toBe(typed);
    expect(vault.held).toEqual([]);
  });

  it("waits when choosing it has led back to the cover", async () => {
    // Given a phone that hides the page while a file is chosen, so that the view is gone when the choice is made
    const { place, show } = showCopies(vaultInMemory("free"));
    const input = within(place, "[data-file]");
    place.view.replaceChildren();
    choose(place, await withPassphrase(), input);

    // When the person comes in again
    show();

    // Then it is there, and opens
    expect(within(place, "[data-name]").textContent).toBe("backup.dat");
    await look(place, "four rivers");
    expect(within(place, "[data-held]").hidden).toBe(false);
  });
});
