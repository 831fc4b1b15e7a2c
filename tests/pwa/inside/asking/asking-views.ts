// The views of check-ins, as the pack brings them, with only what their scripts ask for.

const said = (...names: string[]): string => names.map((name) => `<p data-said="${name}" hidden>${name}</p>`).join("");

export const CARD = `<h1 tabindex="-1">Start</h1><${NAMES.answerCard}>
  <section data-due hidden>
    <button data-answer="here" data-mood="4" data-then="answered">All right</button>
    <button data-answer="here" data-mood="2" data-last-word data-then="answered-hard">Hard day</button>
    <button data-answer="come" data-then="answered-company">Company</button>
    <p data-resting hidden>All are resting</p><button data-wait="hour" data-then="later">In an hour</button>
  </section>
  ${said("answered", "answered-hard", "answered-company", "kept", "later", "moved", "trouble", "full")}
  <section data-travelled hidden><b data-zone></b><button data-move data-then="moved">Move</button><button data-stay>Stay</button></section>
  <div data-lost hidden><button data-go="asking">Look</button></div>
</${NAMES.answerCard}>`;

const TIMES = [0, 1, 2, 3]
  .map((at) => `<p data-time-row${at ? " hidden" : ""}><input type="time" data-time value="${at ? "" : "20:00"}"></p>`)
  .join("");
const DAYS = [1, 2, 3, 4, 5, 6, 7]
  .map(() => '<label><input type="checkbox" data-weekday checked><span data-day-name></span></label>')
  .join("");
const REACHES = ["on", "ask", "denied", "unsupported", "late", "failed"]
  .map((state) => `<p data-reach="${state}" hidden>${state}</p>`)
  .join("");

export const ASKING = `<div lang="en"><h1 tabindex="-1">Check-ins</h1><${NAMES.askingView}>
  <div data-absent hidden></div><p data-unopened hidden></p><section data-apple hidden></section>
  <div data-open hidden>
    <div data-when="off" hidden><b data-name></b><i data-example></i></div>
    <section data-when="on" hidden>
      <p data-next data-paused="Paused" data-until="Until {when}" data-coming="Next {when}" hidden></p>
      <button data-go-on data-then="going-on" hidden>Go on</button>${REACHES}
      <button data-here data-then="tried" data-reach="ask denied late failed" hidden>Here</button>
      <button data-try data-then="tried">Try</button>
      <button data-skip data-then="skipped">Skip</button><button data-pause="day" data-then="paused">Pause</button>
    </section>
    <form data-times>${TIMES}<button type="button" data-add>More</button>${DAYS}
      <select data-zones></select>
      <select data-reminder><option value="60">1</option><option value="120" selected>2</option></select>
      <select data-grace><option value="360" selected>6</option></select>
      ${said("none", "close", "days")}
      <button type="submit" data-when="off" hidden>On</button><button type="submit" data-when="on" hidden>Keep</button>
    </form>
    <details data-when="on" hidden><form data-quiet><p data-quiet-for="sip" hidden></p>
      <input data-quiet-here><input data-quiet-come><button type="submit">Use</button>
      <button type="button" data-quiet-off hidden>Stop</button>${said("quiet-two")}</form></details>
    <button data-off data-then="off" data-when="on" hidden>Off</button>
  </div>
  ${said("working", "on", "off", "changed", "paused", "skipped", "going-on", "tried", "asBefore", "quiet", "quiet-off")}
  ${said("offline", "closed", "later", "full", "failed")}
</${NAMES.askingView}></div>`;
