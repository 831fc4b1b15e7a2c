import { beforeEach, describe, expect, it } from "vitest";
import { blocked, full } from "../caches-in-memory.ts";
import { Phone, planOf, siteOfVersion } from "./phone.ts";

let phone: Phone;
let chosenLanguage: () => Promise<string>;

beforeEach(async () => {
  phone = new Phone();
  phone.surround(planOf(siteOfVersion(1), 1));
  ({ chosenLanguage } = await import("../../../pwa/service-worker/language.ts"));
});

describe("The phone's language", () => {
  it("is the one the page noted", async () => {
    await phone.chooses("es");

    expect(await chosenLanguage()).toBe("es");
  });

  it("is the server's first as long as nothing is noted", async () => {
    expect(await chosenLanguage()).toBe("en");
  });

  it.each(["xx", "", "toString", "<html>"])("is the server's first when the note is of no use: %j", async (note) => {
    await phone.chooses(note);

    expect(await chosenLanguage()).toBe("en");
  });

  it.each([blocked, full])("is the server's first where the phone refuses its storage", async (refusal) => {
    phone.caches.refuses.open = refusal;

    expect(await chosenLanguage()).toBe("en");
  });
});
