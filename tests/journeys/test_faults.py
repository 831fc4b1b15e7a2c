"""Phones as they are: storage shut off, a clock that is wrong, another language, no script."""

import json
from pathlib import Path

import pytest

from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.engines import Shop
from tests.journeys.host import Host
from tests.journeys.person import Person

COOKIES_BLOCKED = {"profile": {"default_content_setting_values": {"cookies": 2}}}


@pytest.fixture
def person_without_storage(shop: Shop, host: Host, tmp_path: Path) -> Person:
    """Somebody whose browser lets no site store anything."""
    preferences = tmp_path / "profile" / "Default" / "Preferences"
    preferences.parent.mkdir(parents=True)
    preferences.write_text(json.dumps(COOKIES_BLOCKED))
    return Person(shop.chromium(tmp_path / "profile"), host)


def test_with_storage_blocked_everything_can_be_read_and_the_cover_says_what_is_missing(
    person_without_storage: Person,
) -> None:
    person = person_without_storage
    person.opens("sip")
    assert (
        person.phone.evaluate("(() => { try { return localStorage.length } catch { return 'blocked' } })()")
        == "blocked"
    )

    # The cover works, and says once that nothing can be kept
    person.phone.click("#main button")
    person.phone.wait_until("!document.querySelector('#notice').hidden", "it does not say that nothing is kept")

    # The inside can be read, and the exit works
    person.opens_the_door()
    person.reads("lines")
    person.chooses_country("GB")
    assert person.sees("999")
    person.exits()
    assert person.sees_the_weather()


def test_with_storage_blocked_the_language_can_still_be_changed(person_without_storage: Person) -> None:
    person = person_without_storage
    person.opens("sip")
    person.chooses_language("es")
    person.opens_the_door()
    assert person.phone.evaluate("document.documentElement.lang") == "es"


@pytest.mark.parametrize("year", [1970, 2001, 2099])
def test_a_wrong_clock_keeps_nobody_out(android_person: Person, chromium_phone: ChromiumPhone, year: int) -> None:
    person = android_person
    chromium_phone.page.clock.set_fixed_time(f"{year}-01-01T00:00:00Z")
    person.opens("sip")
    assert person.phone.evaluate("new Date().getFullYear()") in {year, year - 1}
    person.lets_it_settle_in()
    person.phone.click("#main button")

    person.host.stop()
    person.phone.reload()
    person.opens_the_door()
    person.reads("lines")
    person.chooses_country("GB")
    assert person.sees("999")
    person.phone.press("Shift", 3)
    assert person.sees_the_weather()


def test_a_language_once_chosen_is_there_without_a_network(person: Person) -> None:
    person.opens("sip")
    person.lets_it_settle_in()
    person.chooses_language("es")
    person.host.stop()

    person.phone.restart()
    person.opens("sip")
    assert person.phone.evaluate("document.documentElement.lang") == "es"
    person.opens_the_door()
    person.reads("lines")
    assert "España" in person.phone.evaluate("document.querySelector('#view .places').textContent")


def test_a_language_that_cannot_be_had_now_leaves_all_as_it_was(android_person: Person) -> None:
    person = android_person
    person.opens("sip")
    person.lets_it_settle_in()
    person.host.stop()
    person.picks_language("es")
    person.phone.wait_until("!document.querySelector('#notice').hidden", "nothing was said")
    assert person.phone.evaluate("document.documentElement.lang") == "en"
    person.phone.press("Escape")
    person.opens_the_door()
    assert person.sees_inside()


def test_the_phones_language_is_the_first_one_used(shop: Shop, engine: str, host: Host, tmp_path: Path) -> None:
    person = Person(shop.phone(engine, tmp_path / "profile", language="es"), host)
    person.opens("sip")
    assert person.phone.evaluate("document.documentElement.lang") == "es"
    assert person.phone.title == "Sip"
    person.lets_it_settle_in()
    host.stop()
    person.phone.reload()
    assert person.phone.evaluate("document.documentElement.lang") == "es"


def test_without_script_the_plain_pages_can_be_read_and_left(
    android_person: Person, chromium_phone: ChromiumPhone
) -> None:
    person = android_person
    chromium_phone.cdp.send("Emulation.setScriptExecutionDisabled", {"value": True})
    for number in (1, 2, 3):
        chromium_phone.goto(f"{person.host.base}/t/{number}?l=en")
        assert len(person.text_of_the_view()) > 200
        assert chromium_phone.title == "Sip"
    chromium_phone.click("#leave")
    assert person.sees_the_weather()


def test_without_script_a_cover_is_still_a_whole_picture(android_person: Person, chromium_phone: ChromiumPhone) -> None:
    chromium_phone.cdp.send("Emulation.setScriptExecutionDisabled", {"value": True})
    chromium_phone.goto(f"{android_person.host.base}/sip/")
    # What `content-visibility` hides has a size all the same.
    chromium_phone.wait_until(
        "document.querySelector('#add').checkVisibility() && document.querySelector('#add').offsetHeight > 40"
    )


def test_an_unknown_cover_leads_to_the_default_one(android_person: Person) -> None:
    person = android_person
    person.opens("nobody-offers-this")
    assert person.phone.url == f"{person.host.base}/sip/"
    assert person.sees_the_cover()
