// Every custom element of the inside, under its dull name.

import { BreathPacer } from "./breath-pacer.ts";
import { CodeForm } from "./code-form.ts";
import { GroundingExercise } from "./grounding-exercise.ts";
import { HelpLines } from "./help-lines.ts";
import { RemoveView } from "./remove-view.ts";
import { SafeView } from "./safe-view.ts";

export const elements: readonly (readonly [string, CustomElementConstructor])[] = [
  [NAMES.helpLines, HelpLines],
  [NAMES.groundingExercise, GroundingExercise],
  [NAMES.breathPacer, BreathPacer],
  [NAMES.codeForm, CodeForm],
  [NAMES.safeView, SafeView],
  [NAMES.removeView, RemoveView],
];
