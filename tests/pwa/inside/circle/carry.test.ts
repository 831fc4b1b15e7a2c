// Pairs go along with a copy and under a code; see also tests/pwa/inside/elsewhere.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { openAccount } from "../../../../pwa/inside/account.ts";
import { whatToAdd } from "../../../../pwa/inside/add-beside.ts";
import { loadPairs, loadStopped, PAIR, STOPPED, type Pair } from "../../../../pwa/inside/circle/pairs.ts";
import { gather } from "../../../../pwa/inside/copy-file.ts";
import { bringIn, findCopy } from "../../../../pwa/inside/elsewhere/bring-back.ts";
import { eraseThere, join, offerCode, takePass } from "../../../../pwa/inside/elsewhere/phones.ts";
import { turnOn } from "../../../../pwa/inside/elsewhere/spare.ts";
import { keysOfWords } from "../../../../pwa/vault/stretched-keys.ts";
import { HostInMemory } from "../../host-in-memory.ts";
import { StoreInMemory } from "../store-in-memory.ts";
import { cheaply } from "./circle-in-memory.ts";

const SECRET = Uint8Array.from([0, 17, 34, 51, 68, 85, 102, 119, 136, 255]);
const idOf = (at: number): string => String(at).padStart(22, "p");

let host: HostInMemory;
let first: StoreInMemory;
let second: StoreInMemory;

function pair(at: number, more: Partial<Pair> = {}): Pair {
  const name = `Person ${at}`;
  return { side: "hers", id: idOf(at), name, key: "k".repeat(43), notes: ["a", "b", "c"], agreed_at: at, ...more };
}

beforeEach(async () => {
  vi.stubGlobal("navigator", {});
  host = new HostInMemory();
  first = new StoreInMemory();
  second = new StoreInMemory();
  await openAccount(first.asVault());
});

async function addSecond(): Promise<void> {
  host.phone = "first";
  const code = await offerCode(first.asVault(), cheaply);
  if (!code.ok) throw new Error(code.trouble);
  host.phone = "second";
  const taken = await takePass(code.value, cheaply);
  if (!taken.ok) throw new Error(taken.trouble);
  expect(await join(second.asVault(), taken.value)).toMatchObject({ ok: true });
}

const pairsOf = async (store: StoreInMemory): Promise<Pair[]> =>
  (await loadPairs(store.asVault())).map(({ value }) => value);

describe("With a copy", () => {
  it("pairs come back whole on a new phone, and what was stopped stays stopped", async () => {
    first.given(PAIR, pair(1));
    first.given(PAIR, pair(2, { side: "theirs" }));
    first.given(STOPPED, { id: idOf(3), done: true });
    expect(await turnOn(first.asVault(), await keysOfWords(SECRET, cheaply))).toMatchObject({ ok: true });

    host.phone = "second";
    const found = await findCopy(SECRET, cheaply);
    if (!found.ok) throw new Error(found.trouble);
    await bringIn(second.asVault(), found.value);

    expect(await pairsOf(second)).toEqual([pair(1), pair(2, { side: "theirs" })]);
    expect((await loadStopped(second.asVault())).map(({ value }) => value.id)).toEqual([idOf(3)]);
  });

  it("brings back nobody whom the new phone has stopped", async () => {
    first.given(PAIR, pair(1));
    await turnOn(first.asVault(), await keysOfWords(SECRET, cheaply));
    second.given(STOPPED, { id: idOf(1), done: true });

    host.phone = "second";
    const found = await findCopy(SECRET, cheaply);
    if (!found.ok) throw new Error(found.trouble);
    await bringIn(second.asVault(), found.value);

    expect(await pairsOf(second)).toEqual([]);
  });
});

describe("Under a code", () => {
  it("the other phone gets every pair, without the notes, and what was stopped", async () => {
    first.given(PAIR, pair(1));
    first.given(STOPPED, { id: idOf(3), done: true });

    await addSecond();

    const { notes: _, ...rest } = pair(1);
    expect(await pairsOf(second)).toEqual([rest]);
    expect((await loadStopped(second.asVault())).map(({ value }) => value.id)).toEqual([idOf(3)]);
  });

  it("fifteen pairs with the longest names of any script have room", async () => {
    for (let at = 1; at <= 15; at += 1) first.given(PAIR, pair(at, { name: "ح中".repeat(20) }));

    await addSecond();

    expect(await pairsOf(second)).toHaveLength(15);
  });

  it("where even that has no room, the phone is added all the same", async () => {
    for (let at = 1; at <= 60; at += 1) first.given(PAIR, pair(at, { name: "中".repeat(40) }));

    await addSecond();

    expect(await pairsOf(second)).toEqual([]);
  });
});

describe("Anywhere else", () => {
  it("no file that she takes out holds a pair, and none that she opens brings one in", async () => {
    first.given(PAIR, pair(1));

    expect(await gather(first.asVault())).toEqual([]);
    expect(whatToAdd([{ kind: PAIR, value: pair(1), at: 0 }], [])).toEqual([]);
    expect(whatToAdd([{ kind: STOPPED, value: { id: idOf(1) }, at: 0 }], [])).toEqual([]);
  });

  it("they go with the account when all is erased", async () => {
    first.given(PAIR, pair(1));

    await eraseThere(first.asVault());

    expect(await pairsOf(first)).toEqual([]);
  });
});
