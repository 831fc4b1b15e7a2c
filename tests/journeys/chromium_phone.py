"""Chromium, started as a person would start it and driven over its own debugging protocol.

Playwright's own launch tells every page that it is focused and visible for ever, and turns the back-forward cache off.
Connecting without those defaults leaves the browser as it is in a pocket: pages are hidden, frozen and brought back.
"""

import contextlib
import os
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page, Playwright

from tests.journeys import binaries
from tests.journeys.phone import Phone, Window

_FLAGS = (
    "--headless",
    "--remote-debugging-port=0",
    "--disable-gpu",
    # As on a phone, where they lie over the page and take no room.
    "--hide-scrollbars",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Otherwise the browser asks its maker for the time, for updates and for accounts.
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-component-extensions-with-background-pages",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--disable-features=NetworkTimeServiceQuerying,OptimizationHints,OptimizationGuideModelDownloading",
    "--password-store=basic",
    # Chromium has no sandbox for root, whom containers run as.
    *(("--no-sandbox",) if os.geteuid() == 0 else ()),
)
_START_SECONDS = 20.0


class ChromiumPhone(Phone):
    """The engine of nearly every Android phone; the only one here that feels a finger and can be slowed down."""

    engine: ClassVar[str] = "chromium"
    feels_touch: ClassVar[bool] = True

    def __init__(
        self,
        playwright: Playwright,
        profile: Path,
        *,
        flags: tuple[str, ...] = (),
        environment: Mapping[str, str] | None = None,
        **look: Any,  # noqa: ANN401
    ) -> None:
        self._playwright = playwright
        self._flags = flags
        self._environment = dict(environment or {})
        super().__init__(profile, **look)

    def start(self, address: str | None = None) -> None:
        """Start on the profile; with an address, in a window without address bar, as an installed app has."""
        self._launch(f"--app={address}" if address else "about:blank")
        self.page = self._context.pages[0]
        self._dress(self.page)
        self.settle()

    def restart_with_tabs(self) -> None:
        """Close and start again, reopening the tabs that were open, as "continue where you left off" does."""
        self.close()
        self._launch("--restore-last-session")
        self.wait_until(lambda: bool(self._context.pages), "no tab came back")
        self.page = self._context.pages[-1]
        self._dress(self.page)
        self.wait_until("location.href !== 'about:blank'", "no tab came back")
        self.settle()

    def _launch(self, *arguments: str) -> None:
        self.profile.mkdir(parents=True, exist_ok=True)
        port_file = self.profile / "DevToolsActivePort"
        port_file.unlink(missing_ok=True)
        own = (f"--user-data-dir={self.profile}", f"--accept-lang={self.language}")
        self._process = subprocess.Popen(
            [binaries.get("chromium"), *_FLAGS, *self._flags, *own, *arguments],
            env=os.environ | self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self._browser = self._connect(port_file)
        except Exception:
            self._process.kill()
            self._process.wait()
            raise
        self._context: BrowserContext = self._browser.contexts[0]
        self._context.set_default_timeout(_START_SECONDS * 1000)
        self._sessions: dict[Page, CDPSession] = {}

    def _connect(self, port_file: Path) -> Browser:
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end:
            lines = port_file.read_text().splitlines() if port_file.exists() else []
            if len(lines) == 2:
                address = f"ws://127.0.0.1:{lines[0]}{lines[1]}"
                return self._playwright.chromium.connect_over_cdp(address, no_defaults=True)
            time.sleep(0.02)
        raise TimeoutError(f"Chromium did not start within {_START_SECONDS:g} s")

    def _dress(self, page: Page) -> None:
        page.set_viewport_size({"width": self.size[0], "height": self.size[1]})
        page.emulate_media(color_scheme="dark" if self.dark else "light")
        self.cdp.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def close(self) -> None:
        """Close the browser; it writes its profile down."""
        if self._process.poll() is None:
            with contextlib.suppress(Error):
                self._browser.new_browser_cdp_session().send("Browser.close")
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(10)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        with contextlib.suppress(Error):
            self._browser.close()

    def kill(self) -> None:
        """End the browser as a phone does that needs the memory: without a word, in the middle of whatever it does."""
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(Error):
            self._browser.close()

    @property
    def cdp(self) -> CDPSession:
        """The debugging protocol of the current window, for what only Chromium offers."""
        if self.page not in self._sessions:
            self._sessions[self.page] = self._context.new_cdp_session(self.page)
        return self._sessions[self.page]

    @property
    def context(self) -> BrowserContext:
        """Playwright's own handle, for network events and for the accessibility checks."""
        return self._context

    def goto(self, address: str) -> bool:
        try:
            self.page.goto(address)
        except Error:
            self.settle()  # the browser is still busy with its own page
            return False
        self.lets_draw()
        return True

    def evaluate(self, expression: str) -> Any:  # noqa: ANN401
        return self.page.evaluate(expression)

    def spoken(self) -> str:
        """Give the accessibility tree, and the text beside it."""
        return super().spoken() + "\n" + self.page.locator("body").aria_snapshot()

    def step(self, by: int) -> None:
        history = self.cdp.send("Page.getNavigationHistory")
        place = history["currentIndex"] + by
        if 0 <= place < len(history["entries"]):
            self.cdp.send("Page.navigateToHistoryEntry", {"entryId": history["entries"][place]["id"]})

    def screenshot(self) -> bytes:
        return self.page.screenshot()

    def resize(self, width: int, height: int) -> None:
        self.size = (width, height)
        self.page.set_viewport_size({"width": width, "height": height})

    def hide(self) -> None:
        """Minimise the window: the page is hidden, for real."""
        self._set_window("minimized")
        self.wait_until("document.visibilityState === 'hidden'")

    def show(self) -> None:
        self._set_window("normal")
        self.wait_until("document.visibilityState === 'visible'")

    def _set_window(self, state: str) -> None:
        window = self.cdp.send("Browser.getWindowForTarget")["windowId"]
        self.cdp.send("Browser.setWindowBounds", {"windowId": window, "bounds": {"windowState": state}})

    def freeze(self) -> None:
        """Freeze the hidden page, as Android does to save memory, and thaw it."""
        self.cdp.send("Page.setWebLifecycleState", {"state": "frozen"})
        self.cdp.send("Page.setWebLifecycleState", {"state": "active"})

    def connect(self, *, online: bool) -> None:
        """Turn the network of the page and of its worker on or off."""
        self._context.set_offline(not online)

    def puts_downloads_in(self, folder: Path) -> None:
        """Let files be saved; without this nobody is there to say where to."""
        where = {"behavior": "allow", "downloadPath": str(folder)}
        self._browser.new_browser_cdp_session().send("Browser.setDownloadBehavior", where)

    def lets_show_things(self, origin: str, *, allowed: bool) -> None:
        """Answer the phone's question about notifications for that site, before it is asked."""
        setting = {"permission": {"name": "notifications"}, "setting": "granted" if allowed else "denied"}
        self._browser.new_browser_cdp_session().send("Browser.setPermission", setting | {"origin": origin})

    def slow_down(self, times: int) -> None:
        """Make the processor this many times slower."""
        self.cdp.send("Emulation.setCPUThrottlingRate", {"rate": times})

    @property
    def window(self) -> Window:
        return self.page

    def new_window(self) -> Window:
        """Open a window of its own, so that the first one stays on show."""
        apart = {"url": "about:blank", "newWindow": True}
        with self._context.expect_page() as opening:
            self._browser.new_browser_cdp_session().send("Target.createTarget", apart)
        self.page = opening.value
        self._dress(self.page)
        return self.page

    def switch_to(self, window: Window) -> None:
        self.page = window

    def hold_at(self, x: float, y: float, seconds: float) -> None:
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        time.sleep(seconds)
        self.page.mouse.up()

    def touch_at(self, x: float, y: float, seconds: float) -> None:
        self.cdp.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        time.sleep(seconds)
        self.cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def key_down(self, key: str) -> None:
        self.page.keyboard.down(key)

    def key_up(self, key: str) -> None:
        self.page.keyboard.up(key)
