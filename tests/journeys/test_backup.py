"""A copy with the server: eight words made on one phone bring everything back on another, on the real server."""

import json
from pathlib import Path

import pytest

from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.engines import Shop
from tests.journeys.host import Host
from tests.journeys.person import Person
from tests.journeys.test_accessibility import faults

CODE = "836491"
NOTE = "Ana has the spare keys."
# Stretching words, and a server that hashes what they prove, on a busy machine.
SECONDS = 40.0

_SAID = "[...document.querySelectorAll('.told [data-said]')].filter((it) => !it.hidden).map((it) => it.dataset.said)"


class Keeper(Person):
    """Somebody who keeps words on the phone, and a copy of them with the server."""

    def comes_in(self) -> None:
        self.opens("sip")
        self.lets_it_settle_in()
        self.opens_the_door()
        self.phone.click("#view [data-seen]")
        self.phone.wait_until("""document.querySelector('#view [data-go="safe"]') !== null""", "no way to the safe")

    def keeps_words(self) -> None:
        self.reads("safe")
        self.phone.wait_until("document.querySelector('[data-when~=absent]:not([hidden])') !== null", "not asked")
        self.phone.click("[data-free]")
        self.phone.wait_until("document.querySelector('[data-said]').textContent !== ''", "nothing was said")

    def holds_a_note(self, text: str) -> None:
        self.reads("notes")
        self.phone.click("#view [data-new]")
        self.phone.wait_until("document.querySelector('#view textarea') !== null", "nowhere to write")
        self.writes("#view textarea", text)
        self.phone.click("#view [data-finish]:not([hidden])")
        self.phone.wait_until("!document.querySelector('[data-saving] [data-said]').hidden", "it was not kept")

    def goes_to(self, view: str) -> None:
        """By way of where keeping is set up."""
        self.reads("start")
        self.reads("safe")
        self.phone.wait_until(f"""document.querySelector('#view [data-go="{view}"]').checkVisibility()""", "no way on")
        self.reads(view)

    def makes_a_copy(self) -> list[str]:
        """Turn the copy on, and give the words that stand on paper then."""
        self.goes_to("elsewhere")
        self.phone.wait_until("document.querySelector('[data-begin]').checkVisibility()", "not offered")
        self.phone.click("[data-begin]")
        self.phone.wait_until("document.querySelector('[data-part=words]').checkVisibility()", "no words")
        words: list[str] = self.phone.evaluate(
            "[...document.querySelectorAll('[data-word]')].map((it) => it.textContent)"
        )
        self.phone.click("[data-written]")
        numbers = self.phone.evaluate(
            "[0, 1].map((at) => +document.querySelector(`[data-number='${at}']`).textContent)"
        )
        for at, number in enumerate(numbers):
            self.writes(f"#word-{at}", words[number - 1])
        self.phone.press("Enter")
        self.phone.wait_until("document.querySelector('[data-turn-on]').checkVisibility()", "the paper was wrong")
        self.phone.click("[data-turn-on]")
        self.is_told("turned-on")
        return words

    def types_words(self, typed: str) -> None:
        self.writes("#eight", typed)
        self.phone.click("form[data-words] [type=submit]")

    def is_told(self, what: str) -> None:
        self.phone.wait_until(f"({_SAID}).includes('{what}')", f"not told: {what}", seconds=SECONDS)

    def chooses_a_code(self, code: str) -> None:
        self.phone.wait_until("document.querySelector('#back-one')?.checkVisibility()", "no copy", seconds=SECONDS)
        for field in ("one", "again"):
            self.writes(f"#back-{field}", code)
        self.phone.press("Enter")
        self.phone.wait_until("document.querySelector('[data-part=done]').checkVisibility()", "not in", seconds=SECONDS)


@pytest.fixture
def keeper(chromium_phone: ChromiumPhone, host: Host) -> Keeper:
    return Keeper(chromium_phone, host)


@pytest.fixture
def elsewhere(shop: Shop, host: Host, tmp_path: Path) -> Keeper:
    """The same person, with another phone."""
    return Keeper(shop.chromium(tmp_path / "other"), host)


def test_words_made_on_one_phone_bring_everything_back_on_another(keeper: Keeper, elsewhere: Keeper) -> None:
    # Given a note, and a copy of it with the server
    keeper.comes_in()
    keeper.keeps_words()
    keeper.holds_a_note(NOTE)
    words = keeper.makes_a_copy()

    # When the words are typed on a phone that has nothing, with slips at first
    elsewhere.comes_in()
    elsewhere.reads("safe")
    elsewhere.phone.wait_until("""document.querySelector('#view [data-go="back"]').checkVisibility()""", "no way back")
    elsewhere.reads("back")
    elsewhere.types_words(" ".join(["xylo", *words[1:]]))
    elsewhere.is_told("unknown")
    assert elsewhere.phone.evaluate("document.querySelector('[data-unknown]').textContent") == "xylo"
    elsewhere.types_words(" ".join([*words[1:], words[0]]))
    elsewhere.is_told("closed")
    elsewhere.types_words(" ".join(word[:4].upper() for word in words))
    elsewhere.chooses_a_code(CODE)

    # Then the note is there, behind a code of its own
    elsewhere.reads("start")
    elsewhere.reads("notes")
    elsewhere.phone.wait_until(
        f"document.querySelector('#view').innerText.includes({json.dumps(NOTE)})", "the note did not come back"
    )
    elsewhere.exits()
    elsewhere.opens("sip")
    elsewhere.phone.hold("#title", 1.7)
    elsewhere.phone.wait_until("document.querySelector('#gate form') !== null", "no code was asked for")


def test_a_code_adds_a_phone_and_erasing_leaves_nothing_on_the_server(keeper: Keeper, elsewhere: Keeper) -> None:
    # Given an account on one phone
    keeper.comes_in()
    keeper.keeps_words()
    keeper.makes_a_copy()
    keeper.goes_to("phones")
    keeper.phone.wait_until("document.querySelector('[data-offer]').checkVisibility()", "not signed in")
    keeper.phone.click("[data-offer]")
    keeper.phone.wait_until("document.querySelector('[data-offered]').checkVisibility()", "no code", seconds=SECONDS)
    code = keeper.phone.evaluate("document.querySelector('[data-code-shown]').textContent")

    # When its code is typed on another
    elsewhere.comes_in()
    elsewhere.keeps_words()
    elsewhere.goes_to("phones")
    elsewhere.phone.wait_until("document.querySelector('#phone-code').checkVisibility()", "no field")
    elsewhere.writes("#phone-code", code.upper())
    elsewhere.phone.press("Enter")
    elsewhere.is_told("joined")

    # Then both are there, until one of them erases it all
    assert elsewhere.phone.evaluate("document.querySelector('[data-others]').textContent") == "1"
    elsewhere.phone.click("[data-asks=erase] [data-ask]")
    elsewhere.phone.click("[data-asks=erase] [data-yes]")
    elsewhere.is_told("erased")
    keeper.goes_to("elsewhere")
    keeper.phone.wait_until("document.querySelector('[data-save]').checkVisibility()", "the copy is not on")
    keeper.phone.click("[data-save]")
    keeper.is_told("closed")


def test_what_was_removed_without_a_network_goes_from_the_server_with_the_next(keeper: Keeper) -> None:
    keeper.comes_in()
    keeper.keeps_words()
    keeper.makes_a_copy()
    keeper.goes_to("remove")
    keeper.phone.connect(online=False)

    keeper.phone.click("[data-ask]")
    keeper.phone.click("[data-remove]")

    assert keeper.sees_the_cover()
    marks = keeper.phone.evaluate("Object.keys(localStorage).filter((key) => key === 'due').length")
    assert marks == 1
    keeper.host.asked.clear()
    keeper.phone.connect(online=True)
    keeper.opens("sip")
    keeper.phone.wait_until("localStorage.getItem('due') === null", "the mark stayed", seconds=SECONDS)
    assert "/s/clear" in keeper.host.asked


def test_the_views_of_a_copy_have_no_fault_of_accessibility(chromium_phone: ChromiumPhone, host: Host) -> None:
    keeper = Keeper(chromium_phone, host)
    keeper.comes_in()
    keeper.reads("safe")
    keeper.phone.wait_until("""document.querySelector('#view [data-go="back"]').checkVisibility()""", "no way back")
    keeper.reads("back")
    keeper.types_words("xylo")
    keeper.is_told("unknown")
    assert faults(chromium_phone) == [], "words that are not in the list"
    keeper.reads("start")
    keeper.keeps_words()
    keeper.goes_to("elsewhere")
    assert faults(chromium_phone) == [], "before it is on"
    keeper.makes_a_copy()
    keeper.phone.click("[data-ask-off]")
    assert faults(chromium_phone) == [], "once it is on"
    keeper.goes_to("phones")
    keeper.phone.wait_until("document.querySelector('[data-offer]').checkVisibility()", "not signed in")
    keeper.phone.click("[data-offer]")
    keeper.phone.wait_until("document.querySelector('[data-offered]').checkVisibility()", "no code", seconds=SECONDS)
    # While it works, all of it is drawn pale.
    keeper.phone.wait_until("document.querySelector('#view [data-said=working]').hidden", "still working")
    assert faults(chromium_phone) == [], "her phones"
