"""WebKitGTK: the engine of Safari, though not Safari itself; it has no touch, no push and no home screen."""

import base64
import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, ClassVar

from tests.journeys import binaries
from tests.journeys.phone import Phone, Window
from tests.journeys.webdriver import WebDriver, WebDriverError

_BROWSER = Path(__file__).with_name("webkit_browser.py")
_START_SECONDS = 20.0
_WRITING_SECONDS = 1.2
_LOOK_SECONDS = 3.0
_KEYS = {"Enter": "\ue007", "Shift": "\ue008", "Control": "\ue009", "Escape": "\ue00c", "Tab": "\ue004", "Space": " "}


class Display:
    """A screen that nobody sees; WebKitGTK has no headless mode."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        self._process = subprocess.Popen(
            [binaries.get("display"), "-displayfd", str(writing), "-screen", "0", "1400x1200x24", "-nolisten", "tcp"],
            pass_fds=[writing],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        # The number is complete with its newline only.
        with os.fdopen(reading) as answer:
            self.name = ":" + answer.readline().strip()
        if self.name == ":":
            raise RuntimeError("Xvfb did not start")

    def close(self) -> None:
        """Turn the screen off."""
        _stop(self._process)


class WebKitPhone(Phone):
    """Held keys do not repeat here and a finger is taken for a mouse."""

    engine: ClassVar[str] = "webkit"

    def __init__(self, display: Display, profile: Path, **look: Any) -> None:  # noqa: ANN401
        self._display = display
        super().__init__(profile, **look)

    def start(self, address: str | None = None) -> None:
        """Start driver and browser on the profile. There are no installed apps here: an address is simply opened."""
        self.profile.mkdir(parents=True, exist_ok=True)
        self._home = tempfile.mkdtemp(prefix="webkit-home-")
        port = _free_port()
        self._driver_process = subprocess.Popen(
            [binaries.get("webkit"), f"--port={port}"],
            env={
                "PATH": os.environ["PATH"],
                "LANG": "C.UTF-8",
                "HOME": self._home,
                "XDG_RUNTIME_DIR": self._home,
                "DISPLAY": self._display.name,
                "NO_AT_BRIDGE": "1",
                "PHONE_PROFILE": str(self.profile),
                "PHONE_SIZE": f"{self.size[0]}x{self.size[1]}",
                "PHONE_LANGUAGE": self.language,
                "PHONE_DARK": str(int(self.dark)),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_for(port)
            options = {"binary": str(binaries.get("python")), "args": [str(_BROWSER)]}
            # The driver would wait for ever for a page that comes out of the back-forward cache: we wait ourselves.
            manners = {"pageLoadStrategy": "none", "timeouts": {"script": 10_000}}
            self._driver = WebDriver(port, {"webkitgtk:browserOptions": options, **manners})
        except Exception:
            self._end_driver()
            raise
        self._window: str = self._driver.send("GET", "/window")
        if address:
            self.goto(address)

    def close(self) -> None:
        """Close the browser, but not before it has written everything down: the driver ends it without warning."""
        time.sleep(_WRITING_SECONDS)
        self.throw_away()

    def throw_away(self) -> None:
        with contextlib.suppress(WebDriverError, OSError):
            self._driver.quit()
        self._end_driver()

    def _end_driver(self) -> None:
        _stop(self._driver_process)
        shutil.rmtree(self._home, ignore_errors=True)

    def goto(self, address: str) -> bool:
        self.leave_by(lambda: self._driver.send("POST", "/url", {"url": address}))
        return not self.evaluate("'unreachable' in document.documentElement.dataset")

    def settle(self) -> None:
        """Wait until the browser itself shows the address that the page believes in, too."""
        self.wait_until(lambda: self._driver.send("GET", "/url") == self.url, "the page never came")
        super().settle()

    def evaluate(self, expression: str) -> Any:  # noqa: ANN401
        return self._driver.evaluate(expression)

    def looks(self, statement: str) -> bool:
        """Not for long: a script that is asked of a page while another takes its place is lost, and never answered."""
        return bool(self._driver.evaluate(statement, seconds=_LOOK_SECONDS))

    def step(self, by: int) -> None:
        self._driver.send("POST", "/back" if by < 0 else "/forward")

    def screenshot(self) -> bytes:
        return base64.b64decode(self._driver.send("GET", "/screenshot"))

    def resize(self, width: int, height: int) -> None:
        """Set the size of the window, which is that of the page."""
        self.size = (width, height)
        self._driver.send("POST", "/window/rect", {"width": width, "height": height})
        self.wait_until(f"innerWidth === {width} && innerHeight === {height}")

    def hide(self) -> None:
        """Minimise the window: the page is hidden, for real."""
        self._driver.send("POST", "/window/minimize")
        self.wait_until("document.visibilityState === 'hidden'")

    def show(self) -> None:
        self._driver.send("POST", "/window/rect", {"width": self.size[0], "height": self.size[1]})
        self.wait_until("document.visibilityState === 'visible'")

    @property
    def window(self) -> Window:
        return self._window

    def new_window(self) -> Window:
        opened: str = self._driver.send("POST", "/window/new", {"type": "window"})["handle"]
        self.switch_to(opened)
        return opened

    def switch_to(self, window: Window) -> None:
        self._window = window
        self._driver.send("POST", "/window", {"handle": window})

    def hold_at(self, x: float, y: float, seconds: float) -> None:
        self._driver.act(
            "pointer",
            {"type": "pointerMove", "duration": 0, "origin": "viewport", "x": round(x), "y": round(y)},
            {"type": "pointerDown", "button": 0},
            {"type": "pause", "duration": round(seconds * 1000)},
            {"type": "pointerUp", "button": 0},
        )

    def key_down(self, key: str) -> None:
        self._driver.act("key", {"type": "keyDown", "value": _KEYS.get(key, key)})

    def key_up(self, key: str) -> None:
        self._driver.act("key", {"type": "keyUp", "value": _KEYS.get(key, key)})


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.02)
    raise TimeoutError("WebKitWebDriver did not start")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
