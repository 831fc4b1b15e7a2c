// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { offerCovers } from "../../../pwa/hello/covers.ts";
import { find, layOutHello } from "./hello-page.ts";

const chosen = vi.fn();
const pressed = (): (string | null)[] =>
  [...document.querySelectorAll("[data-choose]")].map((button) => button.getAttribute("aria-pressed"));

beforeEach(() => {
  chosen.mockReset();
  layOutHello();
  offerCovers(chosen);
});

describe("The covers on offer", () => {
  it("are a choice instead of links, the first one chosen", () => {
    expect(document.querySelectorAll(".offer a")).toHaveLength(0);
    expect(document.querySelectorAll("[data-choose][hidden]")).toHaveLength(0);
    expect(pressed()).toEqual(["true", "false"]);
    expect(chosen).toHaveBeenLastCalledWith(expect.objectContaining({ name: "Sip", version: "Version 2.4" }));
  });

  it("lead, once one is chosen, to that one", () => {
    find(".offer + .offer [data-choose]").click();

    expect(pressed()).toEqual(["false", "true"]);
    expect(find("#open").getAttribute("href")).toBe("/pantry/");
    expect(find("#open").textContent).toBe("Open Pantry");
    expect(chosen).toHaveBeenLastCalledWith({
      name: "Pantry",
      address: "/pantry/",
      version: "Version 1.9",
      picture: "/pantry/icon.svg",
    });
  });

  it("are kept nowhere", () => {
    localStorage.clear();

    find(".offer + .offer [data-choose]").click();

    expect(localStorage.length).toBe(0);
  });
});
