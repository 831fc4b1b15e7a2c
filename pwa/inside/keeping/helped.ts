// Which exercises helped: the last answer to each, and nothing else; no count, no history. No document.

import type { Entry } from "../../vault/store.ts";

export const HELPED = "helped";

export const ANSWERS = ["yes", "little", "not"] as const;

export type Answer = (typeof ANSWERS)[number];

export interface Helped {
  readonly exercise: string;
  readonly answer: Answer;
  readonly day: string;
}

export interface LastAnswer {
  readonly answer: Answer;
  readonly entry: Entry;
  /** Other windows' for the same exercise, older: they go with the next answer. */
  readonly older: readonly Entry[];
}

export const isAnswer = (value: unknown): value is Answer => ANSWERS.some((answer) => answer === value);

/** By exercise, the last one written first. */
export function answersOf(entries: readonly Entry[]): Map<string, LastAnswer> {
  const answers = new Map<string, LastAnswer>();
  for (const entry of [...entries].sort((one, other) => one.at - other.at)) {
    const { exercise, answer } = (entry.value ?? {}) as Record<string, unknown>;
    if (typeof exercise !== "string" || !isAnswer(answer)) continue;
    const before = answers.get(exercise);
    answers.set(exercise, { answer, entry, older: before ? [...before.older, before.entry] : [] });
  }
  return answers;
}

/** What helped first, then what helped a little; all others as they stood, since "not today" says nothing of tomorrow. */
export function helpfulFirst(exercises: readonly string[], answers: ReadonlyMap<string, LastAnswer>): string[] {
  const rank = (exercise: string): number => {
    const answer = answers.get(exercise)?.answer;
    return answer === undefined ? ANSWERS.indexOf("not") : ANSWERS.indexOf(answer);
  };
  return [...exercises].sort((one, other) => rank(one) - rank(other));
}
