import { expect, it } from "vitest";
import { moodsOf } from "../../../../pwa/inside/keeping/moods.ts";
import type { Entry } from "../../../../pwa/vault/store.ts";

const entry = (at: number, value: unknown): Entry => ({ id: `id-${at}`, kind: "day", value, at, revision: "r" });

it("of two choices for one day the last counts, and the other is known so that it can go", () => {
  const moods = moodsOf([entry(2, { day: "2026-11-20", mood: 4 }), entry(1, { day: "2026-11-20", mood: 1 })]);

  expect(moods.get("2026-11-20")).toMatchObject({ mood: 4, entry: { id: "id-2" }, older: [{ id: "id-1" }] });
});

it.each([null, {}, { day: "2026-11-20" }, { day: "2026-11-20", mood: 6 }, { day: "2026-02-30", mood: 3 }])(
  "what is no day or no choice is passed by: %j",
  (value) => {
    expect(moodsOf([entry(1, value)]).size).toBe(0);
  },
);
