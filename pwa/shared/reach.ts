// A push subscription, as the page makes it and as the worker makes it again: which key it is for, how to tell of it.

import { putReach, type Reach, type Reply } from "./api.ts";
import { bytesOfName, nameOf } from "./bytes.ts";

/** The server's key that a subscription was made for; undefined where the browser does not say. */
export function keyOf(subscription: PushSubscription): string | undefined {
  const bytes = subscription.options.applicationServerKey;
  return bytes ? nameOf(new Uint8Array(bytes)) : undefined;
}

/** Every push shows something: browsers refuse a subscription for anything else. */
export const subscribeFor = (manager: PushManager, key: string): Promise<PushSubscription> =>
  manager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOfName(key) });

function reachOf(subscription: PushSubscription, key: string): Reach | undefined {
  const [p256dh, auth] = [subscription.getKey("p256dh"), subscription.getKey("auth")];
  if (!p256dh || !auth) return undefined;
  return {
    endpoint: subscription.endpoint,
    p256dh: nameOf(new Uint8Array(p256dh)),
    auth: nameOf(new Uint8Array(auth)),
    key,
  };
}

export function tellReach(subscription: PushSubscription, key: string): Promise<Reply<undefined>> {
  const reach = reachOf(subscription, key);
  return reach ? putReach(reach) : Promise.resolve({ ok: false, trouble: "refused" });
}
