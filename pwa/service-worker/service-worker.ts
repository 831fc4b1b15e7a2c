// The worker's listeners. A new version waits until every window of the old one is closed, so versions never mix.

import { isKeepLanguage, type LanguageKept } from "../shared/messages.ts";
import { clearOldVersions, layByLanguage, layByVersion, sealLaidBy } from "./precache.ts";
import { serveRequest } from "./serve-request.ts";

declare const self: ServiceWorkerGlobalScope;

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
