// The sizes to pick from, and the button that adds the picked one.

import type { Choices } from "./choices.ts";
import { choices } from "./kept.ts";
import { part } from "../../shell/part.ts";
import { text } from "../../shell/words.ts";
import { amountIn } from "./words.ts";

const buttons = (): HTMLElement[] => [...part("sizes").querySelectorAll<HTMLElement>("[aria-pressed]")];

export function wireSizes(): void {
  for (const [picked, button] of buttons().entries()) {
    button.addEventListener("click", () => choices.save({ ...choices.get(), picked }));
  }
}

export const pickedMl = ({ sizes, picked }: Choices): number => sizes[picked] ?? 0;

export function drawSizes(chosen: Choices): void {
  for (const [index, button] of buttons().entries()) {
    button.setAttribute("aria-pressed", String(index === chosen.picked));
    const much = button.querySelector(".much");
    if (much) much.textContent = amountIn(chosen.sizes[index] ?? 0, chosen.unit);
  }
  part("add-what").textContent = text(`add${chosen.picked}`);
  part("add-much").textContent = amountIn(pickedMl(chosen), chosen.unit);
}
