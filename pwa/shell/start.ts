// Wires what every cover shares: title, settings, version line, language, home screen, worker, door and exit.

import { hangDoor } from "../door/door.ts";
import { watchForExit } from "../exit/watch.ts";
import { offerToAdd } from "./add-to-home.ts";
import { watchEntries } from "./entries.ts";
import { wireLanguageSwitch } from "./languages.ts";
import { pageData } from "./page-data.ts";
import { settleWhenOnline } from "./pending.ts";
import { registerWorker } from "./register-worker.ts";

function byId<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`#${id} is missing`);
  return found;
}

function wireSettings(): void {
  const settings = byId("settings", HTMLDialogElement);
  byId("open-settings", HTMLElement).addEventListener("click", () => {
    settings.showModal();
  });
  const version = byId("version", HTMLElement);
  version.addEventListener("click", () => {
    byId("version-note", HTMLElement).textContent = pageData().shell["latest"] ?? "";
  });
}

/** Called once by each cover's script, before anything else. */
export function startShell(): void {
  const title = byId("title", HTMLElement);
  hangDoor(title, byId("version", HTMLElement));
  watchForExit();
  watchEntries();
  title.addEventListener("click", () => {
    scrollTo({ top: 0, behavior: "smooth" });
    document.dispatchEvent(new Event("home"));
  });
  wireSettings();
  wireLanguageSwitch(byId("language", HTMLSelectElement));
  offerToAdd(byId("add-card", HTMLElement));
  settleWhenOnline();
  // After the first paint: a phone on a slow line draws the cover before it fetches what lies behind it.
  if (document.readyState === "complete") void registerWorker();
  else addEventListener("load", () => void registerWorker());
}
