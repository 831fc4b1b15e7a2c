// Wires what every cover shares: title, settings, version line, language, home screen, worker, door and exit.

import { hangDoor } from "../door/door.ts";
import { watchForExit } from "../exit/watch.ts";
import { offerToAdd } from "./add-to-home.ts";
import { watchEntries } from "./entries.ts";
import { wireLanguageSwitch } from "./languages.ts";
import { pageData } from "./page-data.ts";
import { part } from "./part.ts";
import { settleWhenOnline } from "./pending.ts";
import { registerWorker } from "./register-worker.ts";

function wireSettings(): void {
  const settings = part("settings", HTMLDialogElement);
  part("open-settings").addEventListener("click", () => {
    settings.showModal();
  });
  const version = part("version");
  version.addEventListener("click", () => {
    part("version-note").textContent = pageData().shell["latest"] ?? "";
  });
}

/** Called once by each cover's script, before anything else. */
export function startShell(): void {
  const title = part("title");
  hangDoor(title, part("version"));
  watchForExit();
  watchEntries();
  title.addEventListener("click", () => {
    scrollTo({ top: 0, behavior: "smooth" });
    document.dispatchEvent(new Event("home"));
  });
  wireSettings();
  wireLanguageSwitch(part("language", HTMLSelectElement));
  offerToAdd(part("add-card"));
  settleWhenOnline();
  // After the first paint: a phone on a slow line draws the cover before it fetches what lies behind it.
  if (document.readyState === "complete") void registerWorker();
  else addEventListener("load", () => void registerWorker());
}
