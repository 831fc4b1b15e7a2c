// The views that keep words, as the pack brings them, with only what their scripts ask for.
import type { Pack } from "../../../pwa/inside/open-pack.ts";

const SAVING = `<div data-saving data-open hidden>
  <p data-said hidden>Saved</p>
  <div data-undo hidden><button data-undo-it>Undo</button></div>
  <div data-trouble role="alert" hidden>
    <p data-when="full" hidden>No room</p><p data-when="locked" hidden>Locked</p><p data-when="other" hidden>Not saved</p>
    <button data-again>Try again</button><div data-when="full" hidden><button data-go="keep">Save a copy</button></div>
  </div>
</div>`;

const ABSENT = `<div data-absent hidden><button data-go="safe">Set up</button></div>
<p data-unopened hidden>Not read</p>
<p data-unreadable data-one="One thing" data-more="{count} things" hidden></p>`;

const TOLD = `<template data-row="said"><div class="said"><p data-label></p></div></template>
<template data-row="said-text"><p class="own" data-text></p></template>
<template data-row="said-list"><ul class="own"></ul></template>
<template data-row="said-line"><li data-text></li></template>
<template data-row="said-ticked"><li>Ticked: <span data-text></span></li></template>
<template data-row="said-open"><li>Open: <span data-text></span></li></template>`;

const FIELDS = `<template data-row="fields"><div><div data-other></div><div data-fields></div></div></template>
<template data-row="text"><label><span data-label></span><textarea></textarea></label></template>
<template data-row="list"><div><span data-label></span><ul data-lines></ul><button data-add>Add</button></div></template>
<template data-row="line"><li data-line><textarea></textarea><button data-remove>Remove</button></li></template>
<template data-row="ticks"><div><span data-label></span><div data-ticks></div><ul data-lines></ul><button data-add>Add</button></div></template>
<template data-row="tick"><label><input type="checkbox"><span data-text></span></label></template>
<template data-row="own"><li data-line><input type="checkbox"><textarea></textarea><button data-remove>Remove</button></li></template>
<template data-row="both"><div data-both><div data-theirs></div><button data-keep-both>Both</button><button data-keep-mine>Mine</button><button data-keep-theirs>Theirs</button></div></template>
<template data-row="arranged"><li><span data-title></span><button data-up aria-label="Up"></button><button data-down aria-label="Down"></button><label><input type="checkbox">Show</label></li></template>`;

interface TestPrompt {
  readonly id: string;
  readonly kind: string;
  readonly items?: readonly string[];
}

function sectionOf(id: string, prompts: readonly TestPrompt[]): string {
  const asked = prompts.map(({ id: prompt, kind, items = [] }) => {
    const list = items.map((item) => `<li data-item="${item}">The ${item}</li>`).join("");
    return `<li data-prompt="${prompt}" data-kind="${kind}"><span data-text>${prompt}?</span><ul>${list}</ul></li>`;
  });
  return `<details data-section="${id}"><summary><h2>About ${id}</h2><span data-written hidden>written</span></summary>
    <ul data-prompts>${asked.join("")}</ul></details>`;
}

const SECTIONS = [
  sectionOf("now", [
    { id: "reach", kind: "text" },
    { id: "signs", kind: "list" },
  ]),
  sectionOf("bag", [
    { id: "things", kind: "ticks", items: ["keys", "shoes"] },
    { id: "kept", kind: "text" },
  ]),
  sectionOf("heart", [{ id: "words", kind: "text" }]),
].join("");

const CHOICES = [5, 4, 3, 2, 1]
  .map(
    (level) =>
      `<label data-mood="${level}"><input type="radio" name="mood" value="${level}"><svg data-level="${level}"></svg><span data-word>Word ${level}</span></label>`,
  )
  .join("");

const rung = (step: string): string => `<li data-rung="${step}"><span data-text>To ${step}</span>
  <span data-open hidden><button data-pick aria-pressed="false">Pick</button></span></li>`;

const STEPS = `<${NAMES.smallSteps}>${ABSENT}
  <section data-open hidden><h2 tabindex="-1" data-yours>Yours</h2><p data-beside hidden></p><p data-nothing hidden>None</p>
    <div data-picked></div><button data-add>Add</button></section>
  <details data-band><summary tabindex="0">Light</summary><ul>${rung("read")}${rung("nod")}</ul></details>
  <details data-band><summary tabindex="0">More</summary><ul>${rung("call")}</ul></details>
  ${SAVING}<template data-row="picked"><article><h3 tabindex="-1" data-title></h3>
    <label data-own hidden><textarea></textarea></label>
    <button data-felt="good"></button><button data-felt="between"></button><button data-felt="hard"></button>
    <p data-kind hidden></p><label data-note><textarea></textarea></label>
    <button data-smaller>Smaller</button><button data-remove>Put away</button></article></template></${NAMES.smallSteps}>`;

const EXERCISES = ["one", "two", "three", "four"]
  .map((exercise) => `<li data-exercise="${exercise}"><button data-go="${exercise}">${exercise}</button></li>`)
  .join("");

const HELPED = `<${NAMES.helpedQuestion} data-exercise="two"><div data-open hidden>
  ${["yes", "little", "not"].map((answer) => `<button data-answer="${answer}" aria-pressed="false"></button>`).join("")}
  <span data-said hidden>Kept</span><span data-trouble hidden>Not kept</span></div></${NAMES.helpedQuestion}>`;

export const KEEPING_PACK: Pack = {
  format: 1,
  language: "en",
  direction: "ltr",
  words: [],
  views: {
    start: '<h1 tabindex="-1">Start</h1>',
    keep: '<h1 tabindex="-1">Save a copy</h1>',
    steps: `<h1 tabindex="-1">Steps</h1>${STEPS}`,
    steady: `<h1 tabindex="-1">Steady</h1><${NAMES.steadyList}><ul data-exercises>${EXERCISES}</ul>
      <template data-row="yes"><span>helped</span></template><template data-row="little"><span>a little</span></template>
      </${NAMES.steadyList}>`,
    two: `<h1 tabindex="-1">Two</h1>${HELPED}`,
    plan: `<h1 tabindex="-1">Plan</h1><${NAMES.planEditor}>${ABSENT}<p data-due hidden></p>
      <div data-parts>${SECTIONS}</div>
      <details data-arrange data-open hidden><summary>Order</summary><input type="date" data-review>
        <ul data-arranged></ul><p data-place data-words="{title}: {place} of {count}"></p></details>
      ${SAVING}${FIELDS}${TOLD}</${NAMES.planEditor}>`,
    reading: `<h1 tabindex="-1">Reading</h1><${NAMES.planReading}>${ABSENT}<p data-nothing hidden>Nothing</p>
      <div data-sections></div><template data-row="section"><section><h2 data-title></h2></section></template>${TOLD}</${NAMES.planReading}>`,
    notes: `<h1 tabindex="-1">Notes</h1><${NAMES.privateNotes}>${ABSENT}
      <div data-open hidden><button data-new>New</button><p data-beside hidden></p><p data-nothing hidden>None</p>
      <div data-notes></div><button data-older hidden>Older</button></div>${SAVING}
      <template data-row="note"><article><time></time><p data-text></p><div data-field hidden></div>
      <button data-change>Change</button><button data-finish hidden>Done</button><button data-remove>Remove</button></article></template>
      <template data-row="note-field"><label>Note<textarea></textarea></label></template></${NAMES.privateNotes}>`,
    days: `<h1 tabindex="-1">Days</h1><${NAMES.dayMoods}>${ABSENT}
      <div data-open hidden><input type="date" data-day><fieldset>${CHOICES}</fieldset><button data-clear hidden>Clear</button>
      <h2 data-month></h2><button data-before>Before</button><button data-after>After</button>
      <div data-picture><div data-weekdays></div><div data-cells></div></div><p data-none hidden>None</p>
      <table><caption data-month></caption><tbody data-table></tbody></table></div>${SAVING}
      <template data-row="cell"><div><span data-number></span><span data-shape></span></div></template>
      <template data-row="day"><div><b data-date></b><i data-felt></i></div></template></${NAMES.dayMoods}>`,
  },
  countries: {},
};
