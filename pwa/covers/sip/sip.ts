// Sip: how much water today. The page is there before this script; here it comes alive.

import { now } from "../../shared/clock.ts";
import { wrote } from "../../shell/entries.ts";
import { offerHistory } from "../../shell/history.ts";
import { startShell } from "../../shell/start.ts";
import { dayOf } from "../../shell/days.ts";
import { addDrink, drinksOn, removeDrink, returnDrink, totalOn, type Drink } from "./drinks.ts";
import { pastOf } from "./history.ts";
import { choices, drinks } from "./kept.ts";
import { wireOther } from "./other-amount.ts";
import { part } from "../../shell/part.ts";
import { drawPicture, stir } from "./picture.ts";
import { drawUnits, wireSettings } from "./settings.ts";
import { drawSizes, pickedMl, wireSizes } from "./sizes.ts";
import { hideToast, showToast, wireToast } from "./toast.ts";
import { drawToday } from "./today-list.ts";
import { drawWeek } from "./week-chart.ts";
import { text } from "../../shell/words.ts";
import { amountIn } from "./words.ts";

/** Often enough for a day to end and a line to appear while the page stays open. */
const LOOK_AGAIN_MS = 30_000;
let weeksBack = 0;

const today = (): readonly Drink[] => drinksOn(drinks.get(), dayOf(now()));

const drawHistory = offerHistory(() => pastOf(drinks.get(), choices.get()));

function draw(): void {
  const chosen = choices.get();
  const drunk = today();
  drawPicture(drinks.get(), totalOn(drunk, dayOf(now())), chosen);
  drawSizes(chosen);
  drawUnits(chosen);
  drawToday(drunk, chosen.unit, remove);
  drawWeek(drinks.get(), chosen, weeksBack);
  part("take-back", HTMLButtonElement).disabled = drunk.length === 0;
  drawHistory();
}

/** For those who listen: what changed and where the day stands. */
function tell(key: string, ml: number): void {
  const { goal, unit } = choices.get();
  const total = totalOn(drinks.get(), dayOf(now()));
  const told = text(key, { amount: amountIn(ml, unit), total: amountIn(total, unit) });
  part("said").textContent = total >= goal ? `${told} ${text("reached")}` : told;
}

function add(ml: number): void {
  hideToast();
  drinks.save(addDrink(drinks.get(), ml, now()));
  stir();
  tell("added", ml);
  wrote(String(ml));
}

function remove(drink: Drink): void {
  drinks.save(removeDrink(drinks.get(), drink.at));
  stir();
  showToast(text("removed", { amount: amountIn(drink.ml, choices.get().unit) }), () => {
    drinks.save(returnDrink(drinks.get(), drink));
    stir();
    tell("putBack", drink.ml);
    part("today-title").focus({ preventScroll: true });
  });
  tell("removed", drink.ml);
  // The button that was pressed may be gone; the way back is the next thing at hand.
  part("undo").focus({ preventScroll: true });
}

function turnTo(weeks: number): void {
  weeksBack = weeks;
  part("said").textContent = drawWeek(drinks.get(), choices.get(), weeksBack);
}

startShell();
wireSizes();
wireToast();
wireOther(add);
wireSettings();
drinks.subscribe(draw);
choices.subscribe(draw);
part("add").addEventListener("click", () => add(pickedMl(choices.get())));
part("take-back").addEventListener("click", () => {
  const last = today().at(-1);
  if (last) remove(last);
});
part("earlier").addEventListener("click", () => turnTo(weeksBack + 1));
part("later").addEventListener("click", () => turnTo(weeksBack - 1));
document.addEventListener("home", () => {
  weeksBack = 0;
  hideToast();
  draw();
});
document.addEventListener("visibilitychange", draw);
setInterval(draw, LOOK_AGAIN_MS);
draw();
