import { beforeEach, describe, expect, it, vi } from "vitest";
import { keepNote, readNote } from "../../../pwa/shared/notes.ts";
import { blocked, CachesInMemory } from "../caches-in-memory.ts";

const SIP = { cover: "sip", scope: "/sip/" };
const PANTRY = { cover: "pantry", scope: "/pantry/" };
let store: CachesInMemory;

beforeEach(() => {
  store = new CachesInMemory();
  vi.stubGlobal("caches", store);
});

describe("A note", () => {
  it("is read as it was kept, until another takes its place", async () => {
    await keepNote(SIP, "lang", "en");
    await keepNote(SIP, "lang", "es");

    expect(await readNote(SIP, "lang")).toBe("es");
    expect(store.contents()).toEqual({ [`sip-${NAMES.keptCache}`]: ["/sip/lang"] });
  });

  it("is one cover's alone", async () => {
    await keepNote(SIP, "lang", "es");

    expect(await readNote(PANTRY, "lang")).toBeUndefined();
  });

  it("goes when it is kept without a text", async () => {
    await keepNote(SIP, "lang", "es");
    await keepNote(SIP, "lang");

    expect(await readNote(SIP, "lang")).toBeUndefined();
  });

  it("is none where the phone refuses its storage, and keeping it fails aloud", async () => {
    vi.stubGlobal("caches", { open: () => Promise.reject(blocked()) });

    expect(await readNote(SIP, "lang")).toBeUndefined();
    await expect(keepNote(SIP, "lang", "es")).rejects.toThrow("insecure");
  });
});
