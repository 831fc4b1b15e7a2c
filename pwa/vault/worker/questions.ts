// What the page may ask of the key worker, and what it answers.

import type { Bytes } from "../../shared/bytes.ts";
import type { Cost } from "../header.ts";

export type Question =
  | { readonly ask: "stretch"; readonly secret: Bytes; readonly salt: Bytes; readonly cost: Cost }
  | { readonly ask: "write"; readonly name: string; readonly bytes: Bytes }
  | { readonly ask: "read"; readonly name: string }
  | { readonly ask: "removeBut"; readonly name: string | undefined };

/** Bytes, where some were asked for. */
export type Answer = { readonly ok: true; readonly bytes?: Bytes } | { readonly ok: false };
