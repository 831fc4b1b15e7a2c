// Small steps to people that were picked: which, in her words how it felt, and no date or count of anything. No document.

import type { Entry } from "../../vault/store.ts";
import { grewFrom } from "./notes.ts";

export const STEPS = "steps";

export const FELT = ["good", "between", "hard"] as const;

export type Felt = (typeof FELT)[number];

export interface Step {
  /** Of the ladder's; one of her own has none. */
  readonly step?: string;
  /** Its words: her own, or those the ladder had in the language she picked it in. */
  readonly text: string;
  readonly felt?: Felt;
  readonly note: string;
}

export interface KeptStep {
  readonly value: Step;
  readonly entry: Entry;
}

export const isFelt = (value: unknown): value is Felt => FELT.some((felt) => felt === value);

export function stepOf(value: unknown): Step | undefined {
  const { step, text, felt, note } = (value ?? {}) as Record<string, unknown>;
  if (typeof text !== "string") return undefined;
  return {
    text,
    note: typeof note === "string" ? note : "",
    ...(typeof step === "string" ? { step } : {}),
    ...(isFelt(felt) ? { felt } : {}),
  };
}

/** In the order in which they were last written. */
export function stepsOf(entries: readonly Entry[]): readonly KeptStep[] {
  return entries.flatMap((entry) => {
    const value = stepOf(entry.value);
    return value ? [{ value, entry }] : [];
  });
}

/** Those that may go: emptied, or a later one holds every letter, as leaving in the middle of a word makes them. */
export function outgrownSteps(steps: readonly KeptStep[]): readonly KeptStep[] {
  return steps.filter((step) => isEmpty(step.value) || steps.some((later) => holds(later, step)));
}

const isEmpty = ({ step, text, felt, note }: Step): boolean =>
  step === undefined && felt === undefined && !text.trim() && !note.trim();

function holds(later: KeptStep, { value, entry }: KeptStep): boolean {
  const sameFelt = value.felt === undefined || later.value.felt === value.felt;
  const sameText = later.value.text === value.text;
  // A file that is opened brings many within one moment, and two steps of her own may begin alike.
  const wroteOn = later.entry.copyOf === entry.id && later.value.text.startsWith(value.text);
  const isSame = later.value.step === value.step && sameFelt && (sameText || wroteOn);
  return isSame && grewFrom({ text: later.value.note, entry: later.entry }, { text: value.note, entry });
}
