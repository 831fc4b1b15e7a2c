// The hidden way in. What it loads comes from the worker's store, so it opens without a network.

import {
  afterFrame,
  coverUp,
  coverUpEverywhere,
  insideIsOpen,
  onForget,
  showRoom,
  type Leaving,
} from "../exit/exit.ts";
import { dropKept, keep, readKept } from "../shell/kept.ts";
import { invites, watchLink, type Invites } from "../shell/link-in.ts";
import { pageData } from "../shell/page-data.ts";
import { fragmentFrom, scriptAddress } from "../shell/trusted-html.ts";
import type { Derive } from "../vault/derive.ts";
import type { Vault } from "../vault/store.ts";
import { onFive } from "./five.ts";
import { onHold } from "./hold.ts";

/** What inside.ts offers; it is loaded only when somebody comes in. */
export interface Inside {
  enter(place: DoorPlace): Promise<void>;
}

/** What the door hands in: the vault's own code comes with the inside, so that the cover's script stays small. */
export interface DoorPlace extends Invites {
  readonly view: HTMLElement;
  /** Where a passcode is asked for, if one is set. While it is shown, the view waits out of sight. */
  readonly gate: HTMLElement;
  /** The frame's own words: all there are before the pack is open. */
  readonly words: Readonly<Record<string, string>>;
  readonly packAddress: string;
  /** The script that stretches a passcode. */
  readonly workAddress: string;
  /** False once the person has left, or another try has brought the inside: whatever loads later must not be shown. */
  readonly isAwaited: () => boolean;
  fragmentFrom(packHtml: string): DocumentFragment;
  onForget(forget: (leaving: Leaving) => void): void;
  coverUp(): void;
  coverUpEverywhere(): void;
  afterFrame(act: () => void): void;
  onHold(target: HTMLElement, held: () => void, holdMs?: number): void;
  /** The small choices kept outside the vault; passed on so that both scripts share one memory where storage is blocked. */
  readKept(key: string): string | undefined;
  keep(key: string, value: string): boolean;
  dropKept(key: string): void;
}

export interface InsidePlace extends DoorPlace {
  readonly vault: Vault;
  /** How long the vault may stay open while the page is out of sight. */
  lockAfter(seconds: number): void;
  /** Stretches a passphrase as the vault does, for a file that is kept elsewhere. */
  readonly derive: Derive;
}

interface Closing {
  onclose: (() => void) | null;
  destroy(): void;
}

// On a network that hangs, nobody waits for ever without a number and a new try.
const PATIENCE_MS = 4000;

// What the server says of a script that an update has replaced.
const GONE = 404;

let visit = 0;
let imports = 0;
let loaded: Inside | undefined;
let isScriptGone = false;
/** What stands in the view until the inside does. */
let standIn: HTMLElement | undefined;
let closing: Closing | undefined;

/** Back leads to the cover where the browser lets a page know of it (CloseWatcher); elsewhere Back leaves the page. */
function watchForBack(): void {
  const Watcher = (window as { CloseWatcher?: new () => Closing }).CloseWatcher;
  if (!Watcher) return;
  closing = new Watcher();
  closing.onclose = () => {
    coverUp();
  };
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

/** A page older than its server's scripts is opened anew, which shows the cover; otherwise the inside is tried again. */
function tryAgain(view: HTMLElement): void {
  if (isScriptGone && navigator.onLine) location.reload();
  else void fill(view);
}

function putStandIn(view: HTMLElement, text: string): HTMLElement {
  const line = document.createElement("p");
  line.textContent = text;
  const box = document.createElement("div");
  box.className = "stack";
  box.append(line);
  view.replaceChildren(box);
  standIn = box;
  return box;
}

function offerCall(box: HTMLElement): void {
  const call = callLink();
  if (call) box.prepend(call);
}

/** The number to call, if one is known, and a new try; offered once. */
function offerWaysOn(box: HTMLElement, view: HTMLElement): void {
  if (box.querySelector("button")) return;
  offerCall(box);
  const again = document.createElement("button");
  again.type = "button";
  again.className = "button";
  again.textContent = pageData().shell["tryAgain"] ?? "";
  again.addEventListener("click", () => tryAgain(view));
  box.append(again);
}

function say(box: HTMLElement, text: string): void {
  const line = box.querySelector("p");
  if (line) line.textContent = text;
}

/** Most browsers keep to it that a script has failed, or still hangs, under its address: each import has one of its own. */
function importInside(): Promise<Inside> {
  const { inside } = pageData();
  const address = imports > 0 ? `${inside}#${imports}` : inside;
  imports += 1;
  return import(address) as Promise<Inside>;
}

/** Has the browser and the worker replace the script they keep, in case it is damaged. */
async function mendInside(): Promise<void> {
  try {
    const { status } = await fetch(pageData().inside, { cache: "reload" });
    isScriptGone = status === GONE;
  } catch {
    // No network: what the phone keeps may still open under a new address.
  }
}

/** The first to arrive is the inside for as long as the page lives: it must not be furnished twice. */
async function loadInside(isAwaited: () => boolean): Promise<Inside> {
  if (loaded) return loaded;
  let arrived: Inside;
  try {
    arrived = await importInside();
  } catch (error) {
    if (isAwaited()) await mendInside();
    if (!isAwaited()) throw error;
    arrived = await importInside();
  }
  return (loaded ??= arrived);
}

/** Too old to open the pack: no connection would help, so no new try is offered. */
const isTooOld = (): boolean => !(window as { DecompressionStream?: unknown }).DecompressionStream;

/** Kept words that cannot be opened say so by a short code of their own (pwa/vault/store.ts); a network has none. */
function wordsFor(error: unknown): string {
  const { shell } = pageData();
  const isVaults = error instanceof Error && typeof (error as { code?: unknown }).code === "string";
  return (isVaults ? shell["notOpened"] : shell["notLoaded"]) ?? "";
}

/** Calls when the network has had its time. While a passcode is asked for, it is the network that waits. */
function lookAfter(gate: HTMLElement, act: () => void): () => void {
  const look = (): void => {
    if (gate.hasChildNodes()) timer = setTimeout(look, PATIENCE_MS);
    else act();
  };
  let timer = setTimeout(look, PATIENCE_MS);
  return () => {
    clearTimeout(timer);
  };
}

async function fill(view: HTMLElement): Promise<void> {
  const { pack, shell, keyWorker } = pageData();
  const gate = document.getElementById("gate");
  if (!gate) return;
  if (isTooOld()) {
    offerCall(putStandIn(view, shell["tooOld"] ?? ""));
    return;
  }
  const here = visit;
  // The inside takes the place of what stands in for it, whichever try brings it.
  const isAwaited = (): boolean => here === visit && insideIsOpen() && standIn?.isConnected === true;
  // Gone from the page as soon as a newer try has put its own.
  const box = putStandIn(view, shell["loading"] ?? "");
  const stopWaiting = lookAfter(gate, () => {
    if (box.isConnected) offerWaysOn(box, view);
  });
  try {
    const inside = await loadInside(isAwaited);
    // Whoever has left meanwhile asks for nothing more.
    if (!isAwaited()) return;
    await inside.enter({
      ...{ view, gate, isAwaited, fragmentFrom, readKept, keep, dropKept, ...invites },
      ...{ onForget, coverUp, coverUpEverywhere, afterFrame, onHold },
      ...{ words: shell, packAddress: pack, workAddress: scriptAddress(keyWorker) },
    });
  } catch (error) {
    // Whatever failed - network, storage, a damaged pack - the person needs the same two things: words and a number.
    if (!box.isConnected) return;
    say(box, wordsFor(error));
    offerWaysOn(box, view);
  } finally {
    stopWaiting();
  }
}

async function open(): Promise<void> {
  const view = document.getElementById("view");
  // What nobody sees must not open by itself.
  if (!view || insideIsOpen() || document.visibilityState === "hidden") return;
  for (const dialog of document.querySelectorAll("dialog[open]")) (dialog as HTMLDialogElement).close();
  visit += 1;
  showRoom();
  watchForBack();
  document.getElementById("room")?.focus();
  await fill(view);
}

export function hangDoor(title: HTMLElement, versionLine: HTMLElement): void {
  const comeIn = (): void => void open();
  watchLink(comeIn);
  onForget(forgetVisit);
  onHold(title, comeIn);
  onFive(versionLine, comeIn);
}
