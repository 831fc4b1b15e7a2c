// Small dull notes of one cover in Cache Storage, where page and worker both find them. A worker cannot read Local Storage.

/** Whose notes; what the server wrote into the page is one of these, and the worker's plan is another. */
interface Owner {
  readonly cover: string;
  readonly scope: string;
}

const open = ({ cover }: Owner): Promise<Cache> => caches.open(`${cover}-${NAMES.keptCache}`);

/** Never rejects: a phone that refuses its storage must not keep the cover from opening. */
export async function readNote(owner: Owner, entry: string): Promise<string | undefined> {
  try {
    return await (await (await open(owner)).match(owner.scope + entry))?.text();
  } catch {
    return undefined;
  }
}

/** Keeps a note, or without a text removes it. Rejects where the phone refuses. */
export async function keepNote(owner: Owner, entry: string, text?: string): Promise<void> {
  const kept = await open(owner);
  const address = owner.scope + entry;
  await (text === undefined ? kept.delete(address) : kept.put(address, new Response(text)));
}

/** Removes these notes of every cover on this phone. Rejects where the phone refuses. */
export async function forgetNotes(entries: readonly string[]): Promise<void> {
  for (const name of await caches.keys()) {
    if (!name.endsWith(`-${NAMES.keptCache}`)) continue;
    const kept = await caches.open(name);
    for (const { url } of await kept.keys())
      if (entries.some((entry) => url.endsWith(`/${entry}`))) await kept.delete(url);
  }
}
