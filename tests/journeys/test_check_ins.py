"""A day with check-ins, on a real Firefox with real pushes: subscribed, encrypted, delivered, opened, shown, answered.

Only the server's clock is moved, and the push service stands on this machine.
"""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import HttpUrl

import server.clock
import server.worker
from server.__main__ import prepare
from server.app import create_app
from server.covers import Phrases, load_covers
from server.settings import Settings
from tests.journeys.engines import Shop
from tests.journeys.host import Host, free_port
from tests.journeys.person import Person
from tests.journeys.phone import Phone
from tests.journeys.push_service import JourneyPushService

_SEEN = """navigator.serviceWorker.ready.then((it) => it.getNotifications())
  .then((all) => all.map(({ title, body, tag }) => ({ title, body, tag })))"""
_DELIVERED = 100
_LATEST_ZONE = 12
_STEP_MINUTES = 4
_LOOK_SECONDS = 0.2
_STEP_SECONDS = 3 * _LOOK_SECONDS


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
        self.phone.focus("details:has([data-quiet]) > summary")
        self.phone.press("Enter")
        for field, entry in (("#quiet-here", here), ("#quiet-come", come)):
            self.phone.focus(field)
            self.phone.type_text(entry)
        self.phone.evaluate("void document.querySelector('[data-quiet]').click()")
        self.is_told("quiet")

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


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> MovedClock:
    moved = MovedClock()
    monkeypatch.setattr(server.clock, "now", moved)
    # Nobody waits twenty seconds for a worker to look.
    monkeypatch.setattr(server.worker, "LOOK_SECONDS", _LOOK_SECONDS)
    monkeypatch.setattr(server.worker, "DELIVER_SECONDS", _LOOK_SECONDS)
    return moved


@pytest.fixture
def service() -> Iterator[JourneyPushService]:
    running = JourneyPushService()
    yield running
    running.stop()


@pytest.fixture
def her(
    clock: MovedClock,
    service: JourneyPushService,
    make_host: Callable[..., Host],
    weather_host: Host,
    shop: Shop,
    tmp_path: Path,
) -> Asked:
    port = free_port()
    chosen = Settings(
        data=tmp_path / "data", port=port, push_service=HttpUrl(service.origin), exit_url=HttpUrl(weather_host.base)
    )
    # Playwright keeps an event loop running in this thread, and this needs one of its own.
    with ThreadPoolExecutor(1) as another_thread:
        another_thread.submit(prepare, chosen).result()
    host = make_host(lambda: create_app(chosen, with_worker=True), port)
    phone = shop.phone(
        "firefox",
        tmp_path / "profile",
        zone=_morning(),
        preferences={
            "dom.push.serverURL": service.origin.replace("http", "ws") + "/",
            "dom.push.testing.allowInsecureServerURL": True,
            "dom.push.connection.enabled": True,
            "permissions.default.desktop-notification": 1,
        },
    )
    return Asked(phone, host, service)


def _morning() -> str:
    """A zone in which it is about ten in the morning, so that the day of the journey does not end within it."""
    west = min(datetime.now(UTC).hour - 10, _LATEST_ZONE)
    return f"Etc/GMT{west:+d}" if west else "Etc/GMT+1"


def _soon(zone: str) -> str:
    """Two minutes from now on a clock of that zone."""
    west = int(zone.removeprefix("Etc/GMT"))
    return (datetime.now(UTC) - timedelta(hours=west) + timedelta(minutes=2)).strftime("%H:%M")


def test_a_day_is_asked_reminded_and_answered_late_without_a_network(
    her: Asked, clock: MovedClock, service: JourneyPushService
) -> None:
    phrases: Phrases = load_covers(("sip",))["sip"].phrases["en"]

    # When she turns check-ins on, a first push shows at once what they look like: the cover's own words
    her.keeps_words()
    her.turns_check_ins_on(_soon(_morning()))
    first = her.gets_a_push(1)
    assert (first["title"], first["tag"]) == ("Sip", "sip")
    assert first["body"] in phrases.rehearsal
    her.exits()
    her.opens("sip")

    # When her time has come, the prompt does, and half an hour later the reminder in its place
    clock.move(minutes=12)
    assert her.gets_a_push(2)["body"] in phrases.prompt
    clock.move(minutes=36)
    assert her.gets_a_push(3)["body"] in phrases.reminder

    # Then the question is the first thing behind the door, and one tap answers it though the network has gone
    her.opens_the_door()
    assert her.is_asked()
    her.waits(0.6)
    her.host.stop()
    her.presses("Hard day")
    her.is_told("kept")
    her.exits()

    # And when the network is back, opening the door sends the answer, and the question is gone
    her.host.start()
    her.opens("sip")
    her.opens_the_door()
    her.phone.wait_until(lambda: "/s/note" in her.host.asked, "no answer went out")
    her.phone.wait_until(lambda: her.open_check_ins() == [], "the check-in is still open")
    assert not her.is_asked()

    # And the day ends in silence; how she felt has stayed here, and no push differs from another on the wire
    clock.move(minutes=60)
    assert len(service.pushes) == 3
    assert {push.acknowledged for push in service.pushes} == {_DELIVERED}
    assert len({len(push.body) for push in service.pushes}) == 1
    her.reads("days")
    assert her.holds("document.querySelector('[name=mood][value=\"2\"]').checked")


def test_an_ordinary_entry_of_the_cover_answers_with_the_vault_locked(her: Asked, clock: MovedClock) -> None:
    # Given somebody for whom 330 ml counts as the answer
    her.keeps_words()
    her.turns_check_ins_on(_soon(_morning()))
    her.chooses_quiet_answers("330", "275")
    her.exits()
    her.opens("sip")
    clock.move(minutes=12)
    assert len(her.open_check_ins()) == 1
    before = len(her.host.asked)

    # When she drinks something else, nothing happens; when she drinks that, it is answered
    her.drinks("250")
    her.waits(0.5)
    assert "/s/tick" not in her.host.asked[before:]
    her.drinks("330")
    her.phone.wait_until(lambda: "/s/tick" in her.host.asked, "nothing was sent")

    # Then the check-in has ended, and the cover shows no more than two drinks
    her.phone.wait_until(lambda: her.open_check_ins() == [], "the check-in is still open")
    assert her.sees_the_cover()
