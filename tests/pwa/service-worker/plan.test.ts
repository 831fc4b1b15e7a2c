import { beforeEach, expect, it } from "vitest";
import { Phone, planOf, siteOfVersion } from "./phone.ts";

let plan: typeof import("../../../pwa/service-worker/plan.ts");

beforeEach(async () => {
  new Phone().surround(planOf(siteOfVersion(1), 1));
  plan = await import("../../../pwa/service-worker/plan.ts");
});

it("A version's cache is named for its cover and version alone", () => {
  expect(plan.cacheName).toBe("sip-shell-v1");
});

it.each(["sip-shell-v0", "sip-shell-v2", "sip-shell-v10"])(
  "Another version of the same cover is its own: %s",
  (name) => {
    expect(plan.isOwnOldCache(name)).toBe(true);
  },
);

it.each(["sip-shell-v1", "sip-kept", "sprout-shell-v0", "sprout-kept", "sipper-shell-v0", "shell-v0", "sip", ""])(
  "What is in use, or somebody else's, is not an old one of its own: %j",
  (name) => {
    expect(plan.isOwnOldCache(name)).toBe(false);
  },
);
