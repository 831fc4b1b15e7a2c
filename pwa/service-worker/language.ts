// Which language this phone has chosen, as the page noted it.

import { keptName, plan } from "./plan.ts";

async function notedLanguage(): Promise<string | undefined> {
  try {
    const kept = await caches.open(keptName);
    return await (await kept.match(`${plan.scope}${NAMES.languageEntry}`))?.text();
  } catch {
    // A phone that refuses its storage must not keep the cover from opening.
    return undefined;
  }
}

export async function chosenLanguage(): Promise<string> {
  const noted = await notedLanguage();
  const offered = Object.keys(plan.languages);
  return noted !== undefined && offered.includes(noted) ? noted : (offered[0] ?? "en");
}
