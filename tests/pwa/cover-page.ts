// The frame of a cover as the server writes it (pwa/templates/layouts/cover.html), as far as scripts know it.
import type { PageData } from "../../pwa/shell/page-data.ts";

export const PAGE: PageData = {
  cover: "sip",
  language: "en",
  texts: {},
  shell: {
    call: "Call {number}",
    languageOffline: "Please try again when you are online.",
    latest: "You have the latest version.",
    loading: "One moment…",
    notKept: "Changes last only while it is open.",
    notLoaded: "This could not be loaded.",
    notOpened: "This could not be opened now.",
    tryAgain: "Try again",
  },
  inside: "/a/more.js",
  pack: "/b/en.bin",
  worker: "/sip/sw.js",
  keyWorker: "/a/calc.js",
  scope: "/sip/",
  exit: "https://weather.example/",
  example: "Time for a glass of water",
};

const FRAME = `
  <div id="cover">
    <button id="title" type="button">Sip</button>
    <button id="open-history" type="button"></button>
    <button id="open-settings" type="button"></button>
    <p id="notice" role="status" hidden></p>
    <main id="main">Water today</main>
    <section id="add-card" hidden>
      <p data-share hidden></p>
      <button data-add hidden></button>
      <button data-later></button>
    </section>
    <dialog id="history"><div id="past"></div><button id="to-settings" type="button"></button></dialog>
    <dialog id="settings">
      <select id="language"><option value="en" selected></option><option value="es"></option></select>
      <button id="version" type="button">Version 2.4</button><span id="version-note"></span>
    </dialog>
  </div>
  <div id="room" data-scrolls tabindex="-1" hidden>
    <button id="leave" type="button">Close</button>
    <div id="gate"></div>
    <main id="view"></main>
  </div>
  <script id="data" type="application/json"></script>`;

/** Lays a new page out, cover in sight. Scripts read the data once, so it has to come before them. */
export function layOutCover(data: Partial<PageData> = {}): void {
  document.body.innerHTML = FRAME;
  part("data").textContent = JSON.stringify({ ...PAGE, ...data });
}

export function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** What a person at the screen, or at the accessibility tree, has before them. */
export function inSight(): "cover" | "inside" {
  const shown = !part("room").hidden;
  if (shown && !part("cover").inert) throw new Error("the cover is in reach beneath the inside");
  return shown ? "inside" : "cover";
}

/** Lets the next frame be drawn, and what waits for it be done. */
export function drawn(): Promise<void> {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(() => setTimeout(done)));
  });
}
