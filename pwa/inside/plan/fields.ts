// A prompt as fields to write in, after its kind: a text, short lines, or things to tick.

import { grow } from "../keeping/growing.ts";
import { nameAfter, part, write, type Rows } from "../keeping/rows.ts";
import { linesOf, textOf, ticksOf, type Answer, type Line } from "./answers.ts";
import type { Prompt } from "./words.ts";

export interface Asked {
  readonly prompt: Prompt;
  readonly answer: Answer | undefined;
  readonly rows: Rows;
  readonly changed: (answer: Answer) => void;
  /** A line was taken away; it can be put back. */
  readonly removed: (putBack: () => void) => void;
}

export function fieldFor(asked: Asked): HTMLElement {
  if (asked.prompt.kind === "list") return listField(asked);
  return asked.prompt.kind === "ticks" ? ticksField(asked) : textField(asked);
}

function textField({ prompt, answer, rows, changed }: Asked): HTMLElement {
  const field = rows.make("text");
  write(field, "[data-label]", prompt.text);
  const area = part<HTMLTextAreaElement>(field, "textarea");
  area.value = textOf(answer);
  area.addEventListener("input", () => changed(area.value));
  grow(area);
  return field;
}

function listField(asked: Asked): HTMLElement {
  const { prompt, answer, rows, changed } = asked;
  const field = rows.make("list");
  write(field, "[data-label]", prompt.text);
  const read = (): void => changed(linesIn(field).map(({ text }) => text));
  const add = addingLines(field, "line", asked, read);
  for (const text of linesOf(answer)) add({ text, done: false });
  // An empty line shows what to do here better than a button would.
  if (!linesOf(answer).length) add({ text: "", done: false });
  return field;
}

function ticksField(asked: Asked): HTMLElement {
  const { prompt, answer, rows, changed } = asked;
  const { done, items = [] } = ticksOf(answer);
  const field = rows.make("ticks");
  write(field, "[data-label]", prompt.text);
  const boxes = prompt.items.map(({ id, text }) => {
    const tick = rows.make("tick");
    write(tick, "[data-text]", text);
    const box = part<HTMLInputElement>(tick, "input");
    box.checked = done.includes(id);
    part(field, "[data-ticks]").append(tick);
    return [id, box] as const;
  });
  const known = new Set(prompt.items.map(({ id }) => id));
  const read = (): void => {
    const ticked = boxes.filter(([, box]) => box.checked).map(([id]) => id);
    // What another version of the plan had to tick stays ticked.
    const all = [...ticked, ...done.filter((id) => !known.has(id))];
    const own = linesIn(field);
    changed({ done: all, ...(own.length ? { items: own } : {}) });
  };
  field.addEventListener("change", read);
  const add = addingLines(field, "own", asked, read);
  for (const line of items) add(line);
  return field;
}

/** The lines that hold a word, as they stand. */
function linesIn(field: HTMLElement): readonly Line[] {
  return [...field.querySelectorAll<HTMLElement>("[data-line]")]
    .map((line) => ({
      text: part<HTMLTextAreaElement>(line, "textarea").value.trim(),
      done: line.querySelector<HTMLInputElement>("[type=checkbox]")?.checked === true,
    }))
    .filter(({ text }) => text);
}

type Add = (line: Line, after?: HTMLElement) => HTMLElement;

/** Gives a field its way to add lines, and each line its ways to change and to go. */
function addingLines(field: HTMLElement, row: string, { rows, removed }: Asked, read: () => void): Add {
  const list = part(field, "[data-lines]");
  const button = part(field, "[data-add]");
  const begin = (after?: HTMLElement): void => {
    part(add({ text: "", done: false }, after), "textarea").focus();
  };
  const add: Add = ({ text, done }, after) => {
    const line = rows.make(row);
    const area = part<HTMLTextAreaElement>(line, "textarea");
    area.value = text;
    const box = line.querySelector<HTMLInputElement>("[type=checkbox]");
    if (box) box.checked = done;
    nameAfter(area, part(field, "[data-label]"));
    area.addEventListener("input", read);
    area.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      begin(line);
    });
    part(line, "[data-remove]").addEventListener("click", () => {
      const next = line.nextSibling;
      line.remove();
      button.focus();
      read();
      if (!area.value.trim()) return;
      removed(() => {
        list.insertBefore(line, next?.parentNode === list ? next : null);
        area.focus();
        read();
      });
    });
    list.insertBefore(line, after?.nextSibling ?? null);
    grow(area);
    return line;
  };
  button.addEventListener("click", () => begin());
  return add;
}
