// How something typed becomes a key: slowly, and with much memory, so that guessing stays dear.

import type { Cost } from "./header.ts";

/** Argon2id, 32 bytes out. Rejects with VaultError "memory" where the phone cannot give what the cost asks for. */
export type Derive = (
  secret: Uint8Array<ArrayBuffer>,
  salt: Uint8Array<ArrayBuffer>,
  cost: Cost,
) => Promise<Uint8Array<ArrayBuffer>>;
