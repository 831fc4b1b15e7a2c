"""Pushes on Chromium, which most phones have: what stands on the lock screen, where a tap leads, what goes out later.

The push itself comes by the debugging protocol, since Chromium subscribes with nobody but its maker; from there on all
is real, up to the desktop that shows it and is tapped.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from server.covers import Phrases, load_covers
from server.push.payloads import PAYLOAD_BYTES, Kind
from server.shipped_names import SHIPPED_NAMES
from tests.journeys.asked import Asked, MovedClock, morning, soon
from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.engines import Shop, require
from tests.journeys.host import Host
from tests.journeys.lock_screen import LockScreen, Shown
from tests.journeys.push_service import JourneyPushService
from tests.journeys.worker_events import WorkerEvents

PHRASES: Phrases = load_covers(("sip",))["sip"].phrases["en"]


@pytest.fixture
def lock_screen() -> Iterator[LockScreen]:
    require("lock screen")
    screen = LockScreen()
    yield screen
    screen.close()


@pytest.fixture
def phone(lock_screen: LockScreen, shop: Shop, tmp_path: Path) -> ChromiumPhone:
    return shop.chromium(tmp_path / "profile", environment=lock_screen.environment | {"TZ": morning()})


@pytest.fixture
def her(phone: ChromiumPhone, asking_host: Host, service: JourneyPushService) -> Asked:
    return Asked(phone, asking_host, service)


def payload(kind: int) -> str:
    return chr(kind) + "x" * (PAYLOAD_BYTES - 1)


def has_sip(her: Asked, phone: ChromiumPhone) -> WorkerEvents:
    """The cover is on the phone, which may show things for it."""
    phone.lets_show_things(her.host.base, allowed=True)
    her.opens("sip")
    her.lets_it_settle_in()
    return WorkerEvents(phone, f"{her.host.base}/sip/")


def newest(her: Asked, screen: LockScreen, shown_before: int) -> Shown:
    her.phone.wait_until(lambda: len(screen.ever_shown) > shown_before, "nothing was shown")
    (one,) = screen.shows
    return one


def windows(phone: ChromiumPhone) -> list[str]:
    # Playwright hears of new windows only while it is asked for something.
    phone.page.wait_for_timeout(10)
    return [page.url for page in phone.context.pages]


def test_a_lock_screen_gets_the_covers_own_words_for_each_kind_and_nothing_else(
    her: Asked, phone: ChromiumPhone, lock_screen: LockScreen
) -> None:
    events = has_sip(her, phone)
    kinds = {
        Kind.PROMPT: PHRASES.prompt,
        Kind.REMINDER: PHRASES.reminder,
        Kind.NUDGE: PHRASES.nudge,
        Kind.ALL_CLEAR: PHRASES.all_clear,
        Kind.REHEARSAL: PHRASES.rehearsal,
    }

    # When each kind comes twice, and then one that this version does not know, and one without anything in it
    bodies = []
    for kind in [kind for kind in Kind for _ in range(2)]:
        before = len(lock_screen.ever_shown)
        events.deliver(payload(kind))
        shown = newest(her, lock_screen, before)
        assert (shown.title, shown.buttons) == ("Sip", ())
        assert shown.body in kinds[kind]
        bodies.append(shown.body)
    for strange in (payload(99), ""):
        before = len(lock_screen.ever_shown)
        events.deliver(strange)
        assert newest(her, lock_screen, before).body in PHRASES.reminder

    # Then one took the other's place, and no line came twice running
    assert len(lock_screen.shows) == 1
    assert all(one != other for one, other in pairwise(bodies))


def test_a_tap_opens_the_cover_and_never_more(her: Asked, phone: ChromiumPhone, lock_screen: LockScreen) -> None:
    # Given a phone on which something else is open
    events = has_sip(her, phone)
    cover = f"{her.host.base}/sip/"
    phone.goto("about:blank")
    events.deliver(payload(Kind.PROMPT))

    # When she taps what has come
    lock_screen.tap(newest(her, lock_screen, 0))
    phone.wait_until(lambda: windows(phone) == ["about:blank", cover], lambda: f"open: {windows(phone)}")

    # Then the cover is there, and nothing more; and the lock screen is empty
    phone.switch_to(phone.context.pages[-1])
    assert her.sees_the_cover()
    phone.wait_until(lambda: lock_screen.shows == [], "it still stands there")

    # And where the cover is open already, it comes forward instead of opening once more
    phone.switch_to(phone.context.pages[0])
    phone.page.bring_to_front()
    events.deliver(payload(Kind.REMINDER))
    lock_screen.tap(newest(her, lock_screen, 1))
    phone.switch_to(phone.context.pages[-1])
    phone.wait_until("document.hasFocus()", "the cover did not come forward")
    assert windows(phone) == ["about:blank", cover]


def test_an_answer_that_waits_goes_out_when_the_network_is_back_without_her(
    her: Asked, phone: ChromiumPhone, clock: MovedClock
) -> None:
    # Given somebody who was asked, on a phone that shows her nothing, and who answers without a network
    phone.lets_show_things(her.host.base, allowed=False)
    her.keeps_words()
    her.turns_check_ins_on(soon(morning()))
    events = WorkerEvents(phone, f"{her.host.base}/sip/")
    her.exits()
    her.opens("sip")
    clock.move(minutes=12)
    her.opens_the_door()
    assert her.is_asked()
    her.waits(0.6)
    her.host.stop()
    her.presses("Hard day")
    her.is_told("kept")
    her.exits()

    # When the network is back while the app is closed
    her.host.start()
    assert "/s/note" not in her.host.asked
    events.sync(SHIPPED_NAMES["sendTag"])

    # Then the worker sends the answer by itself
    phone.wait_until(lambda: her.host.asked.count("/s/note") == 1, lambda: f"asked: {her.host.asked[-5:]}")
    her.opens("sip")
    assert her.open_check_ins() == []


def test_a_quiet_cry_written_without_a_network_goes_out_when_it_is_back_without_her(
    her: Asked, phone: ChromiumPhone, clock: MovedClock
) -> None:
    # Given somebody whose 275 ml call for company, and who writes them without a network
    phone.lets_show_things(her.host.base, allowed=False)
    her.keeps_words()
    her.turns_check_ins_on(soon(morning()))
    her.chooses_quiet_answers("330", "275")
    events = WorkerEvents(phone, f"{her.host.base}/sip/")
    her.exits()
    her.opens("sip")
    clock.move(minutes=12)
    her.host.stop()
    her.drinks("275")
    tray = f"caches.has('{SHIPPED_NAMES['answersCache']}')"
    phone.wait_until(tray, "nothing was laid by")
    assert her.sees_the_cover()
    phone.goto("about:blank")

    # When the network is back while the app is closed
    her.host.start()
    assert "/s/tick" not in her.host.asked
    events.sync(SHIPPED_NAMES["sendTag"])

    # Then the worker has sent it, and the check-in is answered
    phone.wait_until(lambda: "/s/tick" in her.host.asked, lambda: f"asked: {her.host.asked[-5:]}")
    her.opens("sip")
    phone.wait_until(lambda: her.open_check_ins() == [], "the check-in is still open")
