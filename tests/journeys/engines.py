"""Which browsers are on this machine, and what to install for those that are not."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.journeys import binaries
from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.firefox_phone import FirefoxPhone
from tests.journeys.phone import Phone
from tests.journeys.webkit_phone import Display, WebKitPhone

ENGINES = ("chromium", "firefox", "webkit")

# What each needs on this machine, and the Debian packages that bring it.
_NEEDS = {
    "chromium": (("chromium",), "chromium"),
    "firefox": (("firefox",), "firefox-esr"),
    "lock screen": (("bus", "python"), "dbus-daemon python3-gi"),
    "webkit": (("webkit", "display", "python"), "webkit2gtk-driver xvfb python3-gi gir1.2-webkit2-4.1"),
}


def require(engine: str) -> None:
    """Skip where a browser is missing, unless NIGHTJAR_REQUIRE_BROWSERS (comma separated) says it must be there."""
    programs, packages = _NEEDS[engine]
    if all(binaries.find(program) for program in programs):
        return
    reason = f"{engine} is not on this machine: apt-get install {packages}"
    if engine in [name.strip() for name in os.environ.get("NIGHTJAR_REQUIRE_BROWSERS", "").split(",")]:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


class Shop:
    """Hands out phones and takes all of them back. Playwright and the screen are started when first needed."""

    def __init__(self) -> None:
        self._playwright: Playwright | None = None
        self._display: Display | None = None
        self._handed_out: list[Phone] = []

    def phone(self, engine: str, profile: Path, **look: Any) -> Phone:  # noqa: ANN401
        require(engine)
        phone = self._make(engine, profile, look)
        self._handed_out.append(phone)
        return phone

    def chromium(self, profile: Path, **look: Any) -> ChromiumPhone:  # noqa: ANN401
        phone = self.phone("chromium", profile, **look)
        assert isinstance(phone, ChromiumPhone)
        return phone

    def _make(self, engine: str, profile: Path, look: dict[str, Any]) -> Phone:
        if engine == "webkit":
            self._display = self._display or Display()
            return WebKitPhone(self._display, profile, **look)
        self._playwright = self._playwright or sync_playwright().start()
        if engine == "firefox":
            return FirefoxPhone(self._playwright, profile, **look)
        return ChromiumPhone(self._playwright, profile, **look)

    def take_back(self) -> None:
        while self._handed_out:
            self._handed_out.pop().throw_away()

    def close(self) -> None:
        self.take_back()
        if self._playwright:
            self._playwright.stop()
        if self._display:
            self._display.close()


@contextmanager
def open_shop() -> Iterator[Shop]:
    """Open for one file of tests only: Playwright keeps an event loop running, and no asynchronous test could run."""
    shop = Shop()
    try:
        yield shop
    finally:
        shop.close()
