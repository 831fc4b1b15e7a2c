// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readSpare } from "../../../pwa/inside/elsewhere/spare.ts";
import { bytesOfName } from "../../../pwa/shared/bytes.ts";
import { sealBlob } from "../../../pwa/vault/saved-blob.ts";
import { HostInMemory } from "../host-in-memory.ts";
import { furnishCopyViews, OwnPhone } from "./copy-views.ts";

let host: HostInMemory;
let phone: OwnPhone;

beforeAll(furnishCopyViews);

beforeEach(() => {
  host = new HostInMemory();
  phone = new OwnPhone(host, "first");
});

describe("The view of a copy with the server", () => {
  it("leads to where keeping is set up while nothing is kept, and asks the server nothing", async () => {
    phone.opens("elsewhere");

    await phone.sees('[data-when="absent"]');
    expect(phone.shows("[data-begin]")).toBe(false);
    expect(host.asked).toEqual([]);
  });

  it("asks the server nothing before she turns it on", async () => {
    await phone.keeps();
    phone.opens("elsewhere");
    await phone.sees("[data-begin]");

    phone.press("[data-begin]");
    await phone.sees('[data-part="words"]');

    expect(host.asked).toEqual([]);
    expect(phone.shows("[data-save]")).toBe(false);
  });

  it("says when it was saved, once it is on, and shows no words any more", async () => {
    await phone.keeps();
    phone.opens("elsewhere");
    await phone.turnsCopyOn();
    await phone.told("turned-on");

    expect(phone.text("[data-saved-at]")).toContain(String(new Date().getFullYear()));
    expect(phone.text("ol")).toBe("");
    phone.press("[data-save]");
    await phone.told("saved");
  });

  it("lets her try again with the same words where there was no connection", async () => {
    await phone.keeps();
    phone.opens("elsewhere");
    host.online = false;
    await phone.turnsCopyOn();
    await phone.told("offline");
    expect(phone.shows("[data-turn-on]")).toBe(true);

    host.online = true;
    phone.press("[data-turn-on]");

    await phone.told("turned-on");
    expect(host.only.words).not.toBeNull();
  });

  it("erases the copy after a second yes", async () => {
    await phone.keeps();
    phone.opens("elsewhere");
    await phone.turnsCopyOn();
    await phone.told("turned-on");

    phone.press("[data-ask-off]");
    expect(document.activeElement?.matches("[data-keep-on]")).toBe(true);
    phone.press("[data-keep-on]");
    expect(host.only.copy).toBeDefined();
    phone.press("[data-ask-off]");
    phone.press("[data-turn-off]");

    await phone.told("turned-off");
    expect(host.only.copy).toBeUndefined();
    expect(phone.shows("[data-save]")).toBe(false);
  });

  it("offers to save over another phone's copy only when that was in the way", async () => {
    await phone.keeps();
    phone.opens("elsewhere");
    await phone.turnsCopyOn();
    await phone.told("turned-on");
    // As another of her phones saves it, that the same words have brought it back on.
    const key = bytesOfName((await readSpare(phone.vault))?.value.key ?? "");
    host.only.copy = await sealBlob([], key);

    phone.press("[data-save]");
    await phone.told("elsewhere");
    await phone.sees("[data-take-over]");
    phone.press("[data-take-over]");

    await phone.told("saved");
    expect(phone.shows("[data-take-over]")).toBe(false);
  });
});
