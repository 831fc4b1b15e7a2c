// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { AskedCard } from "../../../../pwa/inside/circle/asked-card.ts";
import { beginVisit, showView } from "../../../../pwa/inside/room.ts";
import { layOutRoom, PACK, type TestPlace } from "../visiting.ts";
import { cheap, TwoPeople } from "./two-people.ts";

const START = `<h1 tabindex="-1">Start</h1><${NAMES.askedCard}><div data-asked></div>
  <template data-row="open"><section data-open-row><bdi data-name>Somebody</bdi><button data-go="people"></button></section></template>
  <template data-row="well"><section data-well-row><bdi data-name>Somebody</bdi><button data-read></button></section></template>
  <div data-waits hidden></div><p data-lost hidden></p></${NAMES.askedCard}>`;

let two: TwoPeople;
let place: TestPlace;

beforeAll(() => {
  customElements.define(NAMES.askedCard, AskedCard);
});

beforeEach(async () => {
  two = new TwoPeople();
  await two.becomeAPair();
});

/** Each time through the door it is another visit. */
function comesIn(): void {
  place = { ...layOutRoom(), vault: two.theirVault, derive: cheap };
  two.circle.connect();
  two.takes("theirs");
  beginVisit({ place, pack: { ...PACK, views: { ...PACK.views, start: START } } });
  showView("start");
}

const rows = (kind: string): readonly string[] =>
  [...place.view.querySelectorAll<HTMLElement>(`[data-${kind}-row]`)].flatMap((row) =>
    row.hidden ? [] : [row.querySelector("[data-name]")?.textContent ?? ""],
  );

async function settles(): Promise<void> {
  await vi.waitFor(() => {
    expect(two.circle.asked).toContain("GET /s/circle");
  });
  await new Promise((resolve) => setTimeout(resolve, 30));
}

describe("First behind the door", () => {
  it("stands nothing as long as nobody asks", async () => {
    comesIn();
    await settles();

    expect([...rows("open"), ...rows("well")]).toEqual([]);
  });

  it("stands who would like to be reached, by the name that only this phone knows", async () => {
    two.circle.nudge(null);
    comesIn();

    await vi.waitFor(() => {
      expect(rows("open")).toEqual(["Ann"]);
    });
  });

  it("stands that all is well again, until it has been read", async () => {
    two.circle.nudge(null).state = "well";
    comesIn();
    await vi.waitFor(() => {
      expect(rows("well")).toEqual(["Ann"]);
    });
    place.view.querySelector<HTMLElement>("[data-read]")?.click();
    await settles();

    comesIn();
    await settles();

    expect(rows("well")).toEqual([]);
  });

  it("stands nothing more of somebody who has been handed over", async () => {
    two.circle.nudge(null).state = "handed";
    comesIn();
    await settles();

    expect([...rows("open"), ...rows("well")]).toEqual([]);
  });

  it("asks the server nothing for somebody who looks out for nobody", async () => {
    const alone = new TwoPeople();
    await alone.keepWords();
    two = alone;
    comesIn();
    await new Promise((resolve) => setTimeout(resolve, 30));

    expect(alone.circle.asked).toEqual([]);
  });
});
