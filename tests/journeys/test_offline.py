"""No network, no server: what she needs is on the phone. The server is really stopped, its port really closed."""

import pytest

from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.host import Host
from tests.journeys.person import HOLD_SECONDS, Person
from tests.promises.telltale import find_words

VIEWS = ("start", "lines", "plan", "steady", "circles", "read", "for-help", "traces", "exit")


def test_help_lines_are_there_without_a_network(person: Person) -> None:
    person.opens("sip")
    person.lets_it_settle_in()
    person.host.stop()

    person.opens_the_door()
    person.reads("lines")
    person.chooses_country("GB")

    assert person.sees("999")
    assert person.numbers_to_call()


def test_help_lines_are_there_after_a_restart_without_a_network(person: Person) -> None:
    person.opens("sip")
    person.lets_it_settle_in()
    person.opens_the_door()
    person.reads("lines")
    person.chooses_country("ES")
    numbers = person.numbers_to_call()
    person.host.stop()

    person.phone.restart()
    person.opens("sip")
    assert person.sees_the_cover()
    person.opens_the_door()
    person.reads("lines")

    assert person.numbers_to_call() == numbers, "the country she picked is remembered"


def test_every_view_opens_without_a_network(android_person: Person) -> None:
    person = android_person
    person.opens("sip")
    person.lets_it_settle_in()
    person.host.stop()
    person.opens_the_door()
    for view in VIEWS:
        person.reads(view)
        assert len(person.text_of_the_view()) > 100, view


@pytest.mark.parametrize("cover", ["sip", "sprout", "pantry"])
def test_every_cover_opens_without_a_network(android_person: Person, cover: str) -> None:
    person = android_person
    person.opens(cover)
    person.lets_it_settle_in()
    person.host.stop()

    person.phone.reload()
    assert person.sees_the_cover()
    # Nobody's address, but within the cover's reach: the cover is a better answer than an error page.
    assert person.phone.goto(f"{person.host.base}/{cover}/anything?at=all")
    assert person.sees_the_cover()


def test_the_installed_app_starts_cold_without_a_network(chromium_phone: ChromiumPhone, host: Host) -> None:
    person = Person(chromium_phone, host)
    person.opens("sip")
    person.lets_it_settle_in()
    host.stop()

    chromium_phone.close()
    chromium_phone.start(f"{host.base}/sip/")
    assert person.sees_the_cover()
    person.opens_the_door()
    person.reads("lines")
    person.chooses_country("US")
    assert person.sees("911")


def test_a_damaged_pack_is_fetched_anew(android_person: Person) -> None:
    person = android_person
    person.opens("sip")
    person.lets_it_settle_in()
    person.damages_the_pack()

    person.opens_the_door()

    person.reads("lines")
    assert "/b/en.bin" in person.host.asked


def test_a_damaged_pack_without_a_network_still_leaves_the_emergency_number(android_person: Person) -> None:
    person = android_person
    person.opens("sip")
    person.lets_it_settle_in()
    person.opens_the_door()
    person.reads("lines")
    person.chooses_country("GB")
    person.damages_the_pack()
    person.host.stop()

    person.phone.reload()
    person.phone.hold("#title", HOLD_SECONDS)

    person.phone.wait_until("document.querySelector('#view a[href=\"tel:999\"]') !== null")
    person.host.start()
    person.phone.click("#view button")
    person.waits_for_the_inside()


def test_without_a_pack_or_a_network_the_message_is_kind_and_dull(android_person: Person) -> None:
    person = android_person
    person.opens("sip")
    person.lets_it_settle_in()
    person.damages_the_pack()
    person.host.stop()
    person.phone.hold("#title", HOLD_SECONDS)
    person.phone.wait_until("document.querySelector('#view button') !== null")
    assert person.text_of_the_view()
    assert find_words(person.what_is_on_screen()) == set()


def test_a_worker_that_the_browser_threw_away_comes_back(android_person: Person) -> None:
    person = android_person
    person.opens("sip")
    person.lets_it_settle_in()
    person.phone.evaluate(
        """(async () => {
          for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
          for (const name of await caches.keys()) await caches.delete(name);
        })()"""
    )
    person.opens("sip")
    person.lets_it_settle_in()
    person.host.stop()
    person.phone.reload()
    person.opens_the_door()
    assert person.sees_inside()
