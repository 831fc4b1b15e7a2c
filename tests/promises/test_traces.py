"""What a whole journey leaves on the phone: no file of the closed browser tells, read byte by byte."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.engines import Shop
from tests.journeys.host import Host
from tests.journeys.person import Person
from tests.journeys.weather import TITLE
from tests.promises.browser_profile import (
    Hit,
    chromium_history,
    firefox_history,
    scan,
    without_baseline,
)
from tests.promises.notebook import Notebook
from tests.promises.telltale import find_words

# Chromium and Firefox keep a history that can be read; the WebKit here keeps none on disk.
HISTORIES = {"chromium": chromium_history, "firefox": firefox_history}
# Whom Chromium asks for itself, whatever page is open: for updates, the time, accounts and its own lists.
MAKER = {
    "accounts.google.com",
    "clients2.google.com",
    "content-autofill.googleapis.com",
    "optimizationguide-pa.googleapis.com",
    "redirector.gvt1.com",
    "safebrowsing.googleapis.com",
    "update.googleapis.com",
}
VIEWS = ("lines", "plan", "steady", "circles", "read", "for-help", "traces", "exit")

_STORED = """(async () => ({
  local: Object.entries(localStorage),
  session: Object.entries(sessionStorage),
  databases: (await indexedDB.databases?.() ?? []).map((it) => it.name),
  caches: await Promise.all((await caches.keys()).map(async (name) =>
    [name, (await (await caches.open(name)).keys()).map((it) => it.url)])),
  workers: (await navigator.serviceWorker.getRegistrations()).map((it) => [it.scope, it.active?.scriptURL]),
  cookies: document.cookie,
  windowName: name,
  historyState: history.state,
}))()"""


def lives_through_everything(person: Person) -> None:
    """Come in by the front, use the cover, go in by both doors, read everything, leave in every way."""
    person.phone.goto(person.host.base + "/hello")
    person.phone.goto(person.host.base + "/")
    person.lets_it_settle_in()
    person.opens_the_door()
    for view in VIEWS:
        person.reads(view)
    person.reads("lines")
    person.chooses_country("GB")
    person.phone.hide()
    person.phone.show()
    assert person.sees_the_cover()
    person.opens_the_door_by_the_version_line()
    person.reads("lines")
    person.phone.press("Shift", 3)
    assert person.sees_the_weather()
    person.opens("sip")
    person.opens_the_door()
    person.exits()
    assert person.sees_the_weather()


@pytest.fixture
def notebook() -> Iterator[Notebook]:
    with Notebook() as notebook:
        yield notebook


def test_no_file_of_the_closed_browser_tells(person: Person, brought_along: Callable[[str], set[Hit]]) -> None:
    lives_through_everything(person)
    person.phone.close()

    found = scan(person.phone.profile)

    assert without_baseline(found, brought_along(person.phone.engine)) == []


def test_a_word_that_does_reach_the_disk_is_seen(shop: Shop, engine: str, weather_host: Host, tmp_path: Path) -> None:
    """Without this, an empty answer of the test above would mean nothing."""
    phone = shop.phone(engine, tmp_path / "profile")
    phone.goto(weather_host.base + "/my-helpline")
    phone.evaluate("localStorage.setItem('theShelter', '1')")
    phone.close()

    found = {word for _, word in scan(phone.profile)}

    # The WebKit here keeps no history on disk.
    assert found >= ({"shelter"} if engine == "webkit" else {"shelter", "helpline"})


@pytest.mark.parametrize("engine", HISTORIES, indirect=True)
def test_the_history_knows_the_cover_and_the_neutral_page_only(person: Person, weather_host: Host) -> None:
    lives_through_everything(person)
    person.phone.close()

    visits = HISTORIES[person.phone.engine](person.phone.profile)

    base = person.host.base
    own = {f"{base}{path}" for path in ("/", "/hello", "/sip/")}
    assert {visit.address for visit in visits} <= own | {weather_host.base + "/"}
    assert f"{base}/sip/" in {visit.address for visit in visits}
    assert {visit.title for visit in visits if visit.address in own} <= {"Sip", "Hello", TITLE, ""}


def test_nothing_the_page_stores_has_a_telling_name(person: Person) -> None:
    person.opens("sip")
    person.lets_it_settle_in()
    person.opens_the_door()
    for view in VIEWS:
        person.reads(view)
    person.reads("lines")
    person.chooses_country("GB")

    stored = person.phone.evaluate(_STORED)

    assert stored["caches"], "the worker has laid nothing by, so this would prove nothing"
    assert stored["local"], "the country has been kept, so this would prove nothing"
    assert find_words(repr(stored)) == set()
    assert stored["cookies"] == ""
    assert stored["windowName"] == ""
    assert stored["historyState"] is None


def test_a_whole_journey_sets_no_cookie_and_asks_nobody_else(
    shop: Shop, host: Host, weather_host: Host, tmp_path: Path, notebook: Notebook
) -> None:
    # Given a browser whose every request to another machine has to pass a proxy that writes it down
    phone = shop.chromium(tmp_path / "profile", flags=(f"--proxy-server={notebook.address}",))

    lives_through_everything(Person(phone, host))

    assert host.wire.cookies_set == []
    assert phone.context.cookies() == []
    assert set(notebook.asked) <= MAKER
    # And the neutral page was asked for as itself only when she left.
    assert set(weather_host.asked) <= {"/", "/favicon.ico"}


def test_every_address_asked_for_is_dull(android_person: Person, chromium_phone: ChromiumPhone) -> None:
    lives_through_everything(android_person)
    assert find_words(" ".join(android_person.host.asked)) == set()
    assert not [address for address in android_person.host.asked if address.startswith("/t/")]
