// What a phone does that will not keep things. Node and happy-dom always would.
import { vi } from "vitest";

/** Full, or a private window: what is there can be read, nothing more can be kept. */
export function refuseToKeep(): void {
  const storage = localStorage;
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => storage.getItem(key),
    setItem: () => {
      throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    },
  });
}

/** Cookies blocked: not even looking is allowed. */
export function refuseToLook(): void {
  vi.spyOn(globalThis, "localStorage", "get").mockImplementation(() => {
    throw new DOMException("The operation is insecure.", "SecurityError");
  });
}
