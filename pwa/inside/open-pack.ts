// Fetches and opens the pack: gzip bytes that hold every word of the inside in one language.

export interface Pack {
  readonly format: number;
  /** Each view's markup by its id. */
  readonly views: Readonly<Record<string, string>>;
  /** Each country's numbers by its code: markup, and the one number to keep for the worst case. */
  readonly countries: Readonly<Record<string, Country>>;
}

export interface Country {
  readonly html: string;
  readonly dial: string | null;
}

const FORMAT = 1;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isPack(value: unknown): value is Pack {
  return isRecord(value) && value["format"] === FORMAT && isRecord(value["views"]) && isRecord(value["countries"]);
}

async function read(address: string, cache: RequestCache): Promise<Pack> {
  const response = await fetch(address, { cache });
  if (!response.ok || !response.body) throw new Error("no pack", { cause: response.status });
  const text = await new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).text();
  const pack: unknown = JSON.parse(text);
  if (!isPack(pack)) throw new Error("not a pack this script can read");
  return pack;
}

/** Opens the pack laid by on the phone; one that is missing or damaged is fetched anew. Rejects when neither works. */
export async function openPack(address: string): Promise<Pack> {
  try {
    return await read(address, "no-store");
  } catch {
    // "reload" tells the worker to pass its own copy by and to lay the new one in its place.
    return await read(address, "reload");
  }
}
