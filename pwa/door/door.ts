// The hidden way in. What it loads comes from the worker's store, so it opens without a network.

import { coverUp, insideIsOpen, onForget, showRoom } from "../exit/exit.ts";
import { keep, readKept } from "../shell/kept.ts";
import { pageData } from "../shell/page-data.ts";
import { fragmentFrom } from "../shell/trusted-html.ts";
import { onFive } from "./five.ts";
import { passGate } from "./gate.ts";
import { onHold } from "./hold.ts";

/** What inside.ts offers; it is loaded only when somebody comes in. */
export interface Inside {
  enter(place: InsidePlace): Promise<void>;
}

export interface InsidePlace {
  readonly view: HTMLElement;
  readonly packAddress: string;
  /** False as soon as the person has left: whatever loads later must not be shown. */
  stillHere(): boolean;
  fragmentFrom(packHtml: string): DocumentFragment;
  onForget(forget: () => void): void;
  /** The small choices kept outside the vault; passed on so that both scripts share one memory where storage is blocked. */
  readKept(key: string): string | undefined;
  keep(key: string, value: string): boolean;
}

interface Closing {
  onclose: (() => void) | null;
  destroy(): void;
}

// On a network that hangs, nobody waits for ever without a number.
const PATIENCE_MS = 4000;

let visit = 0;
let failedLoads = 0;
let closing: Closing | undefined;

/** Back leads to the cover where the browser lets a page know of it (CloseWatcher); elsewhere Back leaves the page. */
function watchForBack(): void {
  const Watcher = (window as { CloseWatcher?: new () => Closing }).CloseWatcher;
  if (!Watcher) return;
  closing = new Watcher();
  closing.onclose = coverUp;
}

function forgetVisit(): void {
  visit += 1;
  const watcher = closing;
  closing = undefined;
  watcher?.destroy();
}

/** The one number that is known without the pack: that of the country picked last, if one was. */
function callLink(): HTMLElement | undefined {
  const number = readKept(NAMES.emergencyKey);
  if (!number) return undefined;
  const call = document.createElement("a");
  call.className = "button wide";
  call.href = `tel:${number}`;
  call.textContent = (pageData().shell["call"] ?? "").replace("{number}", number);
  return call;
}

/** Nothing could be loaded: say so kindly, in words that fit the cover, with the number to call if one is known. */
function showNotLoaded(view: HTMLElement): void {
  const { shell } = pageData();
  const text = document.createElement("p");
  text.textContent = shell["notLoaded"] ?? "";
  const again = document.createElement("button");
  again.type = "button";
  again.className = "button";
  again.textContent = shell["tryAgain"] ?? "";
  again.addEventListener("click", () => void fill(view));
  const parts: HTMLElement[] = [text, again];
  const call = callLink();
  if (call) parts.unshift(call);
  const box = document.createElement("div");
  box.className = "stack";
  box.append(...parts);
  view.replaceChildren(box);
}

/** Most browsers keep to it that a script has failed under its address, so a new try asks under a new one. */
async function loadInside(): Promise<Inside> {
  const { inside } = pageData();
  try {
    return (await import(failedLoads > 0 ? `${inside}#${failedLoads}` : inside)) as Inside;
  } catch (error) {
    failedLoads += 1;
    throw error;
  }
}

async function fill(view: HTMLElement): Promise<void> {
  const here = visit;
  const stillHere = (): boolean => here === visit && insideIsOpen();
  const { pack, shell } = pageData();
  const waiting = document.createElement("p");
  waiting.className = "muted";
  waiting.textContent = shell["loading"] ?? "";
  view.replaceChildren(waiting);
  setTimeout(() => {
    if (stillHere() && waiting.isConnected) waiting.before(...[callLink()].filter((link) => link !== undefined));
  }, PATIENCE_MS);
  try {
    const loaded = await loadInside();
    // Whoever has left meanwhile asks for nothing more.
    if (!stillHere()) return;
    await loaded.enter({ view, packAddress: pack, stillHere, fragmentFrom, onForget, readKept, keep });
  } catch {
    // Whatever failed - network, storage, a damaged pack - the person needs the same two things: words and a number.
    if (stillHere()) showNotLoaded(view);
  }
}

async function open(): Promise<void> {
  if (insideIsOpen() || !(await passGate())) return;
  const view = document.getElementById("view");
  // Looked at again, since the gate takes its time; and what nobody sees must not open by itself.
  if (!view || insideIsOpen() || document.visibilityState === "hidden") return;
  for (const dialog of document.querySelectorAll("dialog[open]")) (dialog as HTMLDialogElement).close();
  visit += 1;
  showRoom();
  watchForBack();
  document.getElementById("room")?.focus();
  await fill(view);
}

export function hangDoor(title: HTMLElement, versionLine: HTMLElement): void {
  onForget(forgetVisit);
  onHold(title, () => void open());
  onFive(versionLine, () => void open());
}
