// The worker's listeners. A new version waits until every window of the old one is closed, so versions never mix.

import { isKeepLanguage, type LanguageKept } from "../shared/messages.ts";
import { sendAnswers, subscribeAgain } from "./answer-queue.ts";
import { clearOldVersions, layByLanguage, layByVersion, sealLaidBy } from "./precache.ts";
import { serveRequest } from "./serve-request.ts";
import { openCover, showNotification } from "./show-notification.ts";

declare const self: ServiceWorkerGlobalScope;

/** Only Chromium has background sync (WICG), so TypeScript does not know it. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

/** Both are optional in the Push API, and Firefox gives neither. */
interface ChangeEvent extends ExtendableEvent {
  readonly oldSubscription?: PushSubscription | null;
}

self.addEventListener("install", (event) => {
  event.waitUntil(layByVersion());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.allSettled([clearOldVersions(), sealLaidBy(), self.clients.claim()]));
});

self.addEventListener("fetch", (event) => {
  const answer = serveRequest(event.request, (work) => {
    event.waitUntil(work);
  });
  if (answer) event.respondWith(answer);
});

self.addEventListener("message", (event) => {
  const question: unknown = event.data;
  if (!isKeepLanguage(question)) return;
  const [answers] = event.ports;
  event.waitUntil(
    layByLanguage(question.keep).then((kept) => {
      answers?.postMessage({ kept } satisfies LanguageKept);
    }),
  );
});

self.addEventListener("push", (event) => {
  event.waitUntil(showNotification(event.data));
});

self.addEventListener("notificationclick", (event) => {
  event.waitUntil(openCover(event.notification));
});

self.addEventListener("pushsubscriptionchange", (event: Event) => {
  const change = event as ChangeEvent;
  change.waitUntil(subscribeAgain(change.oldSubscription));
});

self.addEventListener("sync", (event: Event) => {
  const sync = event as SyncEvent;
  if (sync.tag === NAMES.sendTag) sync.waitUntil(sendAnswers());
});
