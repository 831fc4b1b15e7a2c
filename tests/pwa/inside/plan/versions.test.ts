import { expect, it } from "vitest";
import { versionsOf } from "../../../../pwa/inside/plan/versions.ts";
import type { Entry } from "../../../../pwa/vault/store.ts";

const entry = (at: number, section: string, answers: unknown): Entry => ({
  id: `id-${at}`,
  kind: "section",
  value: { section, answers },
  at,
  revision: "r",
});

it("a section written once has one version", () => {
  const versions = versionsOf([entry(1, "now", { a: "x" }), entry(2, "home", {})]).get("now");

  expect(versions).toMatchObject({ latest: { answers: { a: "x" } }, others: [], outgrown: [] });
});

it("the one written last stands in the fields, and one that says something else stands beside it", () => {
  const versions = versionsOf([entry(2, "now", { a: "new" }), entry(1, "now", { a: "old" })]).get("now");

  expect(versions?.latest.answers).toEqual({ a: "new" });
  expect(versions?.others.map(({ answers }) => answers)).toEqual([{ a: "old" }]);
});

it("one of which the last holds every word may go, so that nobody is asked about nothing", () => {
  const versions = versionsOf([entry(1, "now", { a: "The back" }), entry(2, "now", { a: "The back door" })]).get("now");

  expect(versions?.others).toEqual([]);
  expect(versions?.outgrown.map(({ id }) => id)).toEqual(["id-1"]);
});

it("an entry that is no section is passed by", () => {
  expect(versionsOf([{ ...entry(1, "now", {}), value: "?" }]).size).toBe(0);
});
