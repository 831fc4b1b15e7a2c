import { describe, expect, it } from "vitest";
import { arranged, moved, newest, readLayout, withHidden, withReview } from "../../../../pwa/inside/plan/layout.ts";
import type { Entry } from "../../../../pwa/vault/store.ts";

const entry = (at: number, value: unknown): Entry => ({ id: String(at), kind: "layout", value, at, revision: "r" });
const ordered = (...order: string[]) => ({ order, hidden: [] });

describe("The order of the plan", () => {
  it("is the plan's own until she changes it", () => {
    expect(arranged(["a", "b", "c"], ordered())).toEqual(["a", "b", "c"]);
  });

  it("is hers, and a section that a later version brings stands after its neighbour", () => {
    expect(arranged(["a", "b", "new", "c"], ordered("c", "b", "a"))).toEqual(["c", "b", "new", "a"]);
    expect(arranged(["new", "a"], ordered("a"))).toEqual(["new", "a"]);
  });

  it("knows no section that is gone, and none twice", () => {
    expect(arranged(["a", "b"], ordered("gone", "b", "b", "a"))).toEqual(["b", "a"]);
  });

  it("changes by one step, and stays at either end", () => {
    expect(moved(["a", "b", "c"], "b", -1)).toEqual(["b", "a", "c"]);
    expect(moved(["a", "b", "c"], "b", 1)).toEqual(["a", "c", "b"]);
    expect(moved(["a", "b"], "a", -1)).toEqual(["a", "b"]);
    expect(moved(["a", "b"], "b", 1)).toEqual(["a", "b"]);
    expect(moved(["a", "b"], "gone", 1)).toEqual(["a", "b"]);
  });
});

describe("A layout that is read", () => {
  it("is the newest, should two windows have written one", () => {
    expect(readLayout([entry(2, ordered("b")), entry(1, ordered("a"))]).order).toEqual(["b"]);
    expect(newest([])).toBeUndefined();
  });

  it.each([undefined, null, {}, { order: "a", hidden: 3, review: "soon" }, { review: 20260101 }])(
    "is an empty one where it is none: %j",
    (value) => {
      expect(readLayout(value === undefined ? [] : [entry(1, value)])).toEqual({ order: [], hidden: [] });
    },
  );

  it("knows her day to look at it again, which can go", () => {
    const layout = readLayout([entry(1, { order: [], hidden: [], review: "2026-03-01" })]);

    expect(layout.review).toBe("2026-03-01");
    expect(withReview(layout, "")).toEqual({ order: [], hidden: [] });
    expect(withReview(layout, "2026-04-01").review).toBe("2026-04-01");
  });
});

describe("A section", () => {
  it("can be hidden and shown again, once", () => {
    const hidden = withHidden(withHidden(ordered(), "a", true), "a", true);

    expect(hidden.hidden).toEqual(["a"]);
    expect(withHidden(hidden, "a", false).hidden).toEqual([]);
  });
});
