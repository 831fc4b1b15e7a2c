"""Plain pages where scripts run after all: they leave at once, are never behind Back, and are empty out of sight."""

from pathlib import Path

import pytest

from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.engines import Shop
from tests.journeys.host import Host
from tests.journeys.person import Person

_EMPTY = "!document.body.hasChildNodes()"


def reads(person: Person, number: int) -> None:
    person.phone.goto(f"{person.host.base}/t/{number}?l=en")
    person.phone.wait_until("document.querySelector('#view h1') !== null", "the page did not come")


def back_leads_before(person: Person, weather_host: Host) -> bool:
    person.phone.back()
    return person.phone.url == weather_host.base + "/before"


def test_close_leads_to_a_neutral_page_and_back_skips_this_one(person: Person, weather_host: Host) -> None:
    person.phone.goto(weather_host.base + "/before")
    reads(person, 2)

    person.phone.click("#leave")

    assert person.sees_the_weather()
    assert back_leads_before(person, weather_host)


def test_shift_three_times_does_the_same(person: Person, weather_host: Host) -> None:
    person.phone.goto(weather_host.base + "/before")
    reads(person, 2)

    person.phone.press("Shift", 3)

    assert person.sees_the_weather()
    assert back_leads_before(person, weather_host)


def test_reading_on_leaves_one_page_in_the_tab(person: Person, weather_host: Host) -> None:
    person.phone.goto(weather_host.base + "/before")
    reads(person, 1)

    for number in (2, 1, 6, 5):
        person.phone.click(f"#view a[href^='/t/{number}?']")
        person.phone.wait_until(f"location.pathname === '/t/{number}'", f"page {number} did not come")

    assert back_leads_before(person, weather_host)


def test_from_the_page_a_host_sends_people_to_it_takes_that_ones_place(person: Person, weather_host: Host) -> None:
    person.phone.goto(weather_host.base + "/before")
    person.phone.goto(person.host.base + "/hello")
    person.phone.wait_until("!document.querySelector('[data-choose]').hidden", "the page did not come to life")

    person.phone.click("#plain a[href^='/t/2?']")
    person.phone.wait_until("location.pathname === '/t/2'", "the page did not come")

    assert back_leads_before(person, weather_host)


def test_a_hidden_page_is_empty_and_comes_back_as_a_cover(person: Person) -> None:
    reads(person, 2)

    person.phone.hide()
    assert person.phone.evaluate(_EMPTY)

    person.phone.show()
    person.phone.wait_until("location.pathname === '/sip/'", "no cover came")
    assert person.sees_the_cover()


def test_a_frozen_page_is_empty(chromium_phone: ChromiumPhone, host: Host) -> None:
    person = Person(chromium_phone, host)
    reads(person, 2)
    chromium_phone.hide()
    chromium_phone.freeze()

    assert chromium_phone.evaluate(_EMPTY)


def test_what_is_brought_back_from_another_site_is_no_page_to_read(person: Person, weather_host: Host) -> None:
    reads(person, 2)
    person.phone.evaluate("void addEventListener('pageshow', (event) => (window.kept = event.persisted))")
    person.phone.goto(weather_host.base + "/elsewhere")

    person.phone.back()

    # A browser that keeps no such page fetches it anew; one that does shows what the page left of itself.
    if person.phone.evaluate("window.kept === true || location.pathname === '/sip/'"):
        assert person.sees_the_cover()


def test_without_script_it_says_truly_what_close_does(
    shop: Shop, tmp_path: Path, host: Host, weather_host: Host
) -> None:
    page = shop.chromium(tmp_path / "profile", flags=("--blink-settings=scriptEnabled=false",)).page
    page.goto(f"{host.base}/t/6?l=en")
    promise = "the Back button can bring this page back"
    assert promise in page.locator("body").inner_text()

    page.locator("#leave").click()
    page.wait_for_url(weather_host.base + "/")
    # A page that is brought back whole does not load again.
    page.go_back(wait_until="commit")

    assert promise in page.locator("body").inner_text(), "so it is"


@pytest.mark.parametrize("size", [(320, 568), (98, 211)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_way_out_is_always_on_top(android_person: Person, size: tuple[int, int]) -> None:
    """The last one is a phone's screen at 400 % zoom."""
    phone = android_person.phone
    phone.resize(*size)
    reads(android_person, 6)
    for part in ("0", "document.body.scrollHeight / 2", "document.body.scrollHeight"):
        phone.evaluate(f"void scrollTo(0, {part})")
        hit = """(() => {
          const leave = document.querySelector("#leave"), box = leave.getBoundingClientRect();
          return leave === document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        })()"""
        assert phone.evaluate(hit)
