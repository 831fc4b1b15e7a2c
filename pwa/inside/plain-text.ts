// What she keeps, as text that any phone or printer can show. A pure function: the words around it come from the view.

import type { Kept } from "../vault/export-contents.ts";
import { FELT, STEPS } from "./keeping/steps.ts";

export interface PlanWords {
  readonly id: string;
  readonly title: string;
  readonly prompts: readonly PromptWords[];
}

export interface PromptWords {
  readonly id: string;
  readonly text: string;
  readonly items: readonly { readonly id: string; readonly text: string }[];
}

export interface PlainWords {
  readonly sections: readonly PlanWords[];
  readonly notes: string;
  readonly days: string;
  /** From 1 to 5. */
  readonly moods: readonly string[];
  readonly steps: string;
  /** Good, in between, hard. */
  readonly felt: readonly string[];
}

type Plain = Readonly<Record<string, unknown>>;

/** Sections in the order of the plan, copies one below the other; then notes, days and steps, oldest first. */
export function plainText(entries: readonly Kept[], words: PlainWords): string {
  const valuesOf = (kind: string): Plain[] =>
    entries.filter((entry) => entry.kind === kind).map(({ value }) => recordOf(value));
  const answers = valuesOf("section");
  return [
    ...words.sections.flatMap((section) =>
      answers.filter((value) => value["section"] === section.id).flatMap((value) => sectionText(section, value)),
    ),
    ...listText(words.notes, valuesOf("note").sort(byDay), (note) => [textOf(note["day"]), textOf(note["text"]), ""]),
    ...listText(words.days, valuesOf("day").sort(byDay), (day) => [
      `${textOf(day["day"])}: ${words.moods[Number(day["mood"]) - 1] ?? ""}`,
    ]),
    ...listText(words.steps, valuesOf(STEPS), (step) => stepText(step, words.felt)),
  ]
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function sectionText(section: PlanWords, value: Plain): readonly string[] {
  const answers = recordOf(value["answers"]);
  const told = section.prompts.flatMap((prompt) => {
    const answer = Object.hasOwn(answers, prompt.id) ? answerText(answers[prompt.id], prompt) : [];
    return answer.length > 0 ? [prompt.text, ...answer, ""] : [];
  });
  return told.length > 0 ? [...titled(section.title), ...told] : [];
}

function answerText(answer: unknown, prompt: PromptWords): readonly string[] {
  if (typeof answer === "string") return answer.trim() ? [answer.trim()] : [];
  if (Array.isArray(answer))
    return answer
      .map(textOf)
      .filter(Boolean)
      .map((line) => `- ${line}`);
  const { done, items } = recordOf(answer);
  const ticked = new Set(Array.isArray(done) ? done : []);
  const added = Array.isArray(items) ? items.map(recordOf) : [];
  const isTouched = ticked.size > 0 || added.length > 0;
  if (!isTouched) return [];
  return [
    ...prompt.items.map(({ id, text }) => tickText(ticked.has(id), text)),
    ...added.map((item) => tickText(item["done"] === true, textOf(item["text"]))),
  ];
}

/** Its words, then how it felt, then the note, each where there is one. */
function stepText(step: Plain, felt: readonly string[]): readonly string[] {
  const word = felt[FELT.findIndex((one) => one === step["felt"])] ?? "";
  return [`- ${textOf(step["text"])}${word && `: ${word}`}`, textOf(step["note"])].filter(Boolean);
}

const tickText = (isDone: boolean, text: string): string => `[${isDone ? "x" : " "}] ${text}`;

function listText(title: string, values: readonly Plain[], tell: (value: Plain) => readonly string[]): string[] {
  return values.length > 0 ? [...titled(title), ...values.flatMap(tell), ""] : [];
}

const titled = (title: string): string[] => [title, "=".repeat(title.length), ""];

const byDay = (one: Plain, other: Plain): number => textOf(one["day"]).localeCompare(textOf(other["day"]));

function recordOf(value: unknown): Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Plain) : {};
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
