// A drink of any size: a small sheet with one field.

import { DRINK_ML } from "./amounts.ts";
import { amountFrom } from "./amount-field.ts";
import { choices } from "./kept.ts";
import { part } from "../../shell/part.ts";

export function wireOther(onAdd: (ml: number) => void): void {
  const sheet = part("other", HTMLDialogElement);
  const field = part("other-much", HTMLInputElement);
  part("open-other").addEventListener("click", () => sheet.showModal());
  part("other-cancel").addEventListener("click", () => sheet.close());
  // A tap beside the sheet lands on the dialog itself.
  sheet.addEventListener("click", (event) => {
    if (event.target === sheet) sheet.close();
  });
  part("other-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const ml = amountFrom(field, part("other-error"), DRINK_ML, choices.get().unit);
    if (ml === undefined) {
      field.focus();
      return;
    }
    field.value = "";
    sheet.close();
    onAdd(ml);
  });
}
