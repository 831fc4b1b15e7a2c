// A visit to the inside, as the door would begin it, with the phone's small choices in a map.
import type { InsidePlace } from "../../../pwa/door/door.ts";
import { onHold } from "../../../pwa/door/hold.ts";
import type { Leaving } from "../../../pwa/exit/exit.ts";
import type { Pack } from "../../../pwa/inside/open-pack.ts";
import { fragmentFrom } from "../../../pwa/shell/trusted-html.ts";
import type { Bytes } from "../../../pwa/shared/bytes.ts";
import { vi } from "vitest";
import { VaultInMemory } from "../vault-in-memory.ts";

export interface TestPlace extends InsidePlace {
  readonly kept: Map<string, string>;
  readonly forgetters: ((leaving: Leaving) => void)[];
  readonly vault: VaultInMemory;
  /** How long the vault may stay open out of sight, once somebody has said so. */
  lockSeconds: number | undefined;
  /** Set it to have the phone refuse to remember, as in a private window. */
  refusesToKeep: boolean;
  /** What the address led here with. */
  invite: Bytes | undefined;
  /** As the exit does it: empties the view, and whoever asked to forget does. */
  leave(leaving?: Leaving): void;
}

/** Lays out a room with an empty view. */
export function layOutRoom(): TestPlace {
  // No network, unless a test brings one of its own afterwards.
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  localStorage.clear();
  const room = document.createElement("div");
  room.dataset["scrolls"] = "";
  const gate = document.createElement("div");
  const view = document.createElement("main");
  room.append(gate, view);
  document.body.replaceChildren(room);
  const kept = new Map<string, string>();
  const forgetters: ((leaving: Leaving) => void)[] = [];
  let here = true;
  return {
    kept,
    forgetters,
    refusesToKeep: false,
    lockSeconds: undefined,
    invite: undefined,
    isInvited() {
      return this.invite !== undefined;
    },
    takeInvite() {
      const taken = this.invite;
      this.invite = undefined;
      return taken;
    },
    leave(leaving = "exit") {
      here = false;
      gate.replaceChildren();
      view.replaceChildren();
      for (const forget of forgetters) forget(leaving);
    },
    coverUp() {
      this.leave();
    },
    coverUpEverywhere() {
      this.leave();
    },
    afterFrame: (act) => setTimeout(act),
    onHold,
    lockAfter(seconds) {
      this.lockSeconds = seconds;
    },
    vault: new VaultInMemory(),
    derive: () => Promise.resolve(new Uint8Array(32)),
    words: WORDS,
    workAddress: "/a/work.js",
    gate,
    view,
    packAddress: "/b/en.bin",
    isAwaited: () => here,
    fragmentFrom,
    onForget: (forget) => forgetters.push(forget),
    readKept: (key) => kept.get(key),
    keep(key, value) {
      kept.set(key, value);
      return !this.refusesToKeep;
    },
    dropKept: (key) => kept.delete(key),
  };
}

const WORDS = {
  code: "Code",
  goOn: "Go on",
  letters: "Letters",
  digits: "Digits",
  show: "Show",
  hide: "Hide",
  loading: "One moment…",
};

export const PACK: Pack = {
  format: 1,
  language: "en",
  direction: "ltr",
  views: {
    start:
      '<h1 tabindex="-1">Start</h1><button data-go="lines">Help lines</button><button data-go="nowhere">?</button>',
    exit: '<h1 tabindex="-1">How Close works</h1><button data-go="start" data-seen>Continue</button>',
    lines: `<h1 tabindex="-1">Help lines</h1>
      <${NAMES.helpLines}>
        <details open><summary>Country: <b data-picked>Choose</b></summary>
          <input>
          <p data-found="Found: {number}"></p><p data-nothing hidden>None</p>
          <ul data-letters><li><button data-to="GB">B</button></li><li><button data-to="XX">X</button></li></ul>
          <ul>
            <li><button data-code="GB" data-names="britain united kingdom gb">Britain</button></li>
            <li><button data-code="IE" data-names="ireland eire ie">Ireland</button></li>
            <li><button data-code="XX" data-names="xanadu united xx">Xanadu</button></li>
          </ul>
        </details>
        <p data-kept hidden></p><p data-not-kept hidden></p>
        <div data-country></div>
      </${NAMES.helpLines}>`,
    plan: '<h1 tabindex="-1">Plan</h1><p>See the <a role="link" tabindex="0" data-go="lines"><em>lines</em></a>.</p>',
  },
  countries: {
    GB: { html: `<h2 data-title tabindex="-1">Britain</h2><p>Call 999</p>`, dial: "999" },
    IE: { html: `<h2 data-title tabindex="-1">Ireland</h2><p>Call 112</p>`, dial: "112" },
    XX: { html: `<h2 data-title tabindex="-1">Xanadu</h2><p>No number known</p>`, dial: null },
  },
  words: [],
};

export function within(place: InsidePlace, selector: string): HTMLElement {
  const found = place.view.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`the view has no ${selector}`);
  return found;
}

export function heading(place: InsidePlace): string {
  return place.view.querySelector("h1")?.textContent ?? "";
}
