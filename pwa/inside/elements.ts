// Every custom element of the inside, under its dull name. A view's markup says where one stands.

import { AskingView } from "./asking-view.ts";
import { BreathPacer } from "./breath-pacer.ts";
import { CheckIn } from "./check-in.ts";
import { circleElements } from "./circle/elements.ts";
import { CodeForm } from "./code-form.ts";
import { ComeBack } from "./come-back.ts";
import { DayMoods } from "./day-moods.ts";
import { EightWords } from "./eight-words.ts";
import { GroundingExercise } from "./grounding-exercise.ts";
import { GroupFinder } from "./group-finder.ts";
import { HelpedQuestion } from "./helped-question.ts";
import { HelpLines } from "./help-lines.ts";
import { KeepCopy } from "./keep-copy.ts";
import { OpenCopy } from "./open-copy.ts";
import { OwnPhones } from "./own-phones.ts";
import { PlanEditor } from "./plan-editor.ts";
import { PlanReading } from "./plan-reading.ts";
import { PrivateNotes } from "./private-notes.ts";
import { RemoveView } from "./remove-view.ts";
import { SafeView } from "./safe-view.ts";
import { SmallSteps } from "./small-steps.ts";
import { SpareCopy } from "./spare-copy.ts";
import { SteadyList } from "./steady-list.ts";

export const elements: readonly (readonly [string, CustomElementConstructor])[] = [
  [NAMES.helpLines, HelpLines],
  [NAMES.groupFinder, GroupFinder],
  [NAMES.groundingExercise, GroundingExercise],
  [NAMES.breathPacer, BreathPacer],
  [NAMES.helpedQuestion, HelpedQuestion],
  [NAMES.steadyList, SteadyList],
  [NAMES.smallSteps, SmallSteps],
  [NAMES.planEditor, PlanEditor],
  [NAMES.planReading, PlanReading],
  [NAMES.privateNotes, PrivateNotes],
  [NAMES.dayMoods, DayMoods],
  [NAMES.codeForm, CodeForm],
  [NAMES.safeView, SafeView],
  [NAMES.removeView, RemoveView],
  [NAMES.keepCopy, KeepCopy],
  [NAMES.openCopy, OpenCopy],
  [NAMES.eightWords, EightWords],
  [NAMES.spareCopy, SpareCopy],
  [NAMES.comeBack, ComeBack],
  [NAMES.ownPhones, OwnPhones],
  [NAMES.answerCard, CheckIn],
  [NAMES.askingView, AskingView],
  ...circleElements,
];
