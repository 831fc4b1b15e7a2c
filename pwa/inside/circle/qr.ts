// Draws a link for another phone's camera: here, so that no server ever draws it. Dark on light whatever the page's
// colours are, since not every camera reads the contrary.

import { encode } from "uqr";

/** Light all around, in modules (ISO/IEC 18004): without it a camera finds no edge on a dark page. */
const QUIET = 4;
const SVG = "http://www.w3.org/2000/svg";

function element<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>>,
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

/** One rectangle for each run of dark modules: lines between single ones would show on some screens. */
function runsOf(row: readonly boolean[], y: number): string {
  let path = "";
  for (let x = 0; x < row.length; x += 1) {
    if (!row[x]) continue;
    const start = x;
    while (row[x + 1]) x += 1;
    path += `M${start} ${y}h${x + 1 - start}v1h-${x + 1 - start}z`;
  }
  return path;
}

/** As wide as its place. Whoever shows it gives it its name: to a screen reader it is nothing by itself. */
export function drawQr(link: string): SVGSVGElement {
  // A screen shows no dirt, but glare and a trembling hand: M mends 15%.
  const { data, size } = encode(link, { ecc: "M", border: QUIET });
  const picture = element("svg", {
    viewBox: `0 0 ${size} ${size}`,
    "shape-rendering": "crispEdges",
    "aria-hidden": "true",
    focusable: "false",
  });
  picture.append(
    element("rect", { width: `${size}`, height: `${size}`, fill: "#fff" }),
    element("path", { d: data.map(runsOf).join(""), fill: "#000" }),
  );
  return picture;
}
