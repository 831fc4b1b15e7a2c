// How the phone asks its server for something: never throws, never waits for ever, and believes nothing unchecked. A
// café's sign-in page answers everything with a friendly 200, and must not pass for what was asked for.

export type Trouble =
  /** No network, no answer in time, or somebody else's answer. */
  | "offline"
  /** Not signed in, or not any more. */
  | "closed"
  /** There is no such thing. */
  | "nothing"
  /** Too often, or the server is not well. */
  | "later"
  /** The server will never take this. */
  | "refused";

export interface Refusal {
  readonly ok: false;
  readonly trouble: Trouble;
}

export type Reply<T> = { readonly ok: true; readonly value: T } | Refusal;

export type Method = "GET" | "POST" | "PUT" | "DELETE";

const PATIENCE_MS = 15_000;
const DONE = 204;
const WITH_CONTENT = 200;

const TROUBLES: Readonly<Record<string, Trouble>> = {
  closed: "closed",
  nothing: "nothing",
  later: "later",
  refused: "refused",
  unreadable: "refused",
  full: "refused",
};

export const failed = (trouble: Trouble): Refusal => ({ ok: false, trouble });

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** 16 bytes in base64url. */
export const isId = (value: unknown): value is string => typeof value === "string" && /^[\w-]{22}$/.test(value);

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

async function troubleOf(response: Response): Promise<Trouble> {
  const told = await jsonOf(response);
  const known = isRecord(told) && typeof told["kind"] === "string" ? TROUBLES[told["kind"]] : undefined;
  return known ?? (response.status >= 500 ? "later" : "offline");
}

/** Gives an act as long as a slow line takes; what hangs longer than that never comes. */
export async function patiently<T>(act: (signal: AbortSignal) => Promise<T>): Promise<T> {
  // AbortSignal.timeout() would be shorter; phones that never get a newer browser do not have it.
  const stop = new AbortController();
  const timer = setTimeout(() => {
    stop.abort();
  }, PATIENCE_MS);
  try {
    return await act(stop.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** Never rejects; `take` makes of an answer what was asked for, or undefined where it is none. */
async function send<T>(
  method: Method,
  address: string,
  body: string | Uint8Array<ArrayBuffer> | undefined,
  take: (response: Response) => Promise<{ readonly value: T } | undefined>,
  keepalive = false,
): Promise<Reply<T>> {
  const request = async (signal: AbortSignal): Promise<Reply<T>> => {
    const type = typeof body === "string" ? "application/json" : "application/octet-stream";
    const response = await fetch(address, {
      method,
      cache: "no-store",
      credentials: "same-origin",
      redirect: "error",
      referrerPolicy: "no-referrer",
      keepalive,
      signal,
      ...(body === undefined ? {} : { body, headers: { "content-type": type } }),
    });
    if (response.status !== DONE && response.status !== WITH_CONTENT) return failed(await troubleOf(response));
    const taken = await take(response);
    return taken ? { ok: true, value: taken.value } : failed("offline");
  };
  return patiently(request).catch(() => failed("offline"));
}

/** Asks for JSON; `read` makes of it what was asked for, or undefined. */
export function ask<T>(
  method: Method,
  address: string,
  body: object | string | undefined,
  read: (told: unknown) => T | undefined,
): Promise<Reply<T>> {
  const text = typeof body === "object" ? JSON.stringify(body) : body;
  return send(method, address, text, async (response) => {
    const value = response.status === WITH_CONTENT ? read(await jsonOf(response)) : undefined;
    return value === undefined ? undefined : { value };
  });
}

/**
 * Tells the server something; done only where it says so with an empty answer. With `outlives` it is sent to its end even
 * when the page goes meanwhile; browsers allow that for a few kilobytes.
 */
export function tell(
  method: Method,
  address: string,
  body?: object | string | Uint8Array<ArrayBuffer>,
  outlives?: boolean,
): Promise<Reply<undefined>> {
  const sent = typeof body === "object" && !(body instanceof Uint8Array) ? JSON.stringify(body) : body;
  const done = (response: Response) => Promise.resolve(response.status === DONE ? { value: undefined } : undefined);
  return send(method, address, sent, done, outlives);
}

/** Asks for bytes, whose kind only we answer with; what is in them is for whoever opens them to check. */
export function fetchBytes(address: string): Promise<Reply<Uint8Array<ArrayBuffer>>> {
  return send("GET", address, undefined, async (response) => {
    const isOurs = response.headers.get("content-type") === "application/octet-stream";
    return isOurs ? { value: new Uint8Array(await response.arrayBuffer()) } : undefined;
  });
}
