// What the phone asks about its account, its copy with the server, and the other phones of the same account.

import { ask, fetchBytes, isId, isRecord, tell, type Reply } from "./asking.ts";
import { readSignedIn, type SignedIn } from "./api.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** What eight words prove. */
export interface Words {
  readonly lookup: string;
  readonly proof: string;
}

/** What signs a phone in. */
export interface Pass {
  readonly account: string;
  readonly secret: string;
}

export interface Devices {
  readonly devices: readonly string[];
  readonly here: string;
}

function readDevices(told: unknown): Devices | undefined {
  if (!isRecord(told)) return undefined;
  const { devices, here } = told;
  return Array.isArray(devices) && devices.every(isId) && isId(here) ? { devices, here } : undefined;
}

const readContent = (told: unknown): string | undefined =>
  isRecord(told) && typeof told["content"] === "string" && /^[\w-]+$/.test(told["content"])
    ? told["content"]
    : undefined;

/** As a phone that the server has not seen yet. */
export const signInAnew = (pass: Pass): Promise<Reply<SignedIn>> => ask("POST", "/s/in", pass, readSignedIn);

/** "closed" whether the words do not fit or nobody has such words. */
export const signInWithWords = ({ lookup, proof }: Words): Promise<Reply<SignedIn>> =>
  ask("POST", "/s/again", { lookup, proof }, readSignedIn);

/** null: no words sign in any more. */
export const putWords = (words: Words | null): Promise<Reply<undefined>> => tell("POST", "/s/spare", { words });

export const putCopy = (blob: Bytes): Promise<Reply<undefined>> => tell("PUT", "/s/save", blob);

export const fetchCopy = (): Promise<Reply<Bytes>> => fetchBytes("/s/save");

export const dropCopy = (): Promise<Reply<undefined>> => tell("DELETE", "/s/save");

export const layDown = (lookup: string, content: string): Promise<Reply<undefined>> =>
  tell("POST", "/s/lay", { lookup, content });

export const takeUp = (lookup: string): Promise<Reply<string>> => ask("POST", "/s/take", { lookup }, readContent);

export const askDevices = (): Promise<Reply<Devices>> => ask("GET", "/s/list", undefined, readDevices);

export const renewSecret = (secret: string): Promise<Reply<undefined>> => tell("POST", "/s/renew", { secret });

export const signOut = (): Promise<Reply<undefined>> => tell("POST", "/s/out", {});
