// The view of copies as the pack has it, down to what the scripts look for (tests/server/test_keep_view.py), and the
// downloads that it hands over.
import type { InsidePlace } from "../../../pwa/door/door.ts";
import { vi } from "vitest";
import { EightWords } from "../../../pwa/inside/eight-words.ts";
import { KeepCopy } from "../../../pwa/inside/keep-copy.ts";
import { OpenCopy } from "../../../pwa/inside/open-copy.ts";
import { beginVisit, showView } from "../../../pwa/inside/room.ts";
import { CHEAP, derive } from "../vault/cheap-derive.ts";
import { wordList } from "../vault/word-list.ts";
import type { MemoryVault } from "./vault-of-copies.ts";
import { layOutRoom, PACK, within } from "./visiting.ts";

const said = (...names: readonly string[]): string =>
  ["working", "memory", "failed", ...names].map((name) => `<p data-said="${name}" hidden></p>`).join("");

const VIEW = `<h1 tabindex="-1">Keep a copy</h1>
<${NAMES.keepCopy}>
  <div data-absent hidden></div>
  <div data-present hidden>
    <form data-make><input type="password" data-secret><input type="password" data-secret>
      <input type="checkbox" data-reveal>${said("short", "unequal", "too-big", "made")}</form>
    <${NAMES.openCopy}>
      <form><input type="file" data-file><p data-chosen hidden><b data-name></b></p><input data-secret></form>
      <div tabindex="-1" data-held hidden>
        <b data-count="section"></b><b data-count="note"></b><b data-count="day"></b><b data-new></b>
        <button data-add></button><button data-leave-it></button>
      </div>
      <p data-said="unknown" hidden><b data-unknown></b></p>
      ${said("no-file", "no-secret", "not-ours", "wrong", "newer", "too-big", "damaged", "full", "all-here", "added", "left")}
    </${NAMES.openCopy}>
    <${NAMES.eightWords}>
      <div tabindex="-1" data-part="begin"><button data-begin></button></div>
      <div tabindex="-1" data-part="words" hidden><ol>${"<li data-word></li>".repeat(8)}</ol><button data-written></button></div>
      <form tabindex="-1" data-part="check" hidden>
        <span data-number="0"></span><input data-asked><span data-number="1"></span><input data-asked>
        ${said("not-that")}<button type="button" data-again></button>
      </form>
      <div tabindex="-1" data-part="done" hidden><button data-make-file></button>${said("made")}</div>
      ${said("too-big")}
    </${NAMES.eightWords}>
    <section data-plain><button data-ask></button>
      <div tabindex="-1" data-warning hidden><button data-save></button><button data-leave-it></button></div>
      ${said("empty", "made")}
    </section>
  </div>
  <template data-plan><p data-notes>Notes</p><p data-days>Days</p><p data-mood>low</p><p data-mood>high</p>
    <p data-steps>Steps</p><p data-felt>good</p><p data-felt>between</p><p data-felt>hard</p>
    <div data-section="now"><p data-title>Right now</p>
      <div data-prompt="bag"><p data-text>What goes in?</p><p data-item="keys">Keys</p></div></div>
  </template>
</${NAMES.keepCopy}>`;

export const WORDS = wordList("en");

export interface Download {
  readonly name: string;
  readonly contents: Blob;
}

export function furnishCopies(): void {
  customElements.define(NAMES.keepCopy, KeepCopy);
  customElements.define(NAMES.openCopy, OpenCopy);
  customElements.define(NAMES.eightWords, EightWords);
}

export type CopiesPlace = Omit<ReturnType<typeof layOutRoom>, "vault"> & { readonly vault: MemoryVault };

/** Shows the view, and gives the downloads that come of it. */
export function showCopies(vault: MemoryVault): { place: CopiesPlace; downloads: Download[]; show: () => void } {
  // Stretched as cheaply as it gets, whatever the view asks for.
  const place: CopiesPlace = { ...layOutRoom(), vault, derive: cheaply };
  const downloads: Download[] = [];
  const offered = new Map<string, Blob>();
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    offered.set(`blob:${offered.size}`, blob as Blob);
    return `blob:${offered.size - 1}`;
  });
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    const contents = offered.get(this.href);
    if (contents) downloads.push({ name: this.download, contents });
  });
  beginVisit({ place, pack: { ...PACK, words: WORDS, views: { ...PACK.views, keep: VIEW } } });
  showView("keep");
  return {
    place,
    downloads,
    show() {
      showView("keep");
    },
  };
}

export const cheaply: typeof derive = (secret, salt) => derive(secret, salt, CHEAP);

export function saidIn(place: InsidePlace, part: string): string[] {
  return [...within(place, part).querySelectorAll<HTMLElement>("[data-said]")]
    .filter(({ hidden }) => !hidden)
    .map(({ dataset }) => dataset["said"] ?? "");
}

export async function bytesOf(download: Download | undefined): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array((await download?.contents.arrayBuffer()) ?? new ArrayBuffer());
}
