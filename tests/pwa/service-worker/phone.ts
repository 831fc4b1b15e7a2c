// A phone with one cover's worker on it, and the server it came from. The worker's modules are the real ones.
import { createHash } from "node:crypto";
import { IDBFactory } from "fake-indexeddb";
import { vi } from "vitest";
import type { Language, Part, Plan } from "../../../pwa/service-worker/plan.ts";
import { CachesInMemory, ORIGIN } from "../caches-in-memory.ts";
import { makeVault, type VaultOnPhone } from "../vault-on-phone.ts";

const digestOf = (text: string): string => createHash("sha256").update(text).digest("base64");

/** What the server has, by address; a test may change or drop any of it. */
export type Site = Map<string, string>;

export function siteOfVersion(version: number): Site {
  const texts = ["/a/sip.js", "/a/more.js", "/sip/en", "/sip/es", "/b/en.bin", "/b/es.bin"];
  return new Map(texts.map((address) => [address, `${address} of version ${version}`]));
}

/** What the cover's notifications say in one language, by the kind of the push. */
export const phrasesIn = (language: string) =>
  ({
    1: [`${language} prompt 1`, `${language} prompt 2`, `${language} prompt 3`],
    2: [`${language} reminder 1`, `${language} reminder 2`],
    3: [`${language} nudge 1`, `${language} nudge 2`],
    4: [`${language} clear 1`, `${language} clear 2`],
    5: [`${language} try`],
  }) as const;

/** As the server writes it at the head of the worker's script. */
export function planOf(site: Site, version: number): Plan {
  const part = (address: string): Part => ({ address, digest: digestOf(site.get(address) ?? "") });
  const spoken = (language: string): Language => ({ ...part(`/sip/${language}`), phrases: phrasesIn(language) });
  return {
    cover: "sip",
    name: "Sip",
    icon: "/sip/icon-192.png",
    scope: "/sip/",
    version: `v${version}`,
    shell: [part("/a/sip.js"), part("/a/more.js")],
    languages: { en: spoken("en"), es: spoken("es") },
    packs: { en: part("/b/en.bin"), es: part("/b/es.bin") },
  };
}

export class Phone {
  readonly caches = new CachesInMemory();
  readonly databases = new IDBFactory();
  readonly requests: { readonly address: string; readonly init: RequestInit | undefined }[] = [];
  site: Site;
  online = true;
  /** A network that takes every request and answers none. */
  hangs = false;

  constructor(site = siteOfVersion(1)) {
    this.site = site;
  }

  /** What a worker's modules find around them. */
  surround(plan: Plan, more: object = {}): void {
    vi.resetModules();
    vi.stubGlobal("self", { plan, location: new URL(`${ORIGIN}/sip/sw.js`), ...more });
    vi.stubGlobal("caches", this.caches);
    vi.stubGlobal("indexedDB", this.databases);
    vi.stubGlobal("fetch", (input: string | Request, init?: RequestInit) => this.#answer(input, init));
  }

  /** The language as the page notes it. */
  async chooses(language: string): Promise<void> {
    const kept = await this.caches.open(`sip-${NAMES.keptCache}`);
    await kept.put(`/sip/${NAMES.languageEntry}`, new Response(language));
  }

  /** The language of the inside, where it is to be another one than the cover's. */
  async choosesWithin(language: string): Promise<void> {
    const kept = await this.caches.open(`sip-${NAMES.keptCache}`);
    await kept.put(`/sip/${NAMES.insideEntry}`, new Response(language));
  }

  makesVault(options?: { readonly isFree: boolean }): Promise<VaultOnPhone> {
    return makeVault(this.databases, options);
  }

  async bytesLaidBy(version: number, address: string): Promise<Uint8Array<ArrayBuffer>> {
    const kept = await (await this.caches.open(`sip-shell-v${version}`)).match(address);
    return new Uint8Array((await kept?.arrayBuffer()) ?? new ArrayBuffer());
  }

  addressesAsked(): string[] {
    return this.requests.map(({ address }) => address);
  }

  #answer(input: string | Request, init?: RequestInit): Promise<Response> {
    // What follows # never travels.
    const { pathname, search } = new URL(typeof input === "string" ? input : input.url, ORIGIN);
    const address = pathname + search;
    this.requests.push({ address, init });
    if (this.hangs) return new Promise(() => undefined);
    if (!this.online) return Promise.reject(new TypeError("Failed to fetch"));
    const text = this.site.get(address);
    return Promise.resolve(text === undefined ? new Response("not found", { status: 404 }) : new Response(text));
  }
}

/** All of version 1 in English, as it is to lie on the phone. */
export const ENGLISH = ["/a/more.js", "/a/sip.js", "/b/en.bin", "/sip/en"];
