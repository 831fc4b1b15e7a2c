// What the passcode screen looks like: one field, dressed as the cover is, and no word that tells what it opens.

import type { InsidePlace } from "../door/door.ts";
import { codeIn, LONGEST_CODE } from "./code-field.ts";
import { removeEverything } from "./remove-everything.ts";

/** Long enough that nobody does it by accident; explained and tried out inside only (pwa/templates/inside/remove.html). */
export const HOLD_TO_REMOVE_MS = 5000;

const nothing = (): void => undefined;

let button: HTMLButtonElement | undefined;
let whenHeld = nothing;

function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  given: Partial<HTMLElementTagNameMap[K]>,
  ...inner: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(tag), given);
  made.append(...inner);
  return made;
}

/** A button that switches between two states, and always says what the next press does. */
function makeSwitch(off: string, on: string, onSwitch: (isOn: boolean) => void): HTMLButtonElement {
  const made = make("button", { type: "button", className: "button quiet grow" }, off);
  let isOn = false;
  made.addEventListener("click", () => {
    isOn = !isOn;
    made.textContent = isOn ? on : off;
    onSwitch(isOn);
  });
  return made;
}

function makeField(): HTMLInputElement {
  const field = make("input", { id: "code", type: "password", autocomplete: "off", maxLength: LONGEST_CODE });
  field.inputMode = "numeric";
  field.enterKeyHint = "go";
  field.autocapitalize = "off";
  field.spellcheck = false;
  return field;
}

/** One for as long as the page lives: what hears a long press listens on the document for good. */
function submitButton(place: InsidePlace): HTMLButtonElement {
  if (button) return button;
  button = make("button", { type: "submit", className: "button wide" }, place.words["goOn"] ?? "");
  const held = (): void => {
    whenHeld();
  };
  place.onHold(button, held, HOLD_TO_REMOVE_MS);
  return button;
}

/** Shows it; `tryCode` is called once, and the screen then waits, calm and busy, until somebody takes it away. */
export function showGate(place: InsidePlace, tryCode: (code: string) => void): void {
  const { gate, words } = place;
  const field = makeField();
  const label = make("label", { htmlFor: field.id }, words["code"] ?? "");
  const letters = makeSwitch(words["letters"] ?? "", words["digits"] ?? "", (isOn) => {
    field.inputMode = isOn ? "text" : "numeric";
    field.focus();
  });
  const sight = makeSwitch(words["show"] ?? "", words["hide"] ?? "", (isOn) => {
    field.type = isOn ? "text" : "password";
  });
  const status = make("p", { className: "muted" });
  status.setAttribute("role", "status");
  const submit = submitButton(place);
  const form = make(
    "form",
    { className: "card stack", noValidate: true },
    // The cover's own name: to whoever looks on, this is a part of it.
    make("h1", {}, document.title),
    make("div", { className: "field" }, label, field),
    make("div", { className: "row" }, letters, sight),
    submit,
    status,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = codeIn(field);
    if (!code) field.focus();
    if (!code || field.readOnly) return;
    field.readOnly = true;
    form.setAttribute("aria-busy", "true");
    status.textContent = words["loading"] ?? "";
    tryCode(code);
  });
  whenHeld = () => {
    // Only over an empty field, as she tried it out: a long press on what was typed is just a long press.
    if (!gate.contains(submit) || codeIn(field)) return;
    // Begun before the screen goes, finished behind the cover.
    void removeEverything(place);
    place.coverUpEverywhere();
  };
  gate.replaceChildren(form);
  field.focus({ preventScroll: true });
}

/** Takes it away with what was typed: the button stays for the next time, and would keep the field with it. */
export function takeGateAway({ gate }: InsidePlace): void {
  whenHeld = nothing;
  button?.form?.reset();
  button?.remove();
  gate.replaceChildren();
}
