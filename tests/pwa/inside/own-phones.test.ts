// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openAccount } from "../../../pwa/inside/account.ts";
import { HostInMemory } from "../host-in-memory.ts";
import { furnishCopyViews, OwnPhone } from "./copy-views.ts";

let host: HostInMemory;
let first: OwnPhone;
let second: OwnPhone;

beforeAll(furnishCopyViews);

beforeEach(async () => {
  host = new HostInMemory();
  first = new OwnPhone(host, "first");
  second = new OwnPhone(host, "second");
  await first.keeps();
  await second.keeps();
  first.opens("phones");
  await openAccount(first.vault);
});

async function addsSecond(): Promise<void> {
  first.opens("phones");
  await first.sees("[data-offer]");
  first.press("[data-offer]");
  await first.sees("[data-offered]");
  const code = first.text("[data-code-shown]");
  second.opens("phones");
  await second.sees("[data-typed]");
  second.types("[data-typed]", code.toUpperCase());
  second.submits("form");
  await second.told("joined");
}

describe("The view of her phones", () => {
  it("leads to where keeping is set up while nothing is kept", async () => {
    const third = new OwnPhone(host, "third");
    third.opens("phones");

    await third.sees('[data-when="absent"]');
  });

  it("adds another by the code that the first one shows", async () => {
    await addsSecond();

    expect(second.text("[data-others]")).toBe("1");
    expect(second.shows('[data-asks="others"]')).toBe(true);
  });

  it("forgets the code with the view", async () => {
    first.opens("phones");
    await first.sees("[data-offer]");
    first.press("[data-offer]");
    await first.sees("[data-offered]");
    const view = first.place.view.firstElementChild?.nextElementSibling;

    first.place.leave();

    expect(view?.querySelector("[data-code-shown]")?.textContent).toBe("");
  });

  it.each([
    ["k7qm2", "no-code"],
    ["k7qm2 3xpt9", "nothing"],
  ])("says kindly what is wrong with %j, which stays typed", async (typed, told) => {
    second.opens("phones");
    await second.sees("[data-typed]");
    second.types("[data-typed]", typed);
    second.submits("form");

    await second.told(told);
    expect(second.typed("[data-typed]")).toBe(typed);
  });

  it("offers no signing out while there is no other phone: the account would go unnoticed", async () => {
    first.opens("phones");
    await first.sees('[data-asks="erase"]');

    expect(first.shows('[data-asks="others"]')).toBe(false);
    expect(first.shows('[data-asks="here"]')).toBe(false);
  });

  it("signs the others out after a second yes", async () => {
    await addsSecond();
    first.opens("phones");
    await first.sees('[data-asks="others"]');
    first.press('[data-asks="others"] [data-ask]');
    first.press('[data-asks="others"] [data-yes]');

    await first.told("others-out");
    expect(host.only.devices.size).toBe(1);
  });

  it("signs this phone out after a second yes", async () => {
    await addsSecond();
    second.press('[data-asks="here"] [data-ask]');
    second.press('[data-asks="here"] [data-yes]');

    await second.told("here-out");
    await second.sees("[data-typed]");
    expect(host.only.devices.size).toBe(1);
  });

  it("erases all that the server has after a second yes, and not before", async () => {
    first.opens("phones");
    await first.sees('[data-asks="erase"]');
    first.press('[data-asks="erase"] [data-ask]');
    first.press('[data-asks="erase"] [data-no]');
    expect(host.accounts.size).toBe(1);

    first.press('[data-asks="erase"] [data-ask]');
    first.press('[data-asks="erase"] [data-yes]');

    await first.told("erased");
    expect(host.accounts.size).toBe(0);
  });

  it("works without a network as far as it can, and says what it cannot", async () => {
    host.online = false;
    first.opens("phones");
    await first.sees("[data-offer]");
    first.press("[data-offer]");

    await first.told("offline");
    expect(first.text("[data-others]")).toBe("?");
  });
});
