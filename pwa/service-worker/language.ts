// Which language this phone has chosen, as the page noted it.

import { readNote } from "../shared/notes.ts";
import { plan } from "./plan.ts";

export async function chosenLanguage(): Promise<string> {
  const noted = await readNote(plan, NAMES.languageEntry);
  const offered = Object.keys(plan.languages);
  return noted !== undefined && offered.includes(noted) ? noted : (offered[0] ?? "en");
}
