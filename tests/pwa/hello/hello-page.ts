// The page a host sends people to, as the server writes it (pwa/templates/hello.html), as far as scripts know it.

const BODY = `
  <a id="leave" href="https://weather.example/" data-leave>Leave this page</a>
  <a id="spanish" href="/hello?l=es" data-language>Español</a>
  <p id="offline" role="status" data-text="Please try again when you are online."></p>
  <h1 tabindex="-1">Hello</h1>
  <a id="lower" href="https://weather.example/" data-leave>Leave this page</a>
  <ul>
    <li class="offer" data-name="Sip" data-address="/sip/" data-version="Version 2.4" data-picture="/sip/icon.svg">
      <a href="/sip/">Open Sip</a>
      <button type="button" aria-pressed="false" data-choose hidden>Choose Sip</button>
    </li>
    <li class="offer" data-name="Pantry" data-address="/pantry/" data-version="Version 1.9" data-picture="/pantry/icon.svg">
      <a href="/pantry/">Open Pantry</a>
      <button type="button" aria-pressed="false" data-choose hidden>Choose Pantry</button>
    </li>
  </ul>
  <${NAMES.rehearsal} data-way-in="Hold the name." data-there="You are in." data-way-back="Tap Close." data-done="That was it.">
    <div data-read>Hold the name. Tap Close.</div>
    <div data-start hidden><button type="button">Start</button></div>
    <div class="said" role="status"></div>
    <div class="screen" tabindex="-1" hidden>
      <div data-front>
        <button class="name" type="button">Sip</button>
        <button type="button" aria-expanded="false" data-settings></button>
        <p data-panel hidden>
          <button class="version" type="button">Version 2.4</button>
          <span role="status" data-text="You have the latest version."></span>
        </p>
        <img src="/sip/icon.svg" alt="">
      </div>
      <div data-back hidden><button type="button" data-close>Close</button></div>
    </div>
    <button type="button" data-again hidden>Practise again</button>
  </${NAMES.rehearsal}>
  <div id="phones">
    <details data-phone="android" open></details>
    <details data-phone="apple" open></details>
  </div>
  <section id="older" hidden>A newer browser is needed.</section>
  <a id="open" href="/sip/" data-text="Open {name}" data-open>Open Sip</a>
  <section id="plain"><a href="/t/2?l=en" data-open>Help lines</a></section>`;

export function layOutHello(): void {
  // Whole before it enters the page, as a browser would have it: an element looks for its parts when it enters.
  const box = document.createElement("div");
  box.innerHTML = BODY;
  document.body.replaceChildren(...box.childNodes);
}

export function find(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

export const isShown = (selector: string): boolean => find(selector).closest("[hidden]") === null;

export const said = (): string => [...find(".said").children].map((line) => line.textContent).join(" ");
