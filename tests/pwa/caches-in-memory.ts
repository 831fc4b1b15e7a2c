// Cache Storage as far as the app uses it, and the ways in which a phone refuses it.

type Refusal = () => DOMException;

export const full: Refusal = () => new DOMException("The quota has been exceeded.", "QuotaExceededError");
export const blocked: Refusal = () => new DOMException("The operation is insecure.", "SecurityError");

interface Stored {
  readonly body: ArrayBuffer;
  readonly status: number;
  readonly headers: [string, string][];
}

class CacheInMemory implements Pick<Cache, "match" | "put" | "delete" | "keys"> {
  readonly #entries = new Map<string, Stored>();
  readonly #refusals: Refusals;

  constructor(refusals: Refusals) {
    this.#refusals = refusals;
  }

  match(address: string): Promise<Response | undefined> {
    const stored = this.#entries.get(whole(address));
    return Promise.resolve(stored && new Response(stored.body, stored));
  }

  async put(address: string, response: Response): Promise<void> {
    if (this.#refusals.put) throw this.#refusals.put();
    const { status } = response;
    this.#entries.set(whole(address), {
      body: await response.arrayBuffer(),
      status,
      headers: [...response.headers],
    });
  }

  keys(): Promise<Request[]> {
    return Promise.resolve(this.addresses().map((address) => new Request(new URL(address, ORIGIN))));
  }

  delete(address: string): Promise<boolean> {
    return Promise.resolve(this.#entries.delete(whole(address)));
  }

  addresses(): string[] {
    return [...this.#entries.keys()].sort();
  }
}

interface Refusals {
  open?: Refusal | undefined;
  put?: Refusal | undefined;
}

export class CachesInMemory implements Pick<CacheStorage, "has" | "keys" | "delete"> {
  readonly #caches = new Map<string, CacheInMemory>();
  /** Set one to have the phone refuse. */
  readonly refuses: Refusals = {};

  open(name: string): Promise<CacheInMemory> {
    if (this.refuses.open) return Promise.reject(this.refuses.open());
    const cache = this.#caches.get(name) ?? new CacheInMemory(this.refuses);
    this.#caches.set(name, cache);
    return Promise.resolve(cache);
  }

  has(name: string): Promise<boolean> {
    if (this.refuses.open) return Promise.reject(this.refuses.open());
    return Promise.resolve(this.#caches.has(name));
  }

  keys(): Promise<string[]> {
    if (this.refuses.open) return Promise.reject(this.refuses.open());
    return Promise.resolve([...this.#caches.keys()]);
  }

  delete(name: string): Promise<boolean> {
    return Promise.resolve(this.#caches.delete(name));
  }

  /** Everything laid by, by cache name. */
  contents(): Record<string, string[]> {
    return Object.fromEntries([...this.#caches].map(([name, cache]) => [name, cache.addresses()]));
  }
}

/** As browsers compare addresses: whole, and without what follows #. */
function whole(address: string): string {
  const url = new URL(address, ORIGIN);
  return url.href.slice(ORIGIN.length, url.href.length - url.hash.length);
}

export const ORIGIN = "https://host.example";
