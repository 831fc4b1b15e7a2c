// Answers to read, not to change: for the reading view, and for the other version where two windows wrote.

import { write, type Rows } from "../keeping/rows.ts";
import { isBlank, linesOf, textOf, ticksOf, type Answer, type Answers } from "./answers.ts";
import type { Prompt } from "./words.ts";

/** What was written for these prompts, in their order; those without an answer are passed by. */
export function told(prompts: readonly Prompt[], answers: Answers, rows: Rows): HTMLElement[] {
  return prompts.flatMap((prompt) => {
    const answer = answers[prompt.id];
    if (answer === undefined || isBlank(answer)) return [];
    const said = rows.make("said");
    write(said, "[data-label]", prompt.text);
    said.append(body(prompt, answer, rows));
    return [said];
  });
}

function line(rows: Rows, row: string, text: string): HTMLElement {
  const made = rows.make(row);
  write(made, "[data-text]", text);
  return made;
}

function body(prompt: Prompt, answer: Answer, rows: Rows): HTMLElement {
  if (prompt.kind === "text") return line(rows, "said-text", textOf(answer));
  const list = rows.make("said-list");
  if (prompt.kind === "list") {
    list.append(...linesOf(answer).map((text) => line(rows, "said-line", text)));
    return list;
  }
  const { done, items = [] } = ticksOf(answer);
  const given = prompt.items.filter(({ id }) => done.includes(id)).map(({ text }) => ({ text, done: true }));
  list.append(...[...given, ...items].map((one) => line(rows, one.done ? "said-ticked" : "said-open", one.text)));
  return list;
}
