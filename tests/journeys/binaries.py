"""Where browsers live on the machines that tests run on."""

import shutil
from pathlib import Path

_PLACES = {
    "chromium": (
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ),
    "firefox": ("firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"),
    "webkit": ("WebKitWebDriver",),
    "display": ("Xvfb",),
    "bus": ("dbus-daemon",),
    # The distribution's own, since only that one has the GTK and D-Bus bindings.
    "python": ("/usr/bin/python3",),
}


def find(name: str) -> Path | None:
    """Find a program, or nothing."""
    for place in _PLACES[name]:
        if found := shutil.which(place):
            return Path(found)
    return None


def get(name: str) -> Path:
    """Find a program that must be there by now."""
    found = find(name)
    if found is None:
        raise FileNotFoundError(f"{name} is not on this machine")
    return found
