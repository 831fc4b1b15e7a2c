// Which language this phone has chosen, as the page noted it.

import { keptName, plan } from "./plan.ts";

export async function chosenLanguage(): Promise<string> {
  const kept = await caches.open(keptName);
  const noted = await (await kept.match(`${plan.scope}${NAMES.languageEntry}`))?.text();
  const offered = Object.keys(plan.languages);
  return noted !== undefined && offered.includes(noted) ? noted : (offered[0] ?? "en");
}
