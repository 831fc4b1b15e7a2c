// The vault of tests/fixtures/vault/vault.json, made once and opened for ever: whoever changes a layout breaks these,
// and with them every vault that exists. tests/server/test_vault_layout.py opens the same one from docs/VAULT.md alone.

import { describe, expect, it } from "vitest";
import type { Bytes } from "../../../pwa/shared/bytes.ts";
import { readHeader, writeHeader } from "../../../pwa/vault/header.ts";
import { openRecord } from "../../../pwa/vault/record-format.ts";
import { trySlots } from "../../../pwa/vault/slots.ts";
import { stretch } from "../../../pwa/vault/worker/stretch.ts";
import vault from "../../fixtures/vault/vault.json";

const bytesOf = (hex: string): Bytes => new Uint8Array(Buffer.from(hex, "hex"));
const header = readHeader(bytesOf(vault.header));

async function opened(passcode: string): Promise<Awaited<ReturnType<typeof trySlots>>> {
  const secret = new TextEncoder().encode(passcode.normalize("NFKC"));
  return trySlots(header.slots, await stretch(secret, header.salt, header.cost), bytesOf(vault.deviceKey));
}

describe("a vault made long ago", () => {
  it("still opens with its passcode, and gives back its record", async () => {
    const found = await opened(vault.passcode);
    expect(found?.which).toBe("first");
    const key = await crypto.subtle.importKey("raw", found?.key ?? new Uint8Array(), "AES-GCM", false, ["decrypt"]);
    expect(await openRecord(key, vault.id, bytesOf(vault.record))).toMatchObject(vault.entry);
  });

  it("still tells its second passcode", async () => {
    expect((await opened(vault.second))?.which).toBe("second");
    expect(await opened("0000")).toBeUndefined();
  });

  it("has its header written back byte for byte", () => {
    expect(writeHeader(header)).toEqual(bytesOf(vault.header));
  });
});
