// The views of people who look out for her, down to what their scripts look for (tests/server/test_circle_views.py).

const said = (...names: readonly string[]): string =>
  names.map((name) => `<p data-said="${name}" hidden>${name}</p>`).join("");
const TROUBLES = ["working", "failed", "memory", "offline", "later", "refused", "closed", "nothing", "full"];

const NUDGE = `<template data-row="nudge"><article data-nudge hidden><h3><bdi data-from>Yours</bdi></h3>
  <div data-nudge-when="open"><p data-note></p><p data-no-note hidden></p></div>
  <p data-nudge-when="well" hidden></p></article></template>`;

const NOTES = `<div data-editor data-suggestion="Do not call first">${[0, 1, 2]
  .map(
    (kind) => `<div data-kind="${kind}"><label><textarea></textarea></label>
      ${kind === 2 ? "<button type=button data-suggest hidden></button>" : ""}
      <p data-long="{count} too many" hidden></p><details data-preview></details></div>`,
  )
  .join("")}</div>`;

const ABSENT = `<div data-absent hidden></div><p data-unopened hidden></p>`;

/** What can be told to the host, with what can be attached. */
export const tellForm = (...attachable: readonly string[]): string => `<details data-tell hidden><form>
  <select data-whom><option value="">Nobody</option></select><textarea data-happened></textarea>
  ${attachable.map((what) => `<label hidden><input type="checkbox" data-attach="${what}"></label>`).join("")}</form></details>`;

export const BUDDIES = `<div lang="en"><h1 tabindex="-1">People</h1><${NAMES.buddiesView}>${ABSENT}
  <div data-open hidden><p data-as-before hidden></p><div data-resting hidden></div><p data-nobody hidden></p>
    <div data-people></div><p data-full hidden></p><p data-ask hidden><button data-go="invite"></button></p>
    <section data-some hidden>
      <div data-asking="off" hidden></div>
      <div data-asking="on" hidden><input type="checkbox" data-nudge-on>
        <select data-patience><option value="30">30</option><option value="60">60</option></select></div>
      <fieldset data-told-only><input type="radio" name="order" value="turns"><input type="radio" name="order" value="together"></fieldset>
      <p data-told-only><select data-most></select></p></section>${tellForm("notes", "reply")}</div>
  ${said("kept", "agreed", "stopped", "stopping", "gone", "told", "empty", "long", ...TROUBLES)}
  <ul hidden><li data-phrase="4">I'm thinking of you.</li></ul>
  <template data-row="person"><article><h2><bdi data-name data-unnamed="Somebody"></bdi></h2>
    <p data-last hidden><q data-words></q><span data-day></span></p>
    <div data-agree hidden><button data-still>Still right</button></div>
    <form><p data-not-here hidden></p><div data-keyed>${NOTES}<input data-called><button type="submit"></button></div>
    <p data-unkeyed hidden></p></form><button data-stop>Stop now</button></article></template>
  <template data-row="gone"><article><bdi data-name></bdi><button data-take-off></button></article></template>
  <template data-row="card"><article><bdi data-name></bdi><p data-state="waiting"></p><p data-state="compare" hidden></p>
    <p data-state="declined over" hidden></p><button data-look></button></article></template>
  ${NUDGE}</${NAMES.buddiesView}></div>`;

const QUESTIONS = ["phone", "tell"]
  .flatMap((name) => ["no", "maybe", "yes"].map((value) => `<input type="radio" name="${name}" value="${value}">`))
  .join("");

export const INVITE = `<div lang="en"><h1 tabindex="-1">Ask</h1><${NAMES.inviteView}>${ABSENT}
  <section tabindex="-1" data-part="begin" hidden>${QUESTIONS}<p data-doubt hidden></p><button data-to="sees"></button></section>
  <section tabindex="-1" data-part="sees" hidden><button data-to="ask"></button></section>
  <section tabindex="-1" data-part="ask" hidden><form><input data-called><input type="checkbox" data-no-officers>
    <input data-hours>${said("no-name")}</form></section>
  <section tabindex="-1" data-part="notes" hidden><div data-notes></div><button data-make></button></section>
  <section tabindex="-1" data-part="words" hidden><ol>${"<li data-word></li>".repeat(8)}</ol><div data-qr></div>
    <input data-link><button data-copy></button><p data-until="Until {when}"></p><button data-drop></button></section>
  <section tabindex="-1" data-part="compare" hidden><ol>${"<li><span data-same-word></span><span data-same-number></span></li>".repeat(4)}</ol>
    <button data-match></button><button data-differ></button></section>
  <section tabindex="-1" data-part="done" hidden><p data-nudge-off hidden></p></section>
  <section tabindex="-1" data-part="declined" hidden><button data-anew></button></section>
  <section tabindex="-1" data-part="over" hidden></section><section tabindex="-1" data-part="between" hidden></section>
  ${said("copied", "dropped", "most", ...TROUBLES)}
  <template data-row="notes">${NOTES}</template>${NUDGE}</${NAMES.inviteView}></div>`;
