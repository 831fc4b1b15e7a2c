// Whether this window is the installed app, which has no address bar, or a browser's tab.

const WINDOWS = ["standalone", "minimal-ui", "fullscreen"];

export function isInstalled(): boolean {
  if ((navigator as { standalone?: boolean }).standalone === true) return true;
  return WINDOWS.some((mode) => matchMedia(`(display-mode: ${mode})`).matches);
}
