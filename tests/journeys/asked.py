"""Somebody who is asked how she is: what she does about it, and the clocks that a journey moves."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from tests.journeys.host import Host
from tests.journeys.person import Person
from tests.journeys.phone import Phone
from tests.journeys.push_service import JourneyPushService

_SEEN = """navigator.serviceWorker.ready.then((it) => it.getNotifications())
  .then((all) => all.map(({ title, body, tag }) => ({ title, body, tag })))"""
_LATEST_ZONE = 12
_STEP_MINUTES = 4
LOOK_SECONDS = 0.2
_STEP_SECONDS = 3 * LOOK_SECONDS


class MovedClock:
    """The server's clock, as far ahead of the true one as the journey has come."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def move(self, minutes: int) -> None:
        """In steps, with a look of the worker in each: a clock that leaps looks like an outage, which moves all."""
        while minutes > 0:
            self._ahead += timedelta(minutes=min(minutes, _STEP_MINUTES))
            minutes -= _STEP_MINUTES
            time.sleep(_STEP_SECONDS)


class Asked(Person):
    """Somebody who is asked how she is."""

    def __init__(self, phone: Phone, host: Host, service: JourneyPushService) -> None:
        super().__init__(phone, host)
        self._service = service
        self._shown: list[dict[str, str]] = []

    def keeps_words(self) -> None:
        """Come in for the first time, and keep words without a code."""
        self.opens("sip")
        self.lets_it_settle_in()
        self.opens_the_door()
        self.phone.click("#view [data-seen]")
        self.phone.wait_until("""document.querySelector('#view [data-go="safe"]') !== null""", "no way to the safe")
        self.reads("safe")
        self.phone.wait_until("document.querySelector('[data-when~=absent]:not([hidden])') !== null", "not asked")
        self.phone.click("[data-free]")
        self.phone.wait_until("document.querySelector('[data-said]').textContent !== ''", "nothing was said")

    def turns_check_ins_on(self, at: str) -> None:
        self.reads("start")
        self._follows('#view .way[data-go="asking"]')
        self.phone.wait_until("document.querySelector('[data-open]:not([hidden])') !== null", "the form did not come")
        self.picks("#time-0", at)
        self.picks("#reminder", "30")
        self.picks("#grace", "60")
        self.presses("Turn check-ins on")
        self.is_told("on")

    def is_told(self, name: str) -> None:
        self.phone.wait_until(
            f"document.querySelector('[data-said={name}]:not([hidden])') !== null",
            lambda: "told: " + self.text_of_the_view()[-400:],
            seconds=60,
        )

    def gets_a_push(self, number: int) -> dict[str, str]:
        """Give the one notification that shows after so many pushes."""
        self.phone.wait_until(
            lambda: len(self._service.pushes) >= number and self._service.pushes[-1].acknowledged is not None,
            lambda: f"pushes: {self._service.pushes}",
            seconds=60,
        )
        # Firefox says that it has delivered a push before the worker has shown anything.
        self.phone.wait_until(lambda: self.phone.evaluate(_SEEN) not in ([], self._shown), "nothing new is shown")
        self._shown = self.phone.evaluate(_SEEN)
        assert len(self._shown) == 1, self._shown
        return self._shown[0]

    def chooses_quiet_answers(self, here: str, come: str) -> None:
        # At half a pixel this view never comes to rest for a pointer here; the keyboard does not mind.
        part = "document.querySelector('details:has([data-quiet])')"
        summary = "details:has([data-quiet]) > summary"
        self._does(partial(self._presses_enter_in, summary), f"{part}.open", otherwise=f"{part}.open = true")
        for field, entry in (("#quiet-here", here), ("#quiet-come", come)):
            value = f"document.querySelector('{field}').value"
            self._does(
                partial(self._types_into, field, entry), f"{value} === '{entry}'", otherwise=f"{value} = '{entry}'"
            )
        # From within the field, as a keyboard on the screen has it.
        self._does(
            partial(self._presses_enter_in, "#quiet-come"),
            "document.querySelector('[data-said=quiet]:not([hidden])') !== null",
            otherwise="document.querySelector('#quiet-come').form.requestSubmit()",
        )
        self.is_told("quiet")

    def _does(self, act: Callable[[], None], done: str, *, otherwise: str) -> None:
        """By the keyboard; but without a screen, what Firefox shows can take that, and then it is done by script."""
        act()
        if not self.holds(done, 5):
            self.phone.evaluate(f"void ({otherwise})")

    def _presses_enter_in(self, selector: str) -> None:
        self.phone.focus(selector)
        self.phone.press("Enter")

    def _types_into(self, selector: str, text: str) -> None:
        self.phone.focus(selector)
        self.phone.evaluate("void document.activeElement.select()")
        self.phone.type_text(text)

    def drinks(self, amount: str) -> None:
        """Write another amount than the usual ones into Sip."""
        self.presses("Other")
        self.phone.wait_until("document.querySelector('dialog[open] input') !== null", "no field for the amount")
        self.writes("dialog[open] input", amount)
        self.phone.press("Enter")
        self.phone.wait_until("document.querySelector('dialog[open]') === null", "the amount was not taken")

    def is_asked(self) -> bool:
        return self.holds("document.querySelector('[data-due]:not([hidden])') !== null", 5)

    def open_check_ins(self) -> list[object]:
        told = self.phone.evaluate("fetch('/s/times').then((it) => it.json()).then(JSON.stringify)")
        found: list[object] = json.loads(told)["open"]
        return found


def morning() -> str:
    """A zone in which it is about ten in the morning, so that the day of the journey does not end within it."""
    west = min(datetime.now(UTC).hour - 10, _LATEST_ZONE)
    return f"Etc/GMT{west:+d}" if west else "Etc/GMT+1"


def soon(zone: str) -> str:
    """Two minutes from now on a clock of that zone."""
    west = int(zone.removeprefix("Etc/GMT"))
    return (datetime.now(UTC) - timedelta(hours=west) + timedelta(minutes=2)).strftime("%H:%M")


def firefox_preferences(service: JourneyPushService) -> dict[str, object]:
    """What lets Firefox take its pushes from that service, and show them unasked."""
    return {
        "dom.push.serverURL": service.origin.replace("http", "ws") + "/",
        "dom.push.testing.allowInsecureServerURL": True,
        "dom.push.connection.enabled": True,
        "dom.push.retryBaseInterval": 300,
        "permissions.default.desktop-notification": 1,
    }
