// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";

beforeEach(() => {
  vi.resetModules();
});

interface Rules {
  createHTML(text: string): string;
  createScriptURL(address: string): string;
}

/** As in Chrome: what the policy has passed is a value of its own, here with a mark on it. */
function withTrustedTypes() {
  const createPolicy = vi.fn((_name: string, rules: Rules) => ({
    createHTML: (text: string) => `${rules.createHTML(text)}<!--passed-->`,
    createScriptURL: (address: string) => `${rules.createScriptURL(address)}#passed`,
  }));
  vi.stubGlobal("trustedTypes", { createPolicy });
  return createPolicy;
}

describe.each([
  ["a browser without Trusted Types", () => undefined],
  ["a browser with them", withTrustedTypes],
])("In %s", (_, arrange) => {
  it("a fragment of the pack becomes nodes", async () => {
    arrange();
    const { fragmentFrom } = await import("../../../pwa/shell/trusted-html.ts");

    const fragment = fragmentFrom("<h1>Steady</h1><p>One step</p>");

    expect(fragment).toBeInstanceOf(DocumentFragment);
    expect([...fragment.children].map((child) => child.outerHTML)).toEqual(["<h1>Steady</h1>", "<p>One step</p>"]);
  });

  it.each(["/sip/sw.js", "sw.js", "http://localhost:3000/sip/sw.js"])(
    "a script of ours may run: %s",
    async (address) => {
      arrange();
      const { scriptAddress } = await import("../../../pwa/shell/trusted-html.ts");

      expect(scriptAddress(address)).toContain(address);
    },
  );

  it.each([
    "https://elsewhere.example/sw.js",
    "//elsewhere.example/sw.js",
    "http://localhost:3001/sw.js",
    "https://localhost:3000/sw.js",
    "data:text/javascript,0",
    "javascript:0",
    "blob:null/1",
    "http://",
  ])("a script from elsewhere may not: %s", async (address) => {
    arrange();
    const { scriptAddress } = await import("../../../pwa/shell/trusted-html.ts");

    expect(() => scriptAddress(address)).toThrow(TypeError);
  });
});

describe("In a browser with Trusted Types", () => {
  it("the one policy has the dull name that the server's headers allow", async () => {
    const createPolicy = withTrustedTypes();

    await import("../../../pwa/shell/trusted-html.ts");

    expect(createPolicy.mock.calls.map(([name]) => name)).toEqual([NAMES.htmlPolicy]);
  });

  it("markup and script addresses both pass through it", async () => {
    withTrustedTypes();
    const { fragmentFrom, scriptAddress } = await import("../../../pwa/shell/trusted-html.ts");

    expect(fragmentFrom("<p></p>").lastChild?.textContent).toBe("passed");
    expect(scriptAddress("/sip/sw.js")).toBe("/sip/sw.js#passed");
  });
});
