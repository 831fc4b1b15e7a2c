"""One phone with one browser on it: the same few motions in every engine, so that a journey is written once.

What a person does is done the way a person does it: by pointer, finger and key, at the place where the thing is drawn.
Only `evaluate` looks behind the glass, to see what is there.
"""

import contextlib
import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

Window = Any  # whatever the engine uses to tell its windows apart

_SETTLE_SECONDS = 10.0
# Firefox, asked again and again to bring an odd height to the middle, goes back and forth by one.
_STILL_PX = 2
# How long to wait for a page that Back may not have.
_NOWHERE_SECONDS = 1.5

# Where to touch an element: its centre, scrolled into view, and whether anything lies over it there.
_AIM = """(() => {
  const found = document.querySelector(%s);
  if (!found) return null;
  found.scrollIntoView({ block: "center" });
  const box = found.getBoundingClientRect();
  const x = box.x + box.width / 2, y = box.y + box.height / 2;
  const top = document.elementFromPoint(x, y);
  return { x, y, reached: found.contains(top), top: top && top.outerHTML.slice(0, 120) };
})()"""

# What a screen reader could say where the engine offers no tree of its own: text, labels, what is written in fields.
_SPOKEN = """(() => {
  const names = ["aria-label", "alt", "title", "placeholder"];
  const named = [...document.querySelectorAll(names.map((name) => `[${name}]`) + ",input,textarea")];
  const drawn = named.filter((it) => it.getClientRects().length);
  const words = drawn.flatMap((it) => [...names.map((name) => it.getAttribute(name)), it.value]);
  return [document.title, document.body.innerText, ...words.filter((it) => typeof it === "string")].join("\\n");
})()"""


# A cover's script lets the first frame be drawn before it runs; only then does a tap do anything.
_WATCH_FRAME = "void requestAnimationFrame(() => setTimeout(() => setTimeout(() => { window.hasDrawn = true; })))"
_FRAME_SECONDS = 0.6


class Unsupported(Exception):
    """This engine has no such motion; the journey says what to do about it."""


class Phone(ABC):
    """A browser on its own profile, with one current window."""

    engine: ClassVar[str]
    feels_touch: ClassVar[bool] = False

    def __init__(
        self, profile: Path, *, language: str = "en", dark: bool = False, size: tuple[int, int] = (390, 844)
    ) -> None:
        self.profile = profile
        self.language = language
        self.dark = dark
        self.size = size
        self.start()

    # --- the browser ----------------------------------------------------------------------------------------------

    @abstractmethod
    def start(self, address: str | None = None) -> None:
        """Start the browser on the profile. With an address, as an installed app's window where the engine can."""

    @abstractmethod
    def close(self) -> None:
        """Close the browser as a person would: it writes down what it keeps."""

    def throw_away(self) -> None:
        """End the browser; nobody will look at its profile again."""
        self.close()

    def restart(self) -> None:
        """Close and start again on the same profile."""
        self.close()
        self.start()

    @abstractmethod
    def goto(self, address: str) -> bool:
        """Type an address and wait for the page; False where the browser shows its own page about a missing one."""

    @abstractmethod
    def evaluate(self, expression: str) -> Any:  # noqa: ANN401 - JSON from a page has no type
        """Give the JSON value of a script expression in the current window, after awaiting it."""

    def back(self) -> None:
        """Press Back; nothing happens where there is nowhere to go."""
        self.leave_by(lambda: self.step(-1), surely=False, seconds=_NOWHERE_SECONDS)

    def forward(self) -> None:
        """Press Forward."""
        self.leave_by(lambda: self.step(1), surely=False, seconds=_NOWHERE_SECONDS)

    @abstractmethod
    def step(self, by: int) -> None:
        """Go this far in the history, if there is such a place."""

    def reload(self) -> None:
        """Reload the page."""
        self.leave_by(lambda: self.evaluate("location.reload()"))

    @abstractmethod
    def screenshot(self) -> bytes:
        """Take a picture (PNG) of what is drawn."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Give the page exactly this much room."""

    @abstractmethod
    def hide(self) -> None:
        """Put something else in front (app switcher, screen off, another tab), so that the page is really hidden."""

    @abstractmethod
    def show(self) -> None:
        """Come back to the page."""

    def connect(self, *, online: bool) -> None:
        """Turn the phone's own network on or off; the only way to make `navigator.onLine` false."""
        raise Unsupported(f"{self.engine} has no network switch")

    # --- windows --------------------------------------------------------------------------------------------------

    @property
    @abstractmethod
    def window(self) -> Window:
        """The current window."""

    @abstractmethod
    def new_window(self) -> Window:
        """Open a second window beside the first, both on show, and make it the current one."""

    @abstractmethod
    def switch_to(self, window: Window) -> None:
        """Make a window the current one, without touching it."""

    # --- pointer, finger, keys: in page coordinates ---------------------------------------------------------------

    @abstractmethod
    def hold_at(self, x: float, y: float, seconds: float) -> None:
        """Press the pointer, wait, release."""

    def touch_at(self, x: float, y: float, seconds: float) -> None:
        """Put a finger down, wait, lift it."""
        raise Unsupported(f"{self.engine} feels no touch")

    @abstractmethod
    def key_down(self, key: str) -> None:
        """Press a key (named as in KeyboardEvent.key) and leave it down; down once more, it repeats if it can."""

    @abstractmethod
    def key_up(self, key: str) -> None:
        """Release a key."""

    # --- the same in every engine ---------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """The address in the address bar."""
        return str(self.evaluate("location.href"))

    @property
    def title(self) -> str:
        """The title of the tab."""
        return str(self.evaluate("document.title"))

    def spoken(self) -> str:
        """Give what a screen reader could read out."""
        return str(self.evaluate(_SPOKEN))

    def aim(self, selector: str) -> tuple[float, float]:
        """Find the point where a person would touch an element, at rest; an error says what lies over it."""
        spot: dict[str, Any] = {}

        def reached() -> bool:
            x, y = spot.get("x", 0), spot.get("y", 0)
            spot.update(self.evaluate(_AIM % json.dumps(selector)) or {"top": "nothing: it is not in the page"})
            return bool(spot.get("reached")) and abs(x - spot["x"]) + abs(y - spot["y"]) < _STILL_PX

        self.wait_until(reached, lambda: f"{selector} cannot be touched; found {spot['top']}")
        return spot["x"], spot["y"]

    def click(self, selector: str) -> None:
        """Click the middle of an element."""
        self.hold_at(*self.aim(selector), 0)

    def hold(self, selector: str, seconds: float) -> None:
        """Press and hold an element by pointer."""
        self.hold_at(*self.aim(selector), seconds)

    def tap(self, selector: str) -> None:
        """Tap an element with a finger."""
        self.touch_at(*self.aim(selector), 0.05)

    def touch_hold(self, selector: str, seconds: float) -> None:
        """Press and hold an element with a finger."""
        self.touch_at(*self.aim(selector), seconds)

    def press(self, key: str, times: int = 1) -> None:
        """Press and release a key."""
        for _ in range(times):
            self.key_down(key)
            self.key_up(key)

    def hold_key(self, key: str, seconds: float) -> None:
        """Hold a key; it repeats as keyboards do, where the engine can."""
        end = time.monotonic() + seconds
        self.key_down(key)
        while time.monotonic() < end:
            time.sleep(0.1)
            self.key_down(key)
        self.key_up(key)

    def type_text(self, text: str) -> None:
        """Type text into what has the focus."""
        for letter in text:
            self.press(letter)

    def focus(self, selector: str) -> None:
        """Give an element the focus, as Tab would."""
        self.evaluate(f"document.querySelector({json.dumps(selector)}).focus()")

    def looks(self, statement: str) -> bool:
        """Whether a script expression holds, once."""
        return bool(self.evaluate(statement))

    def wait_until(
        self,
        statement: str | Callable[[], bool],
        complaint: str | Callable[[], str] = "",
        *,
        seconds: float = _SETTLE_SECONDS,
    ) -> None:
        """Wait until a script expression or a function holds; a page that is just changing counts as not yet."""
        end = time.monotonic() + seconds
        trouble: Exception | None = None
        while time.monotonic() < end:
            try:
                if statement() if callable(statement) else self.looks(f"Promise.resolve({statement}).then(Boolean)"):
                    return
                trouble = None
            except Exception as error:  # noqa: BLE001 - engines differ in what they raise between two documents
                trouble = error
            time.sleep(0.03)
        said = complaint() if callable(complaint) else complaint or str(statement)
        raise AssertionError(f"{self.engine}: waited {seconds:g} s: {said}") from trouble

    def leave_by(self, move: Callable[[], object], *, surely: bool = True, seconds: float = _SETTLE_SECONDS) -> None:
        """Make a move that puts another document in place of this one, and wait for that one."""
        # A new mark each time: the back-forward cache brings pages back with the marks they had.
        mark = f"{time.monotonic()}"
        self.evaluate(f"void (window.leftBehind = {mark})")
        move()
        try:
            self.wait_until(f"window.leftBehind !== {mark}", "the page stayed", seconds=seconds)
        except AssertionError:
            if surely:
                raise
        self.settle()

    def settle(self) -> None:
        """Wait until the document in the window has loaded and stays the same one."""
        seen = ""

        def calm() -> bool:
            nonlocal seen
            before, seen = seen, self.evaluate("[location.href, document.readyState, performance.timeOrigin].join()")
            return before == seen and ",complete," in seen

        time.sleep(0.1)
        self.wait_until(calm, "the page never came to rest")
        self.lets_draw()

    def lets_draw(self) -> None:
        """Wait until the page has drawn a frame and what waited for that is done; where none is drawn, a moment."""
        with contextlib.suppress(Exception):  # the page may be on its way to another one
            self.evaluate(_WATCH_FRAME)
        with contextlib.suppress(AssertionError):
            self.wait_until("window.hasDrawn === true", seconds=_FRAME_SECONDS)
