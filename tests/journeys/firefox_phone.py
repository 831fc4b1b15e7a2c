"""Firefox ESR as Debian ships it, driven by Playwright over WebDriver BiDi; no driver has to be downloaded."""

import contextlib
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from playwright.sync_api import Error, Page, Playwright

from tests.journeys import binaries
from tests.journeys.phone import Phone, Window

_WAIT_MS = 20_000


class FirefoxPhone(Phone):
    """Motions by place, not by Playwright's locators: those wait for ever after the back-forward cache answered."""

    engine: ClassVar[str] = "firefox"

    def __init__(
        self,
        playwright: Playwright,
        profile: Path,
        *,
        preferences: Mapping[str, str | int | bool] | None = None,
        zone: str | None = None,
        **look: Any,  # noqa: ANN401
    ) -> None:
        self._playwright = playwright
        self._preferences = dict(preferences or {})
        self._zone = zone
        super().__init__(profile, **look)

    def start(self, address: str | None = None) -> None:
        """Start on the profile. Firefox has no installed apps on a desktop: an address is simply opened."""
        self._context = self._playwright.firefox.launch_persistent_context(
            self.profile,
            channel="moz-firefox",
            executable_path=binaries.get("firefox"),
            viewport={"width": self.size[0], "height": self.size[1]},
            timezone_id=self._zone,
            firefox_user_prefs={
                "intl.accept_languages": self.language,
                "layout.css.prefers-color-scheme.content-override": 0 if self.dark else 1,
                "alerts.useSystemBackend": False,
                **self._preferences,
            },
        )
        self._context.set_default_timeout(_WAIT_MS)
        self.page: Page = self._context.pages[0]
        self._cover_tab: Page | None = None
        if address:
            self.goto(address)

    def close(self) -> None:
        """Close the browser; it writes its profile down."""
        with contextlib.suppress(Error):
            self._context.close()

    def goto(self, address: str) -> bool:
        try:
            self.page.goto(address)
        except Error:
            return False
        self.lets_draw()
        return True

    def evaluate(self, expression: str) -> Any:  # noqa: ANN401
        return self.page.evaluate(expression)

    def step(self, by: int) -> None:
        """Playwright's own go_back never returns when the back-forward cache answers."""
        self.evaluate(f"history.go({by})")

    def screenshot(self) -> bytes:
        return self.page.screenshot()

    def resize(self, width: int, height: int) -> None:
        self.size = (width, height)
        self.page.set_viewport_size({"width": width, "height": height})

    def hide(self) -> None:
        """Open another tab in front; Firefox then hides this one, for real."""
        with self._context.expect_page() as opening:
            self.evaluate("void window.open('about:blank', '_blank', 'noopener')")
        self._cover_tab = opening.value
        self.wait_until("document.visibilityState === 'hidden'")

    def show(self) -> None:
        """Close that tab again."""
        if self._cover_tab:
            self._cover_tab.close()
        self._cover_tab = None
        self.wait_until("document.visibilityState === 'visible'")

    def connect(self, *, online: bool) -> None:
        """Turn the page's network on or off; Firefox leaves the worker's on, so stop the host as well."""
        self._context.set_offline(not online)

    @property
    def window(self) -> Window:
        return self.page

    def new_window(self) -> Window:
        """Open a second window; over BiDi Playwright opens windows, not tabs."""
        self.page = self._context.new_page()
        return self.page

    def switch_to(self, window: Window) -> None:
        self.page = window

    def hold_at(self, x: float, y: float, seconds: float) -> None:
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        time.sleep(seconds)
        self.page.mouse.up()

    def key_down(self, key: str) -> None:
        self.page.keyboard.down(key)

    def key_up(self, key: str) -> None:
        self.page.keyboard.up(key)
