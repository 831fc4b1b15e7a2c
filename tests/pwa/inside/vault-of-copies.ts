// A vault that keeps in a list what it is given: only what views of copies ask for.
import type { Entry, Vault, VaultKind } from "../../../pwa/vault/store.ts";
import { VaultError } from "../../../pwa/vault/store.ts";

export interface MemoryVault extends Vault {
  readonly held: Entry[];
  /** How many more saves the phone has room for. */
  room: number;
}

export function vaultInMemory(kind: VaultKind, ...values: readonly (readonly [string, unknown])[]): MemoryVault {
  let count = 0;
  const made = (entryKind: string, value: unknown, copyOf?: string): Entry => {
    count += 1;
    const entry = { id: `id-${count}`, kind: entryKind, value, at: count, revision: `r-${count}` };
    return copyOf === undefined ? entry : { ...entry, copyOf };
  };
  const held = values.map(([entryKind, value]) => made(entryKind, value));
  const store = {
    held,
    room: Infinity,
    kind: () => Promise.resolve(kind),
    load: (wanted: string) =>
      Promise.resolve({ entries: held.filter((entry) => entry.kind === wanted), unreadable: 0 }),
    save(entryKind: string, value: unknown, over?: Entry) {
      if (this.room === 0) return Promise.reject(new VaultError("full"));
      this.room -= 1;
      const conflict = over !== undefined && !held.some(({ revision }) => revision === over.revision);
      const entry = made(entryKind, value, conflict ? over.id : undefined);
      held.push(entry);
      return Promise.resolve({ entry, conflict });
    },
  };
  return store as unknown as MemoryVault;
}
