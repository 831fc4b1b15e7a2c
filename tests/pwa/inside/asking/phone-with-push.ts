// A phone whose browser has a worker and pushes, or refuses them in one of the many ways in which browsers do.
import { vi } from "vitest";
import { bytesOfName } from "../../../../pwa/shared/bytes.ts";
import { CachesInMemory } from "../../caches-in-memory.ts";
import { PAGE } from "../../cover-page.ts";

export class PhoneWithPush {
  readonly caches = new CachesInMemory();
  readonly tags: string[] = [];
  permission: NotificationPermission = "default";
  /** What she says when the browser asks. */
  says: NotificationPermission = "granted";
  asked = 0;
  made = 0;
  subscription: PushSubscription | null = null;
  /** undefined: it works. */
  refusal: Error | "hangs" | undefined;

  /** Puts all this around the scripts, and a cover's page. */
  surround({ isSupported = true } = {}): void {
    const data = document.createElement("script");
    data.id = "data";
    data.type = "application/json";
    data.textContent = JSON.stringify(PAGE);
    document.body.replaceChildren(data);
    vi.stubGlobal("caches", this.caches);
    const registration = {
      active: {},
      pushManager: {
        getSubscription: () => Promise.resolve(this.subscription),
        subscribe: (options: PushSubscriptionOptionsInit) => this.#subscribe(options),
      },
      sync: { register: (tag: string) => Promise.resolve(void this.tags.push(tag)) },
    };
    const worker = {
      getRegistration: (scope: string) => Promise.resolve(scope === PAGE.scope ? registration : undefined),
      getRegistrations: () => Promise.resolve([registration]),
    };
    Object.defineProperty(navigator, "serviceWorker", { configurable: true, value: worker });
    vi.stubGlobal("PushManager", Object);
    vi.stubGlobal("Notification", this.#notification());
    if (!isSupported) Reflect.deleteProperty(globalThis, "PushManager");
  }

  subscribed(key: string): PushSubscription {
    this.made += 1;
    const made = {
      endpoint: `https://push.example/${this.made}`,
      options: { applicationServerKey: bytesOfName(key).buffer },
      getKey: () => new Uint8Array([1, 2, 3]).buffer,
      unsubscribe: () => {
        this.subscription = null;
        return Promise.resolve(true);
      },
    };
    this.subscription = made as unknown as PushSubscription;
    return this.subscription;
  }

  #subscribe({ applicationServerKey }: PushSubscriptionOptionsInit): Promise<PushSubscription> {
    if (this.refusal === "hangs") return new Promise(() => undefined);
    if (this.refusal) return Promise.reject(this.refusal);
    const key = String.fromCharCode(...(applicationServerKey as Uint8Array<ArrayBuffer>));
    return Promise.resolve(this.subscribed(btoa(key).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")));
  }

  #notification(): object {
    const ask = (): Promise<NotificationPermission> => {
      this.asked += 1;
      this.permission = this.says;
      return Promise.resolve(this.says);
    };
    return Object.defineProperty({ requestPermission: ask }, "permission", { get: () => this.permission });
  }
}
