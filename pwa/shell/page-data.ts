// What the server wrote into the page for its scripts: addresses and words, nothing about anybody.

export interface PageData {
  readonly cover: string;
  readonly language: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly shell: Readonly<Record<string, string>>;
  readonly inside: string;
  readonly pack: string;
  readonly worker: string;
  /** The script that works out keys from a passcode. */
  readonly keyWorker: string;
  readonly scope: string;
  readonly exit: string;
  /** One of the cover's own reminders. */
  readonly example: string;
}

let read: PageData | undefined;

export function pageData(): PageData {
  // Our own server wrote it and a test holds its shape, so it is not checked again here.
  read ??= JSON.parse(document.getElementById("data")?.textContent ?? "{}") as PageData;
  return read;
}

/** One of the frame's own words. */
export const word = (name: string): string => pageData().shell[name] ?? "";
