import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Database } from "../../../pwa/vault/database.ts";
import { peekHeader } from "../../../pwa/vault/peek.ts";
import { VaultError } from "../../../pwa/vault/store.ts";
import { keepRecord, makeVault, newerRecord } from "../vault-on-phone.ts";

let databases: IDBFactory;

beforeEach(() => {
  databases = new IDBFactory();
  vi.stubGlobal("indexedDB", databases);
});

async function troubleWith(reading: Promise<unknown>): Promise<unknown> {
  return reading.catch((error: unknown) => (error instanceof VaultError ? error.code : error));
}

describe("A look at the vault's plain record", () => {
  it("finds nothing on a phone without a database, and makes none", async () => {
    expect(await peekHeader()).toBeUndefined();

    expect(await databases.databases()).toEqual([]);
  });

  it("finds nothing in an empty database", async () => {
    (await Database.create()).close();

    expect(await peekHeader()).toBeUndefined();
  });

  it.each([true, false])("tells whether there is a passcode: %s", async (isFree) => {
    await makeVault(databases, { isFree });

    expect((await peekHeader())?.isFree).toBe(isFree);
  });

  it("is in nobody's way: the database can be made, written and removed afterwards", async () => {
    await peekHeader();
    await makeVault(databases);
    await peekHeader();

    const removed = new Promise((resolve, reject) => {
      const request = databases.deleteDatabase(NAMES.vaultDatabase);
      request.onsuccess = resolve;
      request.onblocked = reject;
    });
    await expect(removed).resolves.toBeDefined();
  });

  it.each([
    ["newer", newerRecord()],
    ["damaged", Uint8Array.of(1, 2, 3)],
    ["damaged", "text"],
  ])("says when it cannot be read: %s", async (code, record) => {
    await keepRecord(databases, record);

    expect(await troubleWith(peekHeader())).toBe(code);
  });

  it("says when the browser refuses", async () => {
    vi.stubGlobal("indexedDB", {
      open() {
        const request = { error: new DOMException("no", "UnknownError"), onerror: (_: object) => undefined };
        setTimeout(() => request.onerror({ preventDefault: () => undefined }));
        return request;
      },
    });

    expect(await troubleWith(peekHeader())).toBe("blocked");
  });
});
