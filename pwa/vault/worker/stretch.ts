// Argon2id (RFC 9106), in a worker of its own: it takes a second and must not freeze the screen.

import { argon2id } from "hash-wasm";
import type { Bytes } from "../../shared/bytes.ts";
import type { Cost } from "../header.ts";

const HASH_BYTES = 32;

export async function stretch(secret: Bytes, salt: Bytes, { memoryKib, time }: Cost): Promise<Bytes> {
  const hash = await argon2id({
    password: secret,
    salt,
    memorySize: memoryKib,
    iterations: time,
    parallelism: 1,
    hashLength: HASH_BYTES,
    outputType: "binary",
  });
  return new Uint8Array(hash);
}
