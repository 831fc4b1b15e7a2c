// The language switch in the settings, and the note that tells the worker which language to answer in.

import { isLanguageKept, type KeepLanguage } from "../shared/messages.ts";
import { keepNote, readNote } from "../shared/notes.ts";
import { notice } from "./notice.ts";
import { pageData, word } from "./page-data.ts";

const WORKER_ANSWER_MS = 20_000;

const noteLanguage = (language: string): Promise<void> => keepNote(pageData(), NAMES.languageEntry, language);

/** On the first visit the worker does not know the language yet: it is the page's. */
export async function noteFirstLanguage(): Promise<void> {
  if ((await readNote(pageData(), NAMES.languageEntry)) === undefined) await noteLanguage(pageData().language);
}

function askWorker(worker: ServiceWorker, question: KeepLanguage): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => {
      resolve(false);
    }, WORKER_ANSWER_MS);
    port1.onmessage = ({ data }: MessageEvent<unknown>) => {
      clearTimeout(timer);
      resolve(isLanguageKept(data) && data.kept);
    };
    worker.postMessage(question, [port2]);
  });
}

/** Whether the page can come in that language: from what the worker has laid by, or from the network. */
async function canBeHad(language: string, worker: ServiceWorker | null): Promise<boolean> {
  return worker ? askWorker(worker, { keep: language }) : navigator.onLine;
}

async function switchTo(language: string): Promise<void> {
  const { scope } = pageData();
  // There is none in a private window of Firefox, nor before it has taken over.
  const worker = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker?.controller ?? null;
  if (!(await canBeHad(language, worker))) {
    notice(word("languageOffline"));
    return;
  }
  const noted = await noteLanguage(language).then(
    () => true,
    () => false,
  );
  // A worker answers in the language noted. Otherwise the page is asked for in that language by its address.
  location.replace(worker && noted ? scope : `${scope}${language}`);
}

export function wireLanguageSwitch(select: HTMLSelectElement): void {
  select.addEventListener("change", () => {
    const wanted = select.value;
    select.value = pageData().language;
    void switchTo(wanted);
  });
}
