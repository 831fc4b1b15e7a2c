// Argon2id as the phone's, run by the test itself; the costs asked for are what keeps it quick.
import { argon2id } from "hash-wasm";
import type { Derive } from "../../../pwa/vault/derive.ts";

export const CHEAP = { memoryKib: 64, time: 1 };

export const derive: Derive = async (secret, salt, { memoryKib, time }) =>
  Uint8Array.from(
    await argon2id({
      password: secret,
      salt,
      memorySize: memoryKib,
      iterations: time,
      parallelism: 1,
      hashLength: 32,
      outputType: "binary",
    }),
  );
