"""The whole way of two people, on two real browsers at once: paired, missed, nudged, answered, all clear, stopped.

She has Chromium, to which no push comes; the buddy has Firefox, to which real ones do. Only the server's clock is
moved. Afterwards its files and its log are searched for whatever the two have said, written or been called.
"""

import logging
import time
from itertools import pairwise
from pathlib import Path

import pytest

from server.covers import Phrases, load_covers
from tests.journeys.asked import MovedClock, firefox_preferences, morning, soon
from tests.journeys.circle_people import Buddy, Her
from tests.journeys.engines import Shop
from tests.journeys.host import Host
from tests.journeys.push_service import JourneyPushService
from tests.promises.browser_profile import files_with

HERS, THEIRS = "Quintessa", "Marmaduke"
SILENCE = "Call me about the rhubarb recipe"
COMPANY = "Walk round the reservoir with me"
HOURS = "weekdays before a quarter to four"
ON_IT = "I'm on it"
_STEP_MINUTES = 12
_LONGEST_MINUTES = 180


@pytest.fixture
def her(asking_host: Host, service: JourneyPushService, shop: Shop, tmp_path: Path) -> Her:
    phone = shop.chromium(tmp_path / "hers")
    phone.cdp.send("Emulation.setTimezoneOverride", {"timezoneId": morning()})
    return Her(phone, asking_host, service)


@pytest.fixture
def buddy(asking_host: Host, service: JourneyPushService, shop: Shop, tmp_path: Path) -> Buddy:
    phone = shop.phone(
        "firefox",
        tmp_path / "theirs",
        zone=morning(),
        preferences=firefox_preferences(service),
    )
    return Buddy(phone, asking_host, service)


@pytest.fixture
def phrases() -> Phrases:
    return load_covers(("sip",))["sip"].phrases["en"]


def moves_until_pushed(clock: MovedClock, service: JourneyPushService, number: int) -> None:
    """Let the day go on until so many pushes have gone out."""
    for _ in range(0, _LONGEST_MINUTES, _STEP_MINUTES):
        if len(service.pushes) >= number:
            return
        clock.move(minutes=_STEP_MINUTES)
    time.sleep(1)


def become_a_pair(her: Her, buddy: Buddy) -> tuple[list[str], list[str]]:
    """Pair by words read aloud; the eight, and the four."""
    eight = her.asks_somebody(THEIRS, silence=SILENCE, company=COMPANY, hours=HOURS)
    buddy.types_the_words(eight)
    assert buddy.sees(HOURS)
    buddy.reads_everything()
    buddy.says_yes(HERS)
    hers, theirs = her.four_words(), buddy.four_words()
    assert hers == theirs
    buddy.says_that_they_match()
    her.says_that_they_match()
    buddy.is_at("made")
    return eight, hers.words


def test_from_eight_words_to_silence(
    her: Her,
    buddy: Buddy,
    clock: MovedClock,
    service: JourneyPushService,
    phrases: Phrases,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    caplog.set_level(logging.DEBUG)

    # Given somebody whom check-ins ask, and somebody who says yes to her; a first push shows what a nudge looks like
    her.keeps_words()
    her.turns_check_ins_on(soon(morning()))
    eight, four = become_a_pair(her, buddy)
    assert buddy.gets_a_push(1)["body"] in phrases.rehearsal
    her.lets_a_check_in_that_stays_out_be_passed_on()
    her.exits()
    buddy.comes_back()
    assert "Nothing is asked of you now." in buddy.what_people_says()
    buddy.exits()
    buddy.opens("sip")

    # When a check-in stays out, the buddy is nudged: on the lock screen an ordinary reminder
    moves_until_pushed(clock, service, 2)
    assert buddy.gets_a_push(2)["body"] in phrases.nudge

    # And behind the door stands how to reach her, in her own words
    buddy.opens_the_door()
    buddy.sees_who_asks(HERS, SILENCE)
    assert not buddy.sees(COMPANY)
    buddy.replies(ON_IT)
    buddy.exits()
    buddy.opens("sip")

    # Then she reads that somebody is on it, and no one else is asked
    her.opens("sip")
    her.opens_the_door()
    her.is_told_what_was_said(THEIRS, ON_IT)
    clock.move(minutes=72)
    assert len(service.pushes) == 2

    # When she answers late, the buddy hears that all is well
    her.comes_back()
    her.is_all_right()
    assert buddy.gets_a_push(3)["body"] in phrases.all_clear
    buddy.opens_the_door()
    buddy.hears_that_all_is_well()
    before = buddy.what_people_says()

    # When she stops, it is stopped at once, and the buddy sees what is seen on any day without news
    her.stops()
    her.exits()
    buddy.comes_back()
    assert buddy.what_people_says() == before
    assert len(service.pushes) == 3
    assert len({len(push.body) for push in service.pushes}) == 1

    # And the server has kept nothing of all that was said, written or called
    said = [HERS, THEIRS, SILENCE, COMPANY, HOURS, ON_IT, " ".join(eight), " ".join(four), *told_apart(eight)]
    her.host.stop()
    assert files_with(tmp_path / "data", *said) == []
    logged = caplog.text + "".join(capfd.readouterr())
    assert [word for word in said if word in logged] == []


def told_apart(words: list[str]) -> list[str]:
    """Two and two: a single word may stand in any file."""
    return [f"{one}{between}{other}" for one, other in pairwise(words) for between in (" ", '","')]


def test_the_link_leads_to_the_same_and_a_no_is_kind_on_both_sides(her: Her, buddy: Buddy) -> None:
    # Given a link instead of words, opened by the other phone's camera
    her.keeps_words()
    her.asks_somebody(THEIRS, silence=SILENCE, company=COMPANY, hours=HOURS)
    buddy.follows_the_link(her.link())
    assert buddy.sees(HOURS)

    # When it is not right now
    buddy.reads_everything()
    buddy.says_not_right_now()

    # Then both are told so kindly, and neither has anything left of it
    her.is_at("declined")
    her.goes_to_the_list()
    assert not her.holds("document.querySelector('#view [data-people]').childElementCount > 0", 2)
    assert buddy.phone.evaluate("indexedDB.databases().then((all) => all.length)") == 0


def test_words_that_were_used_once_lead_nowhere(her: Her, buddy: Buddy) -> None:
    her.keeps_words()
    eight, _ = become_a_pair(her, buddy)

    buddy.reads("people")
    buddy.reads("invited")
    buddy.is_at("words")
    buddy.writes("#given", " ".join(eight))
    buddy.phone.click("#view [data-words] [type=submit]")

    buddy.is_told("over")
