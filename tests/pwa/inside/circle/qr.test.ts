// @vitest-environment happy-dom
// Drawn as a screen would, and read as a camera would.
import { Resvg } from "@resvg/resvg-js";
import jsQR from "jsqr";
import { describe, expect, it } from "vitest";
import { drawQr } from "../../../../pwa/inside/circle/qr.ts";

const LINK = "https://example.org/sip/#AbCd-_012345Ef";
const WIDTH = 400;
const MARGIN = 60;

interface Screen {
  readonly pixels: Uint8ClampedArray;
  readonly width: number;
}

/** The picture on a page of that colour, with some of the page around it. */
function onScreen(picture: SVGSVGElement, page: string, width = WIDTH): Screen {
  picture.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const across = width + 2 * MARGIN;
  picture.setAttribute("x", `${MARGIN}`);
  picture.setAttribute("y", `${MARGIN}`);
  picture.setAttribute("width", `${width}`);
  picture.setAttribute("height", `${width}`);
  const around = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${across} ${across}">${picture.outerHTML}</svg>`;
  const drawn = new Resvg(around, { background: page, fitTo: { mode: "width", value: across } }).render();
  return { pixels: new Uint8ClampedArray(drawn.pixels), width: across };
}

const read = ({ pixels, width }: Screen): string | undefined =>
  jsQR(pixels, width, width, { inversionAttempts: "dontInvert" })?.data;

describe("The picture of a link", () => {
  it.each(["#ffffff", "#000000", "#101418"])("is read again on a page of the colour %s", (page) => {
    expect(read(onScreen(drawQr(LINK), page))).toBe(LINK);
  });

  it.each([120, 160, 240])("is read again when it is small: %d pixels", (width) => {
    expect(read(onScreen(drawQr(LINK), "#101418", width))).toBe(LINK);
  });

  it.each([
    "http://127.0.0.1:8000/sip/#AAAAAAAAAAAAAA",
    `https://${"a".repeat(63)}.${"long-".repeat(8)}name.example.org/a-cover-with-a-long-name/#AbCd-_012345Ef`,
  ])("is read again for any address: %s", (link) => {
    expect(read(onScreen(drawQr(link), "#000000"))).toBe(link);
  });

  it("is read again though a corner of the middle is in glare", () => {
    const screen = onScreen(drawQr(LINK), "#ffffff");
    const from = Math.round(screen.width * 0.45);
    for (let y = from; y < from + 36; y += 1) {
      for (let x = from; x < from + 36; x += 1)
        screen.pixels.fill(255, (y * screen.width + x) * 4, (y * screen.width + x) * 4 + 4);
    }

    expect(read(screen)).toBe(LINK);
  });

  it("has four modules of light all around, in whatever colours the page is", () => {
    const picture = drawQr(LINK);
    const size = Number(picture.getAttribute("viewBox")?.split(" ")[2]);
    const { pixels, width } = onScreen(picture, "#000000", size * 10);

    for (let at = 0; at < size * 10; at += 1) {
      for (const [x, y] of [
        [at, 39],
        [39, at],
        [at, size * 10 - 40],
        [size * 10 - 40, at],
      ] as const) {
        expect(pixels[((y + MARGIN) * width + x + MARGIN) * 4]).toBe(255);
      }
    }
  });

  it("says nothing by itself, and no words stand in it", () => {
    const picture = drawQr(LINK);

    expect(picture.getAttribute("aria-hidden")).toBe("true");
    expect(picture.textContent).toBe("");
    expect(picture.outerHTML).not.toContain(LINK.slice(-14));
  });
});
