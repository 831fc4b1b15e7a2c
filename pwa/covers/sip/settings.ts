// The settings: each is kept as soon as it is changed.

import { DRINK_ML, GOAL_ML, type Range } from "./amounts.ts";
import { amountFrom, isWrong } from "./amount-field.ts";
import { inUnit, OWN_LENGTH, OWN_LINE, type Choices } from "./choices.ts";
import { choices } from "./kept.ts";
import { part } from "../../shell/part.ts";
import { fieldAmount, unitName } from "./words.ts";

const unit = part("set-unit", HTMLSelectElement);
const goal = part("set-goal", HTMLInputElement);
const sizes = [0, 1, 2, 3].map((index) => part(`set-size${index}`, HTMLInputElement));
const line = part("set-line", HTMLSelectElement);
const own = part("set-own", HTMLInputElement);
const after = part("set-after", HTMLSelectElement);

function fill(): void {
  const chosen = choices.get();
  // What did not fit is still there to be put right.
  const show = (field: HTMLInputElement, ml: number | undefined): void => {
    if (!isWrong(field)) field.value = fieldAmount(ml ?? 0, chosen.unit);
  };
  unit.value = chosen.unit;
  show(goal, chosen.goal);
  for (const [index, field] of sizes.entries()) show(field, chosen.sizes[index]);
  line.value = String(chosen.line);
  own.value = chosen.own;
  after.value = String(chosen.after);
  part("own-field").hidden = chosen.line !== OWN_LINE;
}

export function drawUnits(chosen: Choices): void {
  for (const name of document.querySelectorAll("[data-unit]")) name.textContent = `(${unitName(chosen.unit)})`;
}

function change(changed: Partial<Choices>): void {
  choices.save({ ...choices.get(), ...changed });
  fill();
}

function resize(index: number, ml: number): void {
  change({ sizes: choices.get().sizes.map((size, place) => (place === index ? ml : size)) });
}

function wireAmount(field: HTMLInputElement, error: HTMLElement, range: Range, keep: (ml: number) => void): void {
  field.addEventListener("change", () => {
    if (!field.value.trim()) {
      // An emptied field asks for nothing: the amount stays what it was.
      field.removeAttribute("aria-invalid");
      error.textContent = "";
      fill();
      return;
    }
    const ml = amountFrom(field, error, range, choices.get().unit);
    if (ml !== undefined) keep(ml);
  });
}

export function wireSettings(): void {
  fill();
  part("open-settings").addEventListener("click", fill);
  unit.addEventListener("change", () => change(inUnit(choices.get(), unit.value === "oz" ? "oz" : "ml")));
  wireAmount(goal, part("set-goal-error"), GOAL_ML, (ml) => change({ goal: ml }));
  for (const [index, field] of sizes.entries()) {
    wireAmount(field, part("set-size-error"), DRINK_ML, (ml) => resize(index, ml));
  }
  line.addEventListener("change", () => {
    change({ line: Number(line.value) });
    if (choices.get().line === OWN_LINE) own.focus();
  });
  own.addEventListener("change", () => change({ own: own.value.slice(0, OWN_LENGTH) }));
  after.addEventListener("change", () => change({ after: Number(after.value) }));
  // "Done" waits while something typed does not fit, so that nobody believes it was kept.
  part("settings").addEventListener("submit", (event) => {
    const wrong = [goal, ...sizes].find(isWrong);
    if (!wrong) return;
    event.preventDefault();
    wrong.focus();
  });
}
