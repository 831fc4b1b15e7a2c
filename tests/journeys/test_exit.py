"""One press, or Shift three times, and nothing of the inside is left: not on screen, not in the page, not in Back."""

import pytest

from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.host import Host
from tests.journeys.person import HOLD_SECONDS, Person

# Reports what is in the page when the press has been handled, and after the next frame: a beacon gets out of a page
# that is being replaced, when nobody can look into it any more.
_WATCH_THE_EXIT = """void (() => {
  const view = document.querySelector("#view"), room = document.querySelector("#room");
  const tell = (when) => navigator.sendBeacon(`/seen?${when}=${view.childNodes.length}-${room.hidden}`);
  document.querySelector("#leave").addEventListener("click", () => {
    tell("press");
    requestAnimationFrame(() => requestAnimationFrame(() => tell("frame")));
  });
})()"""


def goes_in(person: Person) -> None:
    person.opens("sip")
    person.lets_it_settle_in()
    person.opens_the_door()
    person.reads("lines")


def test_in_a_browser_tab_the_exit_leads_to_a_neutral_page(person: Person) -> None:
    goes_in(person)
    person.exits()
    assert person.sees_the_weather()


def test_after_the_exit_back_and_forward_never_show_the_inside(person: Person, weather_host: Host) -> None:
    # Given somebody who looked at another page before the cover
    person.phone.goto(weather_host.base + "/before")
    goes_in(person)
    person.exits()
    assert person.sees_the_weather()

    # Then Back leads to what was open before the cover, since the neutral page has taken the cover's place
    person.phone.back()
    assert person.phone.url == weather_host.base + "/before"
    person.phone.forward()
    assert person.sees_the_weather()

    # And the cover, opened again, is only the cover, also when it is the browser that brings it back
    person.opens("sip")
    assert person.sees_the_cover()
    person.phone.goto(weather_host.base + "/after")
    person.phone.back()
    assert person.sees_the_cover()
    person.phone.restart()
    person.opens("sip")
    assert person.sees_the_cover()


def test_leaving_by_back_or_an_address_empties_the_page_behind(person: Person, weather_host: Host) -> None:
    # A page of the same site as well: some engines bring a page back as it was only from there.
    for elsewhere in (weather_host.base + "/after", person.host.base + "/hello"):
        goes_in(person)
        person.phone.goto(elsewhere)
        person.phone.back()
        assert person.sees_the_cover()
        assert not person.sees_inside()

    person.phone.goto(weather_host.base + "/before")
    goes_in(person)
    person.phone.back()
    assert person.phone.url == weather_host.base + "/before"
    person.phone.forward()
    assert person.phone.url == f"{person.host.base}/sip/"
    assert person.sees_the_cover()


# WebKit has no switch for the phone's own network here.
@pytest.mark.parametrize("engine", ["chromium", "firefox"], indirect=True)
def test_offline_the_cover_is_the_destination(person: Person) -> None:
    goes_in(person)
    address = person.phone.url
    person.phone.connect(online=False)
    person.host.stop()

    person.exits()

    assert person.sees_the_cover()
    assert person.phone.url == address


# Firefox lets nobody look into its own page about an address that cannot be reached.
@pytest.mark.parametrize("engine", ["chromium", "webkit"], indirect=True)
def test_where_the_network_leads_nowhere_the_inside_is_gone_all_the_same(person: Person, weather_host: Host) -> None:
    goes_in(person)
    person.host.stop()
    weather_host.stop()

    person.exits()

    person.phone.wait_until("document.querySelector('#view') === null", "the page stayed")
    person.opens("sip")
    assert person.sees_the_cover()


def test_in_the_installed_app_the_cover_is_the_destination(chromium_phone: ChromiumPhone, host: Host) -> None:
    person = Person(chromium_phone, host)
    chromium_phone.close()
    chromium_phone.start(f"{host.base}/sip/")
    person.lets_it_settle_in()
    person.opens_the_door()
    person.exits()
    assert person.sees_the_cover()
    assert chromium_phone.url == f"{host.base}/sip/"


def test_the_inside_is_gone_with_the_press_and_not_when_the_neutral_page_arrives(
    person: Person, weather_host: Host
) -> None:
    # Given a network on which the neutral page takes long
    goes_in(person)
    weather_host.slow(3)
    person.phone.evaluate(_WATCH_THE_EXIT)

    person.phone.click("#leave")

    # Then the page is the cover before anything has come over the network
    assert person.sees_the_weather(seconds=15)
    seen = [address for address in person.host.asked if address.startswith("/seen")]
    assert seen == ["/seen?press=0-true", "/seen?frame=0-true"]


def test_shift_three_times_is_the_exit(person: Person) -> None:
    goes_in(person)
    person.phone.press("Shift", 2)
    assert person.sees_inside()
    person.phone.press("Shift")
    assert person.sees_the_weather()


def test_shift_for_capitals_or_shortcuts_is_no_exit(person: Person) -> None:
    goes_in(person)
    for letter in "ABCD":
        person.phone.key_down("Shift")
        person.phone.press(letter)
        person.phone.key_up("Shift")
    person.phone.press("Shift")
    for _ in range(2):
        person.phone.press("a")
        person.phone.press("Shift")
    assert person.sees_inside()


def test_shift_on_the_cover_does_nothing(android_person: Person) -> None:
    person = android_person
    person.opens("sip")
    person.phone.press("Shift", 6)
    person.waits(0.5)
    assert person.sees_the_cover()


def test_held_shift_does_not_count_more_than_once(android_person: Person) -> None:
    person = android_person
    goes_in(person)
    person.phone.hold_key("Shift", 0.6)
    assert person.sees_inside()


def test_a_hidden_page_is_the_cover(person: Person) -> None:
    goes_in(person)
    person.phone.hide()
    assert not person.sees_inside()
    person.phone.show()
    assert person.sees_the_cover()


def test_a_frozen_page_is_the_cover(android_person: Person, chromium_phone: ChromiumPhone) -> None:
    person = android_person
    goes_in(person)
    chromium_phone.hide()
    chromium_phone.freeze()
    chromium_phone.show()
    assert person.sees_the_cover()


def test_the_other_windows_exit_too(person: Person) -> None:
    # Given two windows, one with the inside open and one with the cover only
    goes_in(person)
    first = person.phone.window
    person.phone.new_window()
    person.opens("sip")
    second = person.phone.window
    person.opens_the_door()
    person.phone.switch_to(first)
    assert person.sees_inside()

    person.phone.switch_to(second)
    person.exits()
    assert person.sees_the_weather()

    person.phone.switch_to(first)
    assert person.sees_the_weather()


def test_a_window_that_shows_its_cover_stays_where_it_is(android_person: Person) -> None:
    person = android_person
    person.opens("sip")
    first = person.phone.window
    person.phone.new_window()
    goes_in(person)
    person.exits()
    person.phone.switch_to(first)
    person.waits(0.5)
    assert person.sees_the_cover()


def test_a_close_request_leads_to_the_cover(android_person: Person) -> None:
    """Android's Back gesture and Escape are one and the same request to a page (CloseWatcher)."""
    person = android_person
    goes_in(person)
    person.phone.press("Escape")
    assert person.sees_the_cover()


def test_tabs_that_the_browser_reopens_show_the_cover(android_person: Person, chromium_phone: ChromiumPhone) -> None:
    person = android_person
    goes_in(person)
    chromium_phone.restart_with_tabs()
    assert person.sees_the_cover()
    assert chromium_phone.url == f"{person.host.base}/sip/"


def test_a_cover_left_before_everything_has_loaded_stays_empty(android_person: Person) -> None:
    # Given a phone without anything laid by, and a slow network
    person = android_person
    person.opens("sip")
    person.lets_it_settle_in()
    person.damages_the_pack()
    person.host.slow(1.5)

    # When she goes in and out again before the pack has come
    person.phone.hold("#title", HOLD_SECONDS)
    person.phone.wait_until("!document.querySelector('#room').hidden")
    person.phone.press("Escape")
    person.waits(2.5)

    assert person.sees_the_cover()
