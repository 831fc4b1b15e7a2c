// What is told to the host about a pair: what was written and attached here, encrypted for the host's key alone.
// No document.

import { tellHost } from "../../shared/circle-api.ts";
import type { Reply } from "../../shared/asking.ts";
import { bytesOfName, nameOf } from "../../shared/bytes.ts";
import { sealTo, STEP_BYTES } from "../../vault/sealed-box.ts";
import type { Around } from "./look.ts";
import type { Notes } from "./pairs.ts";

/** What can be attached, each by itself; undefined: there is none. */
export interface Evidence {
  /** The line that was shown with the last nudge. */
  readonly note?: string | undefined;
  /** When nudges were seen on this phone. */
  readonly times?: readonly string[] | undefined;
  /** The three that she wrote for them. */
  readonly notes?: Notes | undefined;
  /** Their last reply in words, and its day in UTC, as 2026-11-27. */
  readonly reply?: { readonly words: string; readonly day: string } | undefined;
}

export interface Told extends Evidence {
  readonly text: string;
}

// One size for all: the box's length must not tell how much was written.
const MOST_BYTES = STEP_BYTES - 4;

/** "long": more than one box holds. `id` is that of one's own end of the pair; null: it is about none. */
export async function tell(
  around: Around,
  key: string,
  id: string | null,
  told: Told,
): Promise<Reply<undefined> | "long"> {
  const bytes = new TextEncoder().encode(JSON.stringify({ v: 1, ...told }));
  if (bytes.length > MOST_BYTES) return "long";
  const content = nameOf(await sealTo(bytesOfName(key), bytes));
  return around.ask(() => tellHost(id, content));
}
