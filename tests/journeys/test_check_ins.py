"""A day with check-ins, on a real Firefox with real pushes: subscribed, encrypted, delivered, opened, shown, answered.

Only the server's clock is moved, and the push service stands on this machine.
"""

from pathlib import Path

import pytest

from server.covers import Phrases, load_covers
from tests.journeys.asked import Asked, MovedClock, firefox_preferences, morning, soon
from tests.journeys.engines import Shop
from tests.journeys.host import Host
from tests.journeys.push_service import JourneyPushService

_DELIVERED = 100


@pytest.fixture
def her(asking_host: Host, service: JourneyPushService, shop: Shop, tmp_path: Path) -> Asked:
    phone = shop.phone(
        "firefox",
        tmp_path / "profile",
        zone=morning(),
        preferences=firefox_preferences(service),
    )
    return Asked(phone, asking_host, service)


def test_a_day_is_asked_reminded_and_answered_late_without_a_network(
    her: Asked, clock: MovedClock, service: JourneyPushService
) -> None:
    phrases: Phrases = load_covers(("sip",))["sip"].phrases["en"]

    # When she turns check-ins on, a first push shows at once what they look like: the cover's own words
    her.keeps_words()
    her.turns_check_ins_on(soon(morning()))
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
    her.turns_check_ins_on(soon(morning()))
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


def test_a_push_service_that_forgets_everybody_loses_nobody(
    her: Asked, clock: MovedClock, service: JourneyPushService
) -> None:
    # Given somebody whom pushes reach
    her.keeps_words()
    her.turns_check_ins_on(soon(morning()))
    her.gets_a_push(1)
    her.exits()
    her.opens("sip")
    before = dict(service.subscriptions)

    # When the push service loses what it knew, and tells the browser so
    service.forgets_everybody()
    her.phone.wait_until(lambda: bool(service.subscriptions), "nobody subscribed again", seconds=60)

    # Then the worker subscribes again and tells the server, without her, and the prompt comes by the new way
    assert not before.keys() & service.subscriptions.keys()
    her.phone.wait_until(lambda: her.host.asked.count("/s/reach") == 2, "the server was not told")
    clock.move(minutes=12)
    assert her.gets_a_push(2)["title"] == "Sip"
