// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";
import { layOutCover, PAGE } from "../cover-page.ts";

beforeEach(() => {
  vi.resetModules();
});

it("The page's data are what the server wrote into it", async () => {
  layOutCover({ language: "es" });
  const { pageData } = await import("../../../pwa/shell/page-data.ts");

  expect(pageData()).toEqual({ ...PAGE, language: "es" });
});

it("They are read once, so a later change of the page changes no address", async () => {
  layOutCover();
  const { pageData } = await import("../../../pwa/shell/page-data.ts");
  pageData();

  layOutCover({ exit: "https://elsewhere.example/" });

  expect(pageData().exit).toBe(PAGE.exit);
});
