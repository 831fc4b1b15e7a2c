// The language switch in the settings, and the note that tells the worker which language to answer in.

import { isLanguageKept, type KeepLanguage } from "../shared/messages.ts";
import { notice } from "./notice.ts";
import { pageData } from "./page-data.ts";

const WORKER_ANSWER_MS = 20_000;

async function noteLanguage(language: string): Promise<void> {
  const { cover, scope } = pageData();
  const kept = await caches.open(`${cover}-${NAMES.keptCache}`);
  await kept.put(`${scope}${NAMES.languageEntry}`, new Response(language));
}

/** On the first visit the worker does not know the language yet: it is the page's. */
export async function noteFirstLanguage(): Promise<void> {
  const { cover, scope, language } = pageData();
  const kept = await caches.open(`${cover}-${NAMES.keptCache}`);
  if (!(await kept.match(`${scope}${NAMES.languageEntry}`))) await noteLanguage(language);
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

async function switchTo(language: string): Promise<void> {
  const worker = navigator.serviceWorker.controller;
  if (!worker) {
    // Without a worker there is nothing to keep: the page itself comes in the other language.
    location.replace(`${pageData().scope}${language}`);
    return;
  }
  if (await askWorker(worker, { keep: language })) {
    await noteLanguage(language);
    location.reload();
  } else notice(pageData().shell["languageOffline"] ?? "");
}

export function wireLanguageSwitch(select: HTMLSelectElement): void {
  select.addEventListener("change", () => {
    const wanted = select.value;
    select.value = pageData().language;
    void switchTo(wanted);
  });
}
