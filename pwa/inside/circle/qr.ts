// A square picture of a link, drawn on the phone: no server ever sees what is in it.

import { encode } from "uqr";

const SVG = "http://www.w3.org/2000/svg";
// What readers ask for around it, in squares.
const BORDER = 4;

/** Dark squares on white, in dark mode too: many cameras read nothing else. */
export function drawSquares(text: string): SVGSVGElement {
  const { data, size } = encode(text, { ecc: "M", border: BORDER });
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("shape-rendering", "crispEdges");
  svg.setAttribute("aria-hidden", "true");
  const [ground, squares] = [document.createElementNS(SVG, "rect"), document.createElementNS(SVG, "path")];
  ground.setAttribute("width", String(size));
  ground.setAttribute("height", String(size));
  ground.setAttribute("fill", "#fff");
  squares.setAttribute("d", path);
  squares.setAttribute("fill", "#000");
  svg.append(ground, squares);
  return svg;
}
