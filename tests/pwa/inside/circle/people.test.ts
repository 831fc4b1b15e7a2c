// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import { restsUntil } from "../../../../pwa/inside/circle/care-form.ts";
import {
  isNewlyWell,
  isTimeToRest,
  noteCalm,
  noteSeen,
  peopleOf,
  rename,
  say,
  type Person,
} from "../../../../pwa/inside/circle/people.ts";
import { tell } from "../../../../pwa/inside/circle/tell-host.ts";
import { bytesOfName, nameOf } from "../../../../pwa/shared/bytes.ts";
import { BOX_BYTES } from "../../../../pwa/vault/pairing.ts";
import { importPrivate, makePair, openBox } from "../../../../pwa/vault/sealed-box.ts";
import { NOTES, TwoPeople } from "./two-people.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 27, 12);
let two: TwoPeople;

beforeEach(async () => {
  two = new TwoPeople();
  await two.becomeAPair();
});

async function only(): Promise<Person> {
  await two.theirs.refresh();
  const [person, ...more] = await peopleOf(two.theirs);
  if (!person || more.length > 0) throw new Error("not one person");
  return person;
}

/** The sealed note of one kind, as the server copies it into a nudge. */
function sealedNote(which: number): string {
  const notes = bytesOfName(two.circle.ties.find(({ isHers }) => isHers)?.notes ?? "");
  return nameOf(notes.slice(which * BOX_BYTES, (which + 1) * BOX_BYTES));
}

async function nudged(times: number): Promise<void> {
  for (let at = 0; at < times; at += 1) {
    two.circle.nudge(null);
    await noteSeen(two.theirs, [await only()], NOW + at * HOUR);
  }
}

describe("Somebody to look out for", () => {
  it("asks nothing as long as there is no nudge", async () => {
    expect(await only()).toMatchObject({ name: "Ann", nudge: undefined, isToAgree: false });
  });

  it("shows with a nudge the very note that was written for it", async () => {
    for (const [which, note] of NOTES.entries()) {
      two.circle.nudge(sealedNote(which));
      expect((await only()).nudge).toMatchObject({ note, state: "open", mayStillSay: true });
    }
  });

  it("shows a nudge without its note where it cannot be opened", async () => {
    two.circle.nudge("A".repeat(1366));
    expect((await only()).nudge).toMatchObject({ note: undefined, state: "open" });
    two.circle.nudge("***");
    expect((await only()).nudge).toMatchObject({ note: undefined, state: "open" });
  });

  it("hands over with one answer, and says no more than three things a day", async () => {
    two.circle.nudge(null);
    const { id } = await only();

    expect(await say(two.theirs, id, 3)).toBeUndefined();
    expect((await only()).nudge?.state).toBe("handed");
    expect(await say(two.theirs, id, 4)).toBeUndefined();
    expect(await say(two.theirs, id, 5)).toBeUndefined();
    expect((await only()).nudge?.mayStillSay).toBe(false);
    expect(await say(two.theirs, id, 6)).toBe("later");
  });

  it("comes first when asking, before those who do not ask", async () => {
    two.circle.ties.push({ ...two.circle.theirs(), id: "z".repeat(22) });
    two.circle.nudge(null, two.circle.ties.at(-1));
    await two.theirs.refresh();

    expect((await peopleOf(two.theirs)).map(({ id }) => id)).toEqual(["z".repeat(22), two.circle.theirs().id]);
  });

  it("can be seen without a network, without a word on what they ask", async () => {
    two.host.online = false;
    await two.comesBack();

    expect(await only()).toMatchObject({ name: "Ann", nudge: undefined });
  });

  it("can be called something else, also where this phone had no name", async () => {
    await rename(two.theirs, await only(), "A.");
    expect((await only()).name).toBe("A.");
    for (const entry of two.theirs.pairs("theirs")) await two.theirVault.remove(entry);
    await two.theirs.reload();
    expect((await only()).name).toBe("");

    await rename(two.theirs, await only(), "Somebody dear");

    expect((await only()).name).toBe("Somebody dear");
  });

  it("of whom all is well again is told once", async () => {
    const nudge = two.circle.nudge(null);
    expect(isNewlyWell(await only())).toBe(false);
    nudge.state = "well";
    expect(isNewlyWell(await only())).toBe(true);

    await noteCalm(two.theirs, [await only()]);

    expect(isNewlyWell(await only())).toBe(false);
  });
});

describe("A question about rest", () => {
  it("comes after three nudges in a week, and not before", async () => {
    await nudged(2);
    expect(isTimeToRest(two.theirs.pairs("theirs"), NOW + DAY)).toBe(false);
    await nudged(1);
    expect(isTimeToRest(two.theirs.pairs("theirs"), NOW + DAY)).toBe(true);
  });

  it("does not count a nudge twice that is looked at twice", async () => {
    two.circle.nudge(null);
    for (let at = 0; at < 5; at += 1) await noteSeen(two.theirs, [await only()], NOW);

    expect(isTimeToRest(two.theirs.pairs("theirs"), NOW)).toBe(false);
  });

  it("forgets what is more than a week ago", async () => {
    await nudged(3);

    expect(isTimeToRest(two.theirs.pairs("theirs"), NOW + 7 * DAY + 3 * HOUR)).toBe(false);
  });
});

describe("Rest", () => {
  it.each([
    ["day", "2026-11-27T08:00:00Z", "2026-11-28"],
    ["day", "2026-11-27T20:00:00Z", "2026-11-29"],
    ["week", "2026-11-27T08:00:00Z", "2026-12-04"],
    ["turned_on", "2026-11-27T08:00:00Z", "turned_on"],
  ])("for a %s from %s on ends on %s", (rest, moment, until) => {
    expect(restsUntil(rest, "UTC", new Date(moment))).toBe(until);
  });
});

describe("What is told to the host", () => {
  it("opens with the host's key alone, and is of one size however much was written", async () => {
    const { publicKey, privateKey } = await makePair();
    const { id } = await only();

    for (const text of ["short", "long ".repeat(2000)])
      expect(await tell(two.theirs, nameOf(publicKey), id, { text })).toMatchObject({ ok: true });

    const [first, second] = two.circle.reports;
    expect(first?.id).toBe(id);
    expect(first?.content.length).toBe(second?.content.length);
    const opened = await openBox(await importPrivate(privateKey), bytesOfName(first?.content ?? ""));
    expect(JSON.parse(new TextDecoder().decode(opened))).toEqual({ v: 1, text: "short" });
  });

  it("is refused where it is more than fits", async () => {
    const { publicKey } = await makePair();

    expect(await tell(two.theirs, nameOf(publicKey), null, { text: "x".repeat(20_000) })).toBe("long");
    expect(two.circle.reports).toEqual([]);
  });
});
