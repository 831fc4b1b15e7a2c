// The worker's listeners. A new version waits until every window of the old one is closed, so versions never mix.

import { isKeepLanguage, type LanguageKept } from "../shared/messages.ts";
import { clearOldVersions, layByLanguage, layByVersion } from "./precache.ts";
import { serveRequest } from "./serve-request.ts";

declare const self: ServiceWorkerGlobalScope;

self.addEventListener("install", (event) => {
  event.waitUntil(layByVersion());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(clearOldVersions().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const answer = serveRequest(event.request);
  if (answer) event.respondWith(answer);
});

self.addEventListener("message", (event) => {
  const { data, ports } = event as ExtendableMessageEvent & { readonly data: unknown };
  if (!isKeepLanguage(data)) return;
  event.waitUntil(
    layByLanguage(data.keep).then((kept) => {
      ports[0]?.postMessage({ kept } satisfies LanguageKept);
    }),
  );
});
