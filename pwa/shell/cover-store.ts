// What a cover keeps: its own ordinary data, in the clear, as any such app would.

import { keep, readKept } from "./kept.ts";
import { notice } from "./notice.ts";
import { pageData, word } from "./page-data.ts";

export interface Store<T> {
  get(): T;
  /** Keeps the value; where the phone refuses, it stays in memory and a notice says so. */
  save(next: T): void;
  /** Calls back after every change, also one made in another window. */
  subscribe(listener: (value: T) => void): void;
}

function parseJson(raw: string | undefined | null): unknown {
  try {
    return JSON.parse(raw ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** `parse` makes a usable value of anything, also of nothing and of garbage. */
export function openStore<T>(name: string, parse: (raw: unknown) => T): Store<T> {
  const key = `${pageData().cover}.${name}`;
  const listeners: ((value: T) => void)[] = [];
  let value = parse(parseJson(readKept(key)));
  const tell = (): void => {
    for (const listener of listeners) listener(value);
  };
  addEventListener("storage", (event) => {
    if (event.key !== key) return;
    value = parse(parseJson(event.newValue));
    tell();
  });
  return {
    get: () => value,
    save(next) {
      value = next;
      if (!keep(key, JSON.stringify(next))) notice(word("notKept"));
      tell();
    },
    subscribe(listener) {
      listeners.push(listener);
    },
  };
}
