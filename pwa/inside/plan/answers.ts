// What has been written in one section of the plan: read with care, put together, compared. No document.

import { isRecord } from "../../shared/asking.ts";

export interface Line {
  readonly text: string;
  readonly done: boolean;
}

/** Ticked items by their ids, and lines of her own with a tick each. */
export interface Ticks {
  readonly done: readonly string[];
  readonly items?: readonly Line[];
}

/** A few sentences, short lines, or ticks, after the kind of the prompt. */
export type Answer = string | readonly string[] | Ticks;
export type Answers = Readonly<Record<string, Answer>>;

export interface Section {
  readonly section: string;
  readonly answers: Answers;
}

export const SECTION = "section";

const isText = (value: unknown): value is string => typeof value === "string";

function readLine(value: unknown): Line[] {
  return isRecord(value) && isText(value["text"]) ? [{ text: value["text"], done: value["done"] === true }] : [];
}

function readAnswer(value: unknown): Answer | undefined {
  if (isText(value)) return value;
  if (Array.isArray(value)) return value.filter(isText);
  if (!isRecord(value) || !Array.isArray(value["done"])) return undefined;
  const items = Array.isArray(value["items"]) ? value["items"].flatMap(readLine) : [];
  return { done: value["done"].filter(isText), ...(items.length ? { items } : {}) };
}

/** An entry may come from another version or from a file: what does not fit is left out, and the rest is read. */
export function readSection(value: unknown): Section | undefined {
  if (!isRecord(value) || !isText(value["section"]) || !isRecord(value["answers"])) return undefined;
  const answers = Object.entries(value["answers"]).flatMap(([id, one]) => {
    const answer = readAnswer(one);
    return answer === undefined ? [] : [[id, answer] as const];
  });
  return { section: value["section"], answers: Object.fromEntries(answers) };
}

const isList = (answer: Answer): answer is readonly string[] => Array.isArray(answer);

export const textOf = (answer: Answer | undefined): string => (isText(answer) ? answer : "");
export const linesOf = (answer: Answer | undefined): readonly string[] =>
  answer !== undefined && isList(answer) ? answer : [];
export const ticksOf = (answer: Answer | undefined): Ticks =>
  answer !== undefined && !isText(answer) && !isList(answer) ? answer : { done: [] };

export function isBlank(answer: Answer | undefined): boolean {
  if (answer === undefined) return true;
  if (isText(answer)) return !answer.trim();
  if (isList(answer)) return answer.every((line) => !line.trim());
  return !answer.done.length && !answer.items?.some(({ text }) => text.trim());
}

export const isWritten = (answers: Answers): boolean => Object.values(answers).some((answer) => !isBlank(answer));

/** The answers with one of them changed; a blank one goes, and those of other prompts stay as they are. */
export function withAnswer(answers: Answers, prompt: string, answer: Answer): Answers {
  const { [prompt]: _before, ...others } = answers;
  return isBlank(answer) ? others : { ...others, [prompt]: answer };
}

const isAmong = <T>(all: readonly T[], some: readonly T[]): boolean => some.every((one) => all.includes(one));
const texts = (ticks: Ticks): readonly string[] => (ticks.items ?? []).map(({ text }) => text);

function holdsAnswer(whole: Answer | undefined, part: Answer): boolean {
  if (isBlank(part)) return true;
  if (isText(part)) return textOf(whole).includes(part.trim());
  if (isList(part)) return isAmong(linesOf(whole), part.filter(Boolean));
  const { done, items = [] } = ticksOf(whole);
  const isHeld = (line: Line): boolean => items.some(({ text, done }) => text === line.text && (done || !line.done));
  return isAmong(done, part.done) && (part.items ?? []).every(isHeld);
}

/** Whether nothing that was written in the one is missing from the other. */
export function holds(whole: Answers, part: Answers): boolean {
  return Object.entries(part).every(([prompt, answer]) => holdsAnswer(whole[prompt], answer));
}

const union = <T>(one: readonly T[], other: readonly T[]): T[] => [...new Set([...one, ...other])];

function joinTicks(one: Ticks, other: Ticks): Ticks {
  const known = texts(one);
  const doneThere = new Set((other.items ?? []).filter(({ done }) => done).map(({ text }) => text));
  const items = [
    ...(one.items ?? []).map(({ text, done }) => ({ text, done: done || doneThere.has(text) })),
    ...(other.items ?? []).filter(({ text }) => !known.includes(text)),
  ];
  return { done: union(one.done, other.done), ...(items.length ? { items } : {}) };
}

function joinAnswer(one: Answer | undefined, other: Answer): Answer {
  if (one === undefined) return other;
  if (isText(one) && holdsAnswer(one, other)) return one;
  return isText(other) && holdsAnswer(other, one) ? other : join(one, other);
}

function join(one: Answer, other: Answer): Answer {
  if (isText(one) || isText(other)) return `${textOf(one)}\n\n${textOf(other)}`;
  if (isList(one) || isList(other)) return union(linesOf(one), linesOf(other));
  return joinTicks(one, other);
}

/** Both in one: texts one below the other, lines and ticks each once. */
export function together(one: Answers, other: Answers): Answers {
  const joined = Object.entries(other).map(([prompt, answer]) => [prompt, joinAnswer(one[prompt], answer)] as const);
  return { ...one, ...Object.fromEntries(joined) };
}
