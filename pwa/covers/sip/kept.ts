// All that Sip keeps: the drinks and the choices.

import { openStore } from "../../shell/cover-store.ts";
import { parseChoices } from "./choices.ts";
import { parseDrinks } from "./drinks.ts";

export const drinks = openStore("drinks", parseDrinks);
export const choices = openStore("choices", parseChoices);
