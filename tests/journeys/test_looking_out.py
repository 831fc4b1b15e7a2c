"""Somebody is given eight words, reads what is asked, says yes, compares four words, and is asked to reach out.

The other phone is another implementation of the same documents; the server between the two is the real one.
"""

import json
from collections.abc import Iterator

import pytest

from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.her_phone import NOTES, HerPhone
from tests.journeys.host import Host
from tests.journeys.person import Person
from tests.journeys.test_accessibility import faults
from tests.pairing import to_name

_AT = "document.querySelector('#view [data-part=%s]:not([hidden])') !== null"
# A nudge as the server passes it on, put into its answer: what makes one is held by tests of the server.
_NUDGED = """(() => {
  const before = window.plainFetch ?? window.fetch;
  window.plainFetch = before;
  window.fetch = async (address, init) => {
    const answer = await before(address, init);
    if (address !== "/s/circle" || (init?.method ?? "GET") !== "GET" || !answer.ok) return answer;
    const told = await answer.json();
    for (const tie of told.theirs) tie.nudge = %s;
    return Response.json(told);
  };
})()"""
READING = ("asked", "see", "rules", "may", "push", "practice", "decide")


class Guest(Person):
    def comes_in(self) -> None:
        self.opens("sip")
        self.opens_the_door()
        self.phone.click("#view [data-seen]")
        self.reads("start")
        self.reads("people")
        self.reads("invited")
        self.is_at("words")

    def is_at(self, part: str) -> None:
        self.phone.wait_until(_AT % part, f"{part} did not come", seconds=20)

    def types_words(self, words: list[str]) -> None:
        self.writes("#given", " ".join(words))
        self.phone.click("#view [data-words] [type=submit]")

    def goes_on(self, part: str) -> None:
        self.phone.click(f"#view [data-part]:not([hidden]) [data-to={part}]")
        self.is_at(part)

    def reads_all(self) -> None:
        self.is_at("asked")
        for part in READING[1:]:
            self.goes_on(part)

    def says_yes(self, name: str = "Ann") -> None:
        self.writes("#called", name)
        self.phone.click("#view [data-decide] [type=submit]")

    def keeps_without_a_code(self) -> None:
        self.is_at("keep")
        self.phone.click("#view [data-free]")
        self.is_at("sent")

    def four_words(self) -> list[str]:
        self.is_at("compare")
        found: list[str] = self.phone.evaluate(
            "[...document.querySelectorAll('#view [data-four]')].map((it) => it.textContent)"
        )
        return found

    def numbers(self) -> list[int]:
        told = str(self.phone.evaluate("document.querySelector('#view [data-numbers]').textContent"))
        return [int(number) for number in told.split()]

    def says_that_they_match(self) -> None:
        self.phone.click("#view [data-alike]")

    def is_nudged(self, note: str | None, state: str = "open") -> None:
        nudge = {"id": "n" * 22, "note": note, "state": state, "said_today": 0}
        self.phone.evaluate(_NUDGED % json.dumps(nudge))

    def becomes_a_pair_with(self, her: HerPhone) -> None:
        her.asks()
        self.comes_in()
        self.types_words(her.words())
        self.reads_all()
        self.says_yes()
        self.keeps_without_a_code()
        her.shows()
        self.is_at("compare")
        self.says_that_they_match()
        self.is_at("agreed")
        her.confirms()
        self.is_at("made")


@pytest.fixture
def her(host: Host) -> Iterator[HerPhone]:
    phone = HerPhone(host.base)
    yield phone
    phone.close()


@pytest.fixture
def guest(chromium_phone: ChromiumPhone, host: Host) -> Guest:
    return Guest(chromium_phone, host)


def no_fault(guest: Guest, where: str) -> None:
    assert isinstance(guest.phone, ChromiumPhone)
    guest.phone.wait_until("document.getAnimations().every((it) => it.playState === 'finished')")
    assert faults(guest.phone) == [], where


def test_from_eight_words_to_a_nudge(guest: Guest, her: HerPhone) -> None:
    # Given eight words that somebody made
    her.asks()
    guest.comes_in()
    no_fault(guest, "words")

    # When they are typed, what is asked can be read, and nothing is made by it
    guest.types_words(her.words())
    guest.is_at("asked")
    for part in READING:
        guest.is_at(part)
        no_fault(guest, part)
        if part != "decide":
            guest.goes_on(READING[READING.index(part) + 1])
    assert her.looks() == "waiting"
    assert not [asked for asked in guest.host.asked if asked == "/s/card/take"]

    # Then a yes makes a place to keep the key, and waits for the other phone
    guest.says_yes()
    guest.is_at("keep")
    no_fault(guest, "keep")
    guest.keeps_without_a_code()
    no_fault(guest, "sent")

    # And both compare the same four words
    places = her.shows()
    words = guest.four_words()
    assert guest.numbers() == places
    assert len(set(words)) > 1
    no_fault(guest, "compare")
    guest.says_that_they_match()
    guest.is_at("agreed")
    no_fault(guest, "agreed")
    her.confirms()
    guest.is_at("made")
    no_fault(guest, "made")
    guest.reads("people")
    assert guest.sees("Nothing is asked of you now.")
    no_fault(guest, "people")

    # When somebody is to reach out, that stands first behind the door, with the note that was written for it
    guest.is_nudged(her.note(NOTES[0]))
    guest.reads("start")
    guest.reads("people")
    assert guest.sees(NOTES[0])
    no_fault(guest, "people, nudged")
    guest.presses("I'm on it")
    assert guest.sees("It is passed on. Thank you.")


def test_a_link_leads_to_what_is_asked_once_the_exit_is_explained(guest: Guest, her: HerPhone) -> None:
    her.asks()
    guest.phone.goto(f"{guest.host.base}/sip/#{to_name(her.secret)}")
    guest.waits_for_the_inside()
    guest.phone.click("#view [data-seen]")

    guest.is_at("asked")

    assert guest.phone.url == f"{guest.host.base}/sip/"
    assert her.looks() == "waiting"


def test_not_right_now_makes_nothing_and_tells_no_more(guest: Guest, her: HerPhone) -> None:
    her.asks()
    guest.comes_in()
    guest.types_words(her.words())
    guest.reads_all()

    guest.phone.click("#view [data-not-now]")
    guest.is_at("declined")

    no_fault(guest, "declined")
    assert her.looks() == "declined"
    assert guest.phone.evaluate("indexedDB.databases().then((all) => all.length)") == 0


def test_words_that_lead_nowhere_stay_typed(guest: Guest, her: HerPhone) -> None:
    guest.comes_in()
    her.asks()
    her.takes_back()
    guest.types_words(her.words())

    assert guest.sees("These words lead nowhere now.")
    assert guest.finds_written("#given") == " ".join(her.words())
    no_fault(guest, "over")
    guest.types_words([*her.words()[:7], "zzzzz"])
    assert guest.sees("zzzzz")


def test_a_look_at_another_page_loses_nothing(guest: Guest, her: HerPhone) -> None:
    her.asks()
    guest.comes_in()
    guest.types_words(her.words())
    guest.is_at("asked")
    for part in ("see", "rules", "may"):
        guest.goes_on(part)

    guest.reads("lines")
    guest.reads("people")
    guest.reads("invited")

    guest.is_at("may")


def test_it_stops_at_once_and_without_a_word(guest: Guest, her: HerPhone) -> None:
    guest.becomes_a_pair_with(her)
    guest.reads("people")
    guest.presses("Name, or stop")
    guest.presses("Stop looking out for them")
    no_fault(guest, "asked whether to stop")
    guest.presses("Yes, stop")

    assert guest.sees("It is stopped.")
    assert guest.sees("Nobody has asked you yet.")
