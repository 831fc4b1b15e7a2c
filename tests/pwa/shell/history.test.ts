// @vitest-environment happy-dom
import { html } from "lit-html";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Past } from "../../../pwa/shell/history.ts";
import { layOutCover, PAGE, part } from "../cover-page.ts";

let past: Past;
let draw: () => void;

const days = (count: number): Past => ({
  facts: [["A usual day", "1,500 ml"]],
  chapters: Array.from({ length: count }, (_, at) => ({ title: `Day ${at + 1}`, rows: [html`250 ml`] })),
});
const titles = (): string[] => [...part("past").querySelectorAll("h3")].map((title) => title.textContent);

beforeEach(async () => {
  layOutCover({ texts: { noHistory: "Nothing yet." }, shell: { ...PAGE.shell, earlier: "Show earlier" } });
  vi.resetModules();
  const { offerHistory } = await import("../../../pwa/shell/history.ts");
  past = days(2);
  draw = offerHistory(() => past);
});

describe("The history of a cover", () => {
  it("is drawn when it is opened, and not before", () => {
    draw();
    expect(part("past").childElementCount).toBe(0);

    part("open-history").click();

    expect(titles()).toEqual(["Day 1", "Day 2"]);
    expect(part("past").textContent).toContain("1,500 ml");
  });

  it("follows what changes while it is open", () => {
    part("open-history").click();
    past = days(3);

    draw();

    expect(titles()).toHaveLength(3);
  });

  it("says a kind word where there is nothing yet", () => {
    past = { facts: [["A usual day", "0 ml"]], chapters: [] };

    part("open-history").click();

    expect(part("past").textContent.trim()).toBe("Nothing yet.");
  });

  it("shows a long past piece by piece, and the focus goes to the first day that is new", () => {
    past = days(30);
    part("open-history").click();
    const before = titles().length;
    expect(before).toBeLessThan(30);

    part("past").querySelector("button")?.click();

    expect(titles().length).toBeGreaterThan(before);
    expect(document.activeElement?.textContent).toBe(`Day ${before + 1}`);
    while (part("past").querySelector("button")) part("past").querySelector("button")?.click();
    expect(titles()).toHaveLength(30);

    // Opened again, it begins with the newest ones.
    (part("history") as HTMLDialogElement).close();
    part("open-history").click();
    expect(titles()).toHaveLength(before);
  });

  it("leads to the settings", () => {
    const opened = vi.fn();
    part("open-settings").addEventListener("click", opened);
    part("open-history").click();

    part("to-settings").click();

    expect(opened).toHaveBeenCalledOnce();
    expect((part("history") as HTMLDialogElement).open).toBe(false);
  });
});
