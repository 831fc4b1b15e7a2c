// The phone's own way back, where a browser lets the page know of it (CloseWatcher); elsewhere Back leaves the page.

interface Watcher {
  onclose: (() => void) | null;
  destroy(): void;
}

/** Calls once when Back is pressed; what it gives back calls that off. */
export function onBack(act: () => void): () => void {
  const Kind = (window as { CloseWatcher?: new () => Watcher }).CloseWatcher;
  if (!Kind) return () => undefined;
  const watcher = new Kind();
  watcher.onclose = act;
  return () => {
    watcher.destroy();
  };
}
