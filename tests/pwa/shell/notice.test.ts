// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { notice } from "../../../pwa/shell/notice.ts";
import { layOutCover, part } from "../cover-page.ts";

it("A notice comes into sight, and the last one stands", () => {
  layOutCover();

  notice("First.");
  notice("Second.");

  expect(part("notice").hidden).toBe(false);
  expect(part("notice").textContent).toBe("Second.");
});

it("A notice is text, whatever it holds", () => {
  layOutCover();

  notice("<b>5 < 6</b>");

  expect(part("notice").children).toHaveLength(0);
});

it("A page without a place for notices goes on without", () => {
  document.body.replaceChildren();

  expect(() => notice("First.")).not.toThrow();
});

it("A notice stands in the dialog that is open, and under the title again afterwards", () => {
  layOutCover();
  const settings = part("settings") as HTMLDialogElement;

  settings.showModal();
  notice("Inside the settings.");
  expect(settings.contains(part("notice"))).toBe(true);

  settings.close();
  notice("On the cover.");
  expect(part("main").previousElementSibling).toBe(part("notice"));
});
