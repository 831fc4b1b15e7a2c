// One window at a time tries or changes a passcode: two at once could each undo half of what the other does.

/** Where the browser has no locks (Safari before 15.4), each window goes ahead. */
export function alone<T>(act: () => Promise<T>): Promise<T> {
  const locks = (navigator as { locks?: LockManager }).locks;
  return locks ? locks.request(NAMES.vaultDatabase, act) : act();
}
