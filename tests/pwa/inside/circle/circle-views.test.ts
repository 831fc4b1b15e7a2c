// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { InsidePlace } from "../../../../pwa/door/door.ts";
import { ACCOUNT } from "../../../../pwa/inside/account.ts";
import { ASKING } from "../../../../pwa/inside/asking/kept.ts";
import { PAIR } from "../../../../pwa/inside/circle/pairs.ts";
import { elements } from "../../../../pwa/inside/elements.ts";
import { beginVisit, endVisit, followLinks, showView } from "../../../../pwa/inside/room.ts";
import { bytesOfName, nameOf } from "../../../../pwa/shared/bytes.ts";
import { readFragment } from "../../../../pwa/vault/pairing.ts";
import { readWords } from "../../../../pwa/vault/recovery-words.ts";
import { importPrivate, makePair, openBox } from "../../../../pwa/vault/sealed-box.ts";
import { KEY, said } from "../../server-in-memory.ts";
import { wordList } from "../../vault/word-list.ts";
import { StoreInMemory } from "../store-in-memory.ts";
import { layOutRoom, within } from "../visiting.ts";
import { cheaply, CircleInMemory, Friend } from "./circle-in-memory.ts";
import { BUDDIES, INVITE } from "./circle-views.ts";

const WORDS = wordList("en");
const LADDER = { reminder_minutes: 120, grace_minutes: 360, patience_minutes: 60 };
const SCHEDULE = { zone: "UTC", times: ["20:00"], days: [1], paused_until: null, skip: null };
const DAY_IN_NOVEMBER = 20_783;

let store: StoreInMemory;
let circle: CircleInMemory;
let place: InsidePlace;
let times: Record<string, unknown>;

beforeEach(() => {
  for (const [name, element] of elements) if (!customElements.get(name)) customElements.define(name, element);
  store = new StoreInMemory();
  circle = new CircleInMemory();
  times = { schedule: SCHEDULE, ladder: LADDER, nudge: false, open: [], key: KEY, reach: "none", next: null };
  circle.server.answers.set("GET /s/times", () => said(times));
  circle.server.answers.set("PUT /s/times", (body) => {
    times = { ...times, ...(body as object) };
    return new Response(null, { status: 204 });
  });
});

afterEach(() => {
  vi.useRealTimers();
  endVisit();
});

async function shows(view: "buddies" | "invite"): Promise<void> {
  place = { ...layOutRoom(), vault: store.asVault(), derive: cheaply };
  circle.server.listen();
  followLinks(place.view);
  const views = { start: "<h1 tabindex=-1>Start</h1>", buddies: BUDDIES, invite: INVITE };
  beginVisit({ place, pack: { format: 1, language: "en", direction: "ltr", views, countries: {}, words: WORDS } });
  showView(view);
  await settles();
}

/** Real keys take as long as they take: until nothing is asked, nor under way, for a while. */
async function settles(): Promise<void> {
  let asked = -1;
  for (let quiet = 0, turn = 0; quiet < 20 && turn < 2000; turn += 1) {
    await new Promise((then) => setTimeout(then, 2));
    const isQuiet = circle.server.asked.length === asked && !place.view.querySelector("[aria-busy]");
    quiet = isQuiet ? quiet + 1 : 0;
    asked = circle.server.asked.length;
  }
}

// As querySelector itself has it.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
const find = <T extends HTMLElement>(selector: string): T => within(place, selector) as T;
const all = (selector: string): HTMLElement[] => [...place.view.querySelectorAll<HTMLElement>(selector)];
const sees = (selector: string): boolean => !find(selector).closest("[hidden]");
const told = (): string[] => all("[data-said]").flatMap((line) => (line.hidden ? [] : [line.dataset["said"] ?? ""]));

async function presses(selector: string): Promise<void> {
  find(selector).click();
  await settles();
}

async function submits(selector: string): Promise<void> {
  find(selector).dispatchEvent(new Event("submit", { cancelable: true }));
  await settles();
}

function knows(name: string, id = circle.gives(), more: object = {}): string {
  if (store.values(ACCOUNT).length === 0)
    store.given(ACCOUNT, { account: "A".repeat(22), device: "D".repeat(22), secret: "s" });
  const notes = ["Call about the recipe", "", "Do not call first"];
  store.given(PAIR, { side: "hers", id, name, key: "k".repeat(43), notes, agreed_at: 0, ...more });
  return id;
}

describe("Who can reach her", () => {
  it("nobody, at first, and the server hears nothing of her looking", async () => {
    await shows("buddies");

    expect(sees("[data-nobody]")).toBe(true);
    expect(sees("[data-ask]")).toBe(true);
    expect(circle.server.asked).toEqual([]);
  });

  it("everybody, with the very card that each would see, and their last kind word with its day", async () => {
    knows("Rosa", circle.gives({ said: 4, said_day: DAY_IN_NOVEMBER }));

    await shows("buddies");

    expect(find("[data-name]").textContent).toBe("Rosa");
    expect(find("[data-nudge] [data-note]").textContent).toBe("Call about the recipe");
    expect(find("[data-words]").textContent).toBe("I'm thinking of you.");
    expect(find("[data-day]").textContent).toContain("November 26");
  });

  it("also whom another of her phones has asked, who can be stopped here", async () => {
    knows("Rosa");
    circle.gives();

    await shows("buddies");

    expect(all("[data-name]").map(({ textContent }) => textContent)).toEqual(["Rosa", "Somebody"]);
    all("[data-stop]")[1]?.click();
    await settles();
    expect(circle.ties).toHaveLength(1);
  });

  it("one tap stops, and says so; without a network it says that too, and they are off the list", async () => {
    knows("Rosa");
    knows("Sam");
    await shows("buddies");
    await presses("[data-stop]");
    expect(told()).toEqual(["stopped"]);
    circle.server.online = false;

    await presses("[data-stop]");

    expect(told()).toEqual(["stopping"]);
    expect(all("[data-stop]")).toEqual([]);
  });

  it("a note that is changed is what they would see from then on; too long, it stays here and says so kindly", async () => {
    const id = knows("Rosa");
    await shows("buddies");
    const area = find<HTMLTextAreaElement>("[data-kind='0'] textarea");
    area.value = "x".repeat(303);
    area.dispatchEvent(new Event("input"));
    await submits("form");
    expect(find("[data-long]").textContent).toBe("3 too many");
    expect(circle.notes.has(id)).toBe(false);

    area.value = "Ask about the cat";
    area.dispatchEvent(new Event("input"));
    find<HTMLInputElement>("[data-called]").value = "R.";
    await submits("form");

    expect(told()).toEqual(["kept"]);
    expect(bytesOfName(circle.notes.get(id) ?? "")).toHaveLength(3 * 1024);
    expect(store.values(PAIR)).toMatchObject([{ name: "R.", notes: ["Ask about the cat", "", "Do not call first"] }]);
    expect(find("[data-nudge] [data-note]").textContent).toBe("Ask about the cat");
  });

  it("the quiet note is there only where the quiet answer is set up", async () => {
    knows("Rosa");
    await shows("buddies");
    expect(sees("[data-kind='2']")).toBe(false);

    const quiet = { cover: "sip", here: "330", come: "440" };
    store.given(ASKING, { times, quiet });
    await shows("buddies");

    expect(sees("[data-kind='2']")).toBe(true);
  });

  it("asks after three months whether it is still right", async () => {
    knows("Rosa", circle.gives({ agree: true }));
    await shows("buddies");
    expect(sees("[data-agree]")).toBe(true);

    await presses("[data-still]");

    expect(told()).toEqual(["agreed"]);
    expect(sees("[data-agree]")).toBe(false);
  });

  it("is asked for a check-in that stays out only once she has turned that on, after the time she chose", async () => {
    knows("Rosa");
    await shows("buddies");
    expect(find<HTMLInputElement>("[data-nudge-on]").checked).toBe(false);

    find("[data-nudge-on]").click();
    await settles();
    const patience = find<HTMLSelectElement>("[data-patience]");
    patience.value = "30";
    patience.dispatchEvent(new Event("change"));
    await settles();

    expect(times).toMatchObject({ nudge: true, ladder: { ...LADDER, patience_minutes: 30 } });
  });

  it("in turns or all at once, and no more than she chooses", async () => {
    knows("Rosa");
    await shows("buddies");

    find("[value='together']").click();
    await settles();
    const most = find<HTMLSelectElement>("[data-most]");
    most.value = "1";
    most.dispatchEvent(new Event("change"));
    await settles();

    expect(circle.wishes).toMatchObject({ together: true, most_buddies: 1 });
    expect(sees("[data-full]")).toBe(true);
    expect(sees("[data-ask]")).toBe(false);
  });

  it("says kindly when all of them are resting, and when there is no connection", async () => {
    knows("Rosa");
    circle.free = false;
    await shows("buddies");
    expect(sees("[data-resting]")).toBe(true);

    circle.server.online = false;
    await shows("buddies");

    expect(sees("[data-as-before]")).toBe(true);
    expect(find("[data-name]").textContent).toBe("Rosa");
  });

  it("tells of somebody whom the server does not know any more", async () => {
    knows("Rosa", "x".repeat(22));
    await shows("buddies");

    await presses("[data-take-off]");

    expect(store.values(PAIR)).toEqual([]);
  });
});

describe("Telling the host", () => {
  let keys: Awaited<ReturnType<typeof makePair>>;

  beforeEach(async () => {
    keys = await makePair();
    circle.reportKey = nameOf(keys.publicKey);
  });

  async function chooses(id: string): Promise<void> {
    const whom = find<HTMLSelectElement>("[data-whom]");
    whom.value = id;
    whom.dispatchEvent(new Event("change"));
    await settles();
  }

  async function opened(at = 0): Promise<unknown> {
    const box = bytesOfName(circle.reports[at]?.content ?? "");
    return JSON.parse(new TextDecoder().decode(await openBox(await importPrivate(keys.privateKey), box)));
  }

  const writes = (text: string): void => {
    find<HTMLTextAreaElement>("[data-happened]").value = text;
  };

  it("is offered only where the host takes it", async () => {
    knows("Rosa");
    await shows("buddies");
    expect(sees("[data-tell]")).toBe(true);

    circle.reportKey = null;
    await shows("buddies");

    expect(sees("[data-tell]")).toBe(false);
  });

  it("goes with what she wrote about whom she chose, and with nothing that she did not tick", async () => {
    const id = knows("Rosa", circle.gives({ said: 4, said_day: DAY_IN_NOVEMBER }));
    await shows("buddies");
    await chooses(id);
    writes("Came to my door");

    await submits("[data-tell] form");

    expect(told()).toEqual(["told"]);
    expect(circle.reports[0]?.id).toBe(id);
    expect(await opened()).toEqual({ v: 1, text: "Came to my door" });
    expect(find<HTMLTextAreaElement>("[data-happened]").value).toBe("");
  });

  it("goes with her notes and their last reply where she ticks them", async () => {
    const id = knows("Rosa", circle.gives({ said: 4, said_day: DAY_IN_NOVEMBER }));
    await shows("buddies");
    await chooses(id);
    for (const box of all("[data-attach]")) box.click();
    writes("Came to my door");

    await submits("[data-tell] form");

    expect(await opened()).toEqual({
      ...{ v: 1, text: "Came to my door", notes: ["Call about the recipe", "", "Do not call first"] },
      reply: { words: "I'm thinking of you.", day: "2026-11-26" },
    });
  });

  it("offers to attach only what there is of whoever it is about, and forgets what was ticked for another", async () => {
    const rosa = knows("Rosa", circle.gives({ said: 4, said_day: DAY_IN_NOVEMBER }));
    const sam = knows("Sam");
    await shows("buddies");
    expect(sees("[data-attach='notes']")).toBe(false);
    await chooses(rosa);
    find("[data-attach='reply']").click();

    await chooses(sam);

    expect(sees("[data-attach='notes']")).toBe(true);
    expect(sees("[data-attach='reply']")).toBe(false);
    await chooses(rosa);
    expect(find<HTMLInputElement>("[data-attach='reply']").checked).toBe(false);
  });

  it("may be about nobody, also once she has stopped with them", async () => {
    knows("Rosa");
    await shows("buddies");
    await presses("[data-stop]");
    expect(sees("[data-tell]")).toBe(true);
    expect(all("[data-whom] option")).toHaveLength(1);
    writes("It is over");

    await submits("[data-tell] form");

    expect(circle.reports[0]?.id).toBeNull();
    expect(await opened()).toEqual({ v: 1, text: "It is over" });
  });

  it("keeps what she wrote where it is empty, too long, or there is no network", async () => {
    knows("Rosa");
    await shows("buddies");
    await submits("[data-tell] form");
    expect(told()).toEqual(["empty"]);

    const long = "x".repeat(20_000);
    writes(long);
    await submits("[data-tell] form");
    expect(told()).toEqual(["long"]);
    expect(find<HTMLTextAreaElement>("[data-happened]").value).toBe(long);

    writes("Came to my door");
    circle.server.online = false;
    await submits("[data-tell] form");

    expect(told()).toEqual(["offline"]);
    expect(find<HTMLTextAreaElement>("[data-happened]").value).toBe("Came to my door");
    expect(circle.reports).toEqual([]);
  });
});

describe("Asking somebody", () => {
  async function comesToTheWords(): Promise<Uint8Array<ArrayBuffer>> {
    await shows("invite");
    await presses("[data-part='begin'] [data-to]");
    await presses("[data-part='sees'] [data-to]");
    find<HTMLInputElement>("[data-part='ask'] [data-called]").value = "Rosa";
    await submits("[data-part='ask'] form");
    await presses("[data-make]");
    const secret = await readWords(
      all("[data-word]")
        .map(({ textContent }) => textContent)
        .join(" "),
      WORDS,
    );
    if (!secret) throw new Error("no words");
    return secret;
  }

  it("begins with two questions, of which no answer is kept or stops her", async () => {
    await shows("invite");
    expect(sees("[data-part='begin']")).toBe(true);

    find("[name='tell'][value='yes']").click();

    expect(sees("[data-doubt]")).toBe(true);
    await presses("[data-part='begin'] [data-to]");
    expect(sees("[data-part='sees']")).toBe(true);
    expect(circle.server.asked).toEqual([]);
    expect(store.entries).toEqual([]);
  });

  it("wants something to call them by", async () => {
    await shows("invite");

    await submits("[data-part='ask'] form");

    expect(told()).toEqual(["no-name"]);
  });

  it("shows eight words, a picture and a link of the same secret, which names no cover", async () => {
    const secret = await comesToTheWords();

    const link = new URL(find<HTMLInputElement>("[data-link]").value);
    expect(link.pathname).toBe("/");
    expect(readFragment(link.hash)).toEqual(secret);
    expect(find("[data-qr]").querySelector("svg")).not.toBeNull();
    expect(find("[data-until]").textContent).toMatch(/^Until .+/);
  });

  it("waits, compares four words with numbers, and is done once they match", async () => {
    const friend = new Friend(circle);
    await friend.says(true, await comesToTheWords());
    await showsAgain();
    expect(sees("[data-part='compare']")).toBe(true);
    const places = await friend.places();
    expect(all("[data-same-word]").map(({ textContent }) => textContent)).toEqual(places.map((at) => WORDS[at]));
    expect(all("[data-same-number]").map(({ textContent }) => textContent)).toEqual(places.map(String));

    await presses("[data-match]");

    expect(sees("[data-part='done']")).toBe(true);
    expect(sees("[data-nudge-off]")).toBe(true);
    expect(store.values(PAIR)).toMatchObject([{ name: "Rosa" }]);
  });

  it("where they do not match, nothing comes of it, and the words open nothing any more", async () => {
    const friend = new Friend(circle);
    await friend.says(true, await comesToTheWords());
    await showsAgain();

    await presses("[data-differ]");

    expect(sees("[data-part='between']")).toBe(true);
    expect(circle.cards.size).toBe(0);
    expect(circle.ties).toEqual([]);
  });

  it("hears 'not right now' kindly, and keeps nothing of it", async () => {
    await new Friend(circle).says(false, await comesToTheWords());
    await showsAgain();

    expect(sees("[data-part='declined']")).toBe(true);
    expect(store.values("card")).toEqual([]);
  });

  it("takes the words back", async () => {
    await comesToTheWords();

    await presses("[data-drop]");

    expect(told()).toEqual(["dropped"]);
    expect(circle.cards.size).toBe(0);
    expect(sees("[data-part='begin']")).toBe(true);
  });

  it("leaves no word behind in a view that is gone", async () => {
    await comesToTheWords();
    const view = find(NAMES.inviteView);

    showView("start");

    expect([...view.querySelectorAll("[data-word]")].map(({ textContent }) => textContent).join("")).toBe("");
    expect(view.querySelector<HTMLInputElement>("[data-link]")?.value).toBe("");
    expect(view.querySelector("svg")).toBeNull();
  });

  /** As she comes back to it from the list. */
  async function showsAgain(): Promise<void> {
    await shows("buddies");
    await presses("[data-look]");
  }
});
