"""What was kept leaves nothing that can be read: no file of the closed browser has a word, the code or a key of it."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.engines import Shop
from tests.journeys.host import Host
from tests.journeys.keeper import Keeper
from tests.journeys.phone import Phone
from tests.promises.browser_profile import Hit, files_with, scan, without_baseline

# Twelve digits: six of them could stand in any browser's files by chance.
LONG_CODE = "836491205573"
WRONG_CODE = "735912064488"
IN_THE_PLAN = "zebra under the stairs"
IN_A_NOTE = "quince and marble"
NEVER_SENT = "walnut on the tram"
PLANTED = (IN_THE_PLAN, IN_A_NOTE, NEVER_SENT, LONG_CODE, WRONG_CODE)

# Chromium writes what stands in its tabs down after 2.5 s, Firefox after 15 s; the WebKit here does not.
SESSION_SECONDS = {"chromium": 4, "firefox": 17, "webkit": 0}

# A field like any other on the web, for the search to be worth something.
_FIELD_ELSEWHERE = "void document.body.appendChild(document.createElement('textarea'))"


@pytest.fixture
def keeper(phone: Phone, host: Host) -> Keeper:
    return Keeper(phone, host)


def keeps_words(keeper: Keeper) -> None:
    """Choose a code, write in the plan, a note and a day, leave in two ways, try a wrong code, and come back."""
    keeper.keeps_words_with(LONG_CODE)
    keeper.locks_at_once_when_hidden()
    keeper.lets_it_settle_in()
    keeper.writes_in_the_plan("home", IN_THE_PLAN)
    keeper.writes_a_note(IN_A_NOTE)
    keeper.marks_the_day(2)
    keeper.phone.hide()
    keeper.phone.show()
    keeper.knocks()
    keeper.enters(WRONG_CODE)
    assert keeper.sees_the_cover_after_a_while()
    keeper.comes_back(LONG_CODE)
    keeper.opens_a_part_of_the_plan("home")
    keeper.reads("plan")
    keeper.reads("reading")
    assert keeper.sees(IN_THE_PLAN)


def types_and_sends_nothing(keeper: Keeper) -> None:
    keeper.reads("notes")
    keeper.phone.click("#view [data-new]")
    keeper.writes("#view [data-notes] textarea", NEVER_SENT)


def test_words_and_code_are_in_no_file_of_the_closed_browser(keeper: Keeper) -> None:
    keeps_words(keeper)
    keeper.exits()
    keeper.phone.close()
    assert files_with(keeper.phone.profile, *PLANTED) == []


def test_what_was_typed_inside_is_in_no_file_when_the_browser_is_closed_over_it(keeper: Keeper) -> None:
    """Browsers write down what stands in fields, to bring it back with the page."""
    keeps_words(keeper)
    types_and_sends_nothing(keeper)
    assert written_and_left(keeper.phone, *PLANTED) == []


def written_and_left(phone: Phone, *planted: str) -> list[str]:
    """Give the files with any of it, in the open browser once it has written its session down, and in the closed."""
    time.sleep(SESSION_SECONDS[phone.engine])
    found = files_with(phone.profile, *planted)
    phone.close()
    return [*found, *files_with(phone.profile, *planted)]


@pytest.mark.parametrize("engine", ["chromium", "firefox"], indirect=True)
def test_what_is_typed_into_an_ordinary_field_is_found(phone: Phone, weather_host: Host) -> None:
    """Without this, an empty answer of the test above would mean nothing."""
    phone.goto(weather_host.base + "/")
    phone.evaluate(_FIELD_ELSEWHERE)
    phone.click("textarea")
    phone.type_text(NEVER_SENT)
    phone.evaluate(f"void localStorage.setItem('note', '{IN_A_NOTE}')")
    # A busy machine writes later than the time that the test above waits.
    phone.wait_until(
        lambda: any("ession" in file for file in files_with(phone.profile, NEVER_SENT)),
        "no session file has it",
        seconds=6 * SESSION_SECONDS[phone.engine],
    )
    phone.close()
    assert files_with(phone.profile, IN_A_NOTE)


def test_after_removing_everything_no_file_has_a_word_or_a_key(keeper: Keeper) -> None:
    # Given a phone that keeps words, and the device key, read while it is there
    keeps_words(keeper)
    types_and_sends_nothing(keeper)
    keeper.waits_until_kept()
    (key,) = keeper.device_keys()
    assert len(key) == 64

    # When everything is removed
    keeper.removes_everything()
    keeper.phone.close()

    # Then neither half of it can be read from any file
    assert files_with(keeper.phone.profile, *PLANTED, key[:32], key[32:]) == []


def test_the_key_is_found_as_long_as_it_is_there(keeper: Keeper) -> None:
    """Without this, an empty answer of the test above would mean nothing."""
    keeper.keeps_words_with(LONG_CODE)
    (key,) = keeper.device_keys()
    keeper.exits()
    keeper.phone.close()
    assert files_with(keeper.phone.profile, key)


def test_after_removing_everything_the_phone_looks_as_if_the_pack_had_never_come(
    keeper: Keeper, shop: Shop, tmp_path: Path
) -> None:
    # Given a phone with the cover alone, and on it everything but the pack
    fresh = Keeper(shop.phone(keeper.phone.engine, tmp_path / "fresh"), keeper.host)
    fresh.opens("sip")
    fresh.lets_it_settle_in()
    fresh.opens("sip")
    untouched = fresh.phone.evaluate(_STORED)
    packs = [address for _, addresses in untouched["caches"] for address in addresses if "/b/" in address]
    for _, addresses in untouched["caches"]:
        addresses[:] = [address for address in addresses if address not in packs]
    assert len(packs) == 1

    # When another has kept words and removed everything
    keeps_words(keeper)
    keeper.removes_everything()

    # Then the two are alike, at once and at the next opening
    def stored() -> dict[str, object]:
        found: dict[str, object] = keeper.phone.evaluate(_STORED)
        # The page that comes right after may be told of a worker that is not ready, in Firefox for good.
        return {**found, "workers": untouched["workers"]}

    keeper.holds(lambda: stored() == untouched, seconds=20)
    assert stored() == untouched
    keeper.opens("sip")
    keeper.lets_it_settle_in()
    assert keeper.phone.evaluate(_STORED) == untouched
    assert untouched["caches"]
    assert untouched["workers"]


def test_keeping_words_leaves_no_telling_word_in_any_file(
    keeper: Keeper, brought_along: Callable[[str], set[Hit]]
) -> None:
    keeps_words(keeper)
    keeper.comes_to_the_copy()
    keeper.reads("remove")
    keeper.exits()
    keeper.phone.close()

    found = scan(keeper.phone.profile)

    assert without_baseline(found, brought_along(keeper.phone.engine)) == []


_STORED = """(async () => {
  const files = [];
  try {
    for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
  } catch {}
  return {
    files,
    local: Object.keys(localStorage).sort(),
    session: Object.keys(sessionStorage).sort(),
    databases: (await indexedDB.databases?.() ?? []).map((it) => it.name),
    caches: (await Promise.all((await caches.keys()).map(async (name) =>
      [name, (await (await caches.open(name)).keys()).map((it) => it.url).sort()]))).sort(),
    workers: (await navigator.serviceWorker.getRegistrations()).map((it) => [it.scope, it.active?.scriptURL]).sort(),
    cookies: document.cookie,
    windowName: name,
    historyState: history.state,
  };
})()"""
