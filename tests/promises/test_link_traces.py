"""An invite that stood in a cover's address: once it is read, only the browser's own note of the visit still holds it.

No page can take that back: whoever opens a link has visited an address (docs/PAIRING.md, "The link").
"""

import json
import re
from pathlib import Path

import pytest

from tests.journeys.host import Host
from tests.journeys.keeper import CODE, CODE_IS_ASKED, Keeper
from tests.journeys.phone import Phone
from tests.journeys.weather import TITLE
from tests.promises.browser_profile import chromium_history, files_with, firefox_history, readings
from tests.promises.test_traces import _STORED as STORED
from tests.promises.test_vault_traces import SESSION_SECONDS

SECRET = "kQ3-vZ7_xB9mTg"
GARBAGE = "kQ3-vZ7_xB9mTgAAAA"
HISTORIES = {"chromium": chromium_history, "firefox": firefox_history}
# What a browser writes down of every address it goes to, before the page's script runs: the history, icons, what the
# address field proposes, counts of its own, and the log that brings tabs back. In Firefox that one names the page from
# which the next was reached by the address it came with; the entries' own addresses are held against the letters apart.
HISTORY_FILES = {
    "chromium": re.compile(
        r"Default/(History|Favicons|Shortcuts|Top Sites|Network Action Predictor|Sessions/Session_\d+)(-journal|-wal)?"
        r"|.*segmentation_platform/ukm_db(-journal|-wal)?"
    ),
    "firefox": re.compile(r"(places|favicons)\.sqlite(-wal)?|sessionstore(-backups/\w+)?\.(jsonlz4|baklz4)"),
}


@pytest.fixture
def keeper(phone: Phone, host: Host) -> Keeper:
    return Keeper(phone, host)


def follows_a_link(keeper: Keeper, fragment: str = SECRET) -> None:
    """As from another app: the browser goes to the address, and the page is a new one."""
    keeper.phone.goto("about:blank")
    keeper.phone.goto(f"{keeper.host.base}/sip/#{fragment}")
    keeper.phone.wait_until("document.querySelector('#title') !== null", "the cover did not come up")


def where(keeper: Keeper) -> str:
    return str(keeper.phone.evaluate("location.href"))


@pytest.mark.parametrize("engine", ["chromium", "firefox"], indirect=True)
def test_only_the_visit_itself_holds_the_link(keeper: Keeper) -> None:
    # Given a phone whose cover has been there before, so that its worker serves the page
    keeper.opens("sip")
    keeper.lets_it_settle_in()

    # When a link is followed
    follows_a_link(keeper)

    # Then the inside opens by itself, and nothing that a page can reach holds the letters
    keeper.waits_for_the_inside()
    assert where(keeper) == f"{keeper.host.base}/sip/"
    assert keeper.phone.evaluate("document.title") == "Sip"
    assert SECRET not in json.dumps(keeper.phone.evaluate(STORED))
    assert SECRET not in keeper.phone.evaluate("document.documentElement.outerHTML")

    # And when she has left and the browser is closed, no file but the history's has them
    keeper.phone.click("#view [data-seen]")
    keeper.waits(SESSION_SECONDS[keeper.phone.engine])
    keeper.exits()
    keeper.waits(SESSION_SECONDS[keeper.phone.engine])
    keeper.phone.close()
    held = [file for file in files_with(keeper.phone.profile, SECRET) if not is_history(keeper.phone, file)]
    assert held == []

    if keeper.phone.engine == "firefox":
        assert [it for it in addresses_to_go_back_to(keeper.phone.profile) if SECRET in it] == []

    # And the history has one such visit, under the cover's name; what came after has none
    visits = HISTORIES[keeper.phone.engine](keeper.phone.profile)
    with_letters = {visit for visit in visits if SECRET in visit.address}
    assert {visit.address for visit in with_letters} == {f"{keeper.host.base}/sip/#{SECRET}"}
    assert {visit.title for visit in visits} <= {"Sip", TITLE, ""}


def addresses_to_go_back_to(profile: Path) -> list[str]:
    """Give what Firefox would bring back in its tabs."""
    packed = (profile / "sessionstore.jsonlz4").read_bytes()
    tabs = [tab for window in json.loads(list(readings(packed))[1])["windows"] for tab in window["tabs"]]
    return [entry["url"] for tab in tabs for entry in tab["entries"]]


def is_history(phone: Phone, file: str) -> bool:
    return HISTORY_FILES[phone.engine].fullmatch(Path(file).as_posix()) is not None


def test_back_and_forward_lead_to_no_link(keeper: Keeper) -> None:
    follows_a_link(keeper)
    keeper.waits_for_the_inside()
    keeper.phone.goto(f"{keeper.host.base}/hello")

    keeper.phone.back()
    keeper.phone.wait_until("document.querySelector('#title') !== null", "Back did not lead to the cover")

    assert where(keeper) == f"{keeper.host.base}/sip/"
    assert keeper.sees_the_cover()


@pytest.mark.parametrize("fragment", [GARBAGE, "top", "kQ3-vZ7_xB9mTh"])
def test_any_other_fragment_is_dropped_and_the_cover_is_all_there_is(keeper: Keeper, fragment: str) -> None:
    follows_a_link(keeper, fragment)

    keeper.phone.wait_until("!location.href.includes('#')", "it still stands there")
    keeper.waits(1)

    assert keeper.sees_the_cover()


def test_the_link_asks_for_the_code_where_there_is_one(keeper: Keeper) -> None:
    keeper.keeps_words_with(CODE)
    keeper.exits()

    follows_a_link(keeper)
    keeper.phone.wait_until(CODE_IS_ASKED, "no code was asked for")
    assert "#" not in where(keeper)
    keeper.enters(CODE)

    assert keeper.is_in()


def test_the_link_works_on_every_cover_s_addresses(keeper: Keeper) -> None:
    for path in ("/", "/sip/", "/sip/es", "/sprout/", "/pantry/"):
        keeper.phone.goto("about:blank")
        keeper.phone.goto(f"{keeper.host.base}{path}#{SECRET}")

        keeper.waits_for_the_inside()
        assert where(keeper) in {f"{keeper.host.base}{path}", f"{keeper.host.base}/sip/"}
