// What somebody writes into the cover may be more than it seems (pwa/shared/slips.ts). For everybody else, and for every
// other entry, nothing at all happens here.

import { answerBySlip, layAnswerBy } from "../shared/answers.ts";
import { dayOf, now } from "../shared/clock.ts";
import { markedSlips, markSlip, sendSlips } from "../shared/slips.ts";
import { askForSync, hasSync } from "./ask-for-sync.ts";
import { dropKept, keep, readKept } from "./kept.ts";
import { pageData } from "./page-data.ts";

const keeping = { readKept, keep, dropKept };

/** A cover calls this with each new entry, as text. */
export function wrote(entry: string): void {
  document.dispatchEvent(new CustomEvent("entry", { detail: entry }));
}

async function look(entry: string): Promise<void> {
  if (!(await markSlip(keeping, pageData().cover, dayOf(now()), entry)) || (await sendSlips(keeping)) || !hasSync())
    return;
  // She may close the app before there is a network again. What goes out twice counts once.
  for (const slip of markedSlips(keeping)) await layAnswerBy(answerBySlip(slip));
  await askForSync();
}

/** Called once by the shell. What could not be sent is tried again at each opening, and when the network is back. */
export function watchEntries(): void {
  document.addEventListener("entry", (event) => {
    if (event instanceof CustomEvent) void look(String(event.detail)).catch(() => undefined);
  });
  const send = (): void => void sendSlips(keeping).catch(() => undefined);
  addEventListener("online", send);
  send();
}
