"""A person with a phone, in the words of the journeys."""

import json
import time
from collections.abc import Callable

from tests.journeys.host import Host
from tests.journeys.phone import Phone
from tests.journeys.weather import TITLE

# 1.2 s by the app; more, since a busy machine tells the page late that the press began.
HOLD_SECONDS = 1.7
DOOR_ACTIVATIONS = 5

# The cover is drawn, the room is closed, and nothing of the inside is left anywhere in the page.
_COVER_ALONE = """document.querySelector("#cover") !== null && document.querySelector("#room").hidden
  && document.querySelector("#view").childNodes.length === 0
  && document.querySelector("#gate").childNodes.length === 0
  && document.querySelector("#cover").checkVisibility({ visibilityProperty: true })"""

# A view of the pack, and not the line that says it is being fetched.
_INSIDE = """document.querySelector("#room") !== null && !document.querySelector("#room").hidden
  && document.querySelector("#view").querySelector("h1") !== null"""

_CONTENT_SHOWN = """(() => {
  const view = document.querySelector("#view");
  return view !== null && view.childNodes.length > 0;
})()"""

# What can be pressed and is called so, or else begins so; a dialog that is open hides all else.
_MARK_MEANT = """(() => {
  const name = %s;
  document.querySelector("[data-meant]")?.removeAttribute("data-meant");
  const within = document.querySelector("dialog[open]") ?? document;
  const drawn = [...within.querySelectorAll("button, summary, label")].filter((it) => it.checkVisibility());
  const nameOf = (it) => (it.getAttribute("aria-label") ?? it.innerText).replace(/\\s+/g, " ").trim();
  const meant = drawn.find((it) => nameOf(it) === name) ?? drawn.find((it) => nameOf(it).startsWith(name));
  meant?.setAttribute("data-meant", "");
  return Boolean(meant);
})()"""


class Person:
    def __init__(self, phone: Phone, host: Host) -> None:
        self.phone = phone
        self.host = host

    # --- the cover ------------------------------------------------------------------------------------------------

    def opens(self, cover: str) -> None:
        """Type the cover's address."""
        self.phone.goto(f"{self.host.base}/{cover}/")
        self.phone.wait_until("document.querySelector('#title') !== null", "the cover did not come up")

    def lets_it_settle_in(self) -> None:
        """Give the worker the time to lay everything by; then the network may go."""
        self.phone.wait_until(
            "navigator.serviceWorker.ready.then((it) => it.active.state === 'activated' && !it.installing)",
            "the worker did not settle in",
            seconds=20,
        )

    def opens_settings(self) -> None:
        self.phone.click("#open-settings")
        self.phone.wait_until("document.querySelector('#settings').open", "the settings did not open")

    def opens_history(self) -> None:
        self.phone.click("#open-history")
        self.phone.wait_until("document.querySelector('#history').open", "the history did not open")
        self.waits_until_nothing_moves()

    def waits_until_nothing_moves(self) -> None:
        """Whoever aims at what is still rising into its place misses it."""
        self.phone.wait_until("document.getAnimations().every((it) => it.playState === 'finished')")

    def history(self) -> str:
        """Give what the history tells, in one line."""
        return " ".join(str(self.phone.evaluate("document.querySelector('#past').innerText")).split())

    def picks_language(self, code: str) -> None:
        """Pick a language in the settings."""
        self.opens_settings()
        self.picks("#language", code)

    def chooses_language(self, code: str) -> None:
        """Pick a language and wait for the cover to come in it."""
        self.picks_language(code)
        self.phone.wait_until(f"document.documentElement.lang === '{code}'", "the language stayed")
        self.phone.settle()

    def presses(self, name: str) -> None:
        """Press what is called so, or begins so, as somebody does who reads the screen or has it read out."""
        self.phone.wait_until(_MARK_MEANT % json.dumps(name), f"nothing here is called {name}")
        self.phone.click("[data-meant]")

    def writes(self, selector: str, text: str) -> None:
        """Write into a field, in place of what is there."""
        self.phone.click(selector)
        self.phone.evaluate("void document.activeElement.select()")
        self.phone.type_text(text)

    def picks(self, selector: str, value: str) -> None:
        """Pick a value from a list or a calendar."""
        # The list that opens belongs to the system; no engine lets a test press into it.
        self.phone.evaluate(
            f"""(() => {{
              const list = document.querySelector("{selector}");
              list.value = "{value}";
              list.dispatchEvent(new Event("input", {{ bubbles: true }}));
              list.dispatchEvent(new Event("change", {{ bubbles: true }}));
            }})()"""
        )

    def finds_written(self, selector: str) -> str:
        """Give what a field holds."""
        return str(self.phone.evaluate(f"document.querySelector({json.dumps(selector)}).value"))

    # --- the door -------------------------------------------------------------------------------------------------

    def opens_the_door(self, seconds: float = HOLD_SECONDS) -> None:
        """Press and hold the title."""
        self.phone.hold("#title", seconds)
        self.waits_for_the_inside()

    def opens_the_door_by_finger(self, seconds: float = HOLD_SECONDS) -> None:
        self.phone.touch_hold("#title", seconds)
        self.waits_for_the_inside()

    def opens_the_door_by_a_held_key(self, key: str = "Enter", seconds: float = HOLD_SECONDS) -> None:
        self.phone.focus("#title")
        self.phone.hold_key(key, seconds)
        self.waits_for_the_inside()

    def opens_the_door_by_the_version_line(self, activate: Callable[[], None] | None = None) -> None:
        """Activate the version line under the settings five times: by click, or as the caller says."""
        self.opens_settings()
        for _ in range(DOOR_ACTIVATIONS):
            (activate or (lambda: self.phone.click("#version")))()
        self.waits_for_the_inside()

    def waits_for_the_inside(self) -> None:
        self.phone.wait_until(_INSIDE, "the inside did not open")

    # --- inside ---------------------------------------------------------------------------------------------------

    def reads(self, view: str) -> None:
        """Follow a link of the inside to another view, by way of the start where it takes that."""
        if not self._offers(view):
            if view == "start":
                return  # she is there already: only the start has no way to itself
            self._follows(self._way_to_start())
        self._follows(f'#view [data-go="{view}"]')

    def _offers(self, view: str) -> bool:
        return bool(self.phone.evaluate(f"""document.querySelector('#view [data-go="{view}"]') !== null"""))

    def _way_to_start(self) -> str:
        return '#view [data-go="start"]'

    def _follows(self, link: str) -> None:
        self.phone.evaluate("void (document.querySelector('#view').firstElementChild.dataset.left = '1')")
        self.phone.click(link)
        self.phone.wait_until(
            "document.querySelector('#view').firstElementChild.dataset.left === undefined", f"{link} led nowhere"
        )

    def chooses_country(self, code: str) -> None:
        """Pick a country among the help lines."""
        self.picks("#view select", code)
        self.phone.wait_until("document.querySelector('#view a[href^=\"tel:\"]') !== null", "no number came up")

    def exits(self) -> None:
        """Press the exit and go on when the page has come to rest, wherever that is."""
        self.phone.click("#leave")
        self.phone.settle()

    # --- what is to be seen ---------------------------------------------------------------------------------------

    def sees_the_cover(self) -> bool:
        """Whether the cover is all there is, within a moment."""
        return self.holds(_COVER_ALONE)

    def sees_inside(self) -> bool:
        """Whether anything of the inside is in the page now, shown or not."""
        return bool(self.phone.evaluate(_CONTENT_SHOWN))

    def sees_the_weather(self, *, seconds: float = 3) -> bool:
        """Whether the exit has led to somebody else's page, within a moment."""
        return self.holds(f"document.title === {TITLE!r}", seconds)

    def sees(self, text: str) -> bool:
        """Whether a text is on screen, within a moment."""
        return self.holds(lambda: text in self.what_is_on_screen())

    def holds(self, statement: str | Callable[[], bool], seconds: float = 3) -> bool:
        """Whether a script expression or a function holds, within a moment."""
        try:
            self.phone.wait_until(statement, seconds=seconds)
        except AssertionError:
            return False
        return True

    def what_is_on_screen(self) -> str:
        """Give everything that can be read or heard: text, labels, accessibility tree."""
        return self.phone.spoken()

    def text_of_the_view(self) -> str:
        return str(self.phone.evaluate("document.querySelector('#view').innerText"))

    def numbers_to_call(self) -> list[str]:
        """Give the numbers that one tap would dial."""
        links = "[...document.querySelectorAll('#view a[href^=\"tel:\"]')]"
        numbers: list[str] = self.phone.evaluate(links + ".map((it) => it.href)")
        return numbers

    # --- what goes wrong -----------------------------------------------------------------------------------------

    def damages_the_pack(self) -> None:
        """Let the phone's storage rot: every pack laid by turns into bytes that make no sense."""
        damaged = self.phone.evaluate(
            """(async () => {
              let damaged = 0;
              for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const { url } of await cache.keys()) {
                  if (!url.endsWith(".bin")) continue;
                  await cache.put(url, new Response("rot"));
                  damaged += 1;
                }
              }
              return damaged;
            })()"""
        )
        assert damaged, "there was no pack to damage"

    def waits(self, seconds: float) -> None:
        time.sleep(seconds)
