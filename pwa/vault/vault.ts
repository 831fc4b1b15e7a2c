import { VaultError, type Vault } from "./store.ts";

export function openVault(_workerAddress: string): Vault {
  throw new VaultError("blocked");
}
