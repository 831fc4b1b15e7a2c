"""What a screen reader reads out of the parts that are not just text: names, roles and states, in their order.

A change of words or markup changes these lines; read them aloud before you accept that.
"""

import pytest

from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.host import Host
from tests.journeys.keeper import Keeper
from tests.journeys.person import Person
from tests.journeys.transcript import transcript


@pytest.fixture
def reader(chromium_phone: ChromiumPhone, host: Host) -> Person:
    """Somebody who has the screen read out, inside."""
    person = Person(chromium_phone, host)
    person.opens("sip")
    person.opens_the_door()
    person.reads("start")
    return person


@pytest.fixture
def keeping_reader(chromium_phone: ChromiumPhone, host: Host) -> Keeper:
    """The same person, where what is answered can be kept."""
    keeper = Keeper(chromium_phone, host)
    keeper.keeps_words_without_a_code()
    return keeper


def hears(person: Person) -> list[str]:
    assert isinstance(person.phone, ChromiumPhone)
    return transcript(person.phone)


def acts(person: Person) -> list[str]:
    """Only what can be acted upon, and where the reader is."""
    kinds = ("button", "choice", "disclosure", "field", "here", "link", "search field", "status")
    return [line for line in hears(person) if line.startswith(kinds) or ", here" in line]


def test_a_country_is_looked_up_by_ear(reader: Person) -> None:
    reader.reads("lines")

    heard = hears(reader)
    search = heard.index("search field, (In this language, in English, or in one of its own.): Find a country")
    assert heard[search - 2 : search] == ["disclosure, open: Country: Choose a country", "Find a country"]
    letters = heard.index("list: Go to a letter")
    assert search < letters
    assert heard[letters + 1 : letters + 4] == ["button: A", "button: B", "button: C"]
    countries = heard.index("list: Countries")
    assert heard[countries + 1 : countries + 3] == ["button: Albania", "button: Andorra"]

    reader.writes("#country", "united")
    reader.phone.wait_until("document.querySelector('#view [data-found]').textContent !== ''")
    assert hears(reader)[4:] == [
        "disclosure, open: Country: Choose a country",
        "Find a country",
        "search field, here, united, (In this language, in English, or in one of its own.): Find a country",
        "In this language, in English, or in one of its own.",
        "Countries found: 3",
        "list: Countries",
        "button: United Arab Emirates",
        "button: United Kingdom",
        "button: United States",
        (
            "These services are run by others. What they write down, and whom they tell, is up to their own rules."
            " You can ask them first."
        ),
        "button: Back to the start",
    ]


def test_by_the_keyboard_alone_one_comes_from_a_name_to_its_numbers(reader: Person) -> None:
    reader.reads("lines")

    reader.writes("#country", "scotl")
    reader.phone.press("Enter")
    reader.phone.wait_until("!document.querySelector('#view .part').open")
    # The browser's own tree follows the page a moment later.
    reader.phone.wait_until(lambda: "link: Call 999" in hears(reader), "the number is not read out")

    heard = hears(reader)
    picked = heard.index("disclosure, closed: Country: United Kingdom")
    assert heard[picked + 1 : picked + 5] == [
        "Your choice is kept on this phone. It is not sent to us.",
        "heading 2, here: United Kingdom",
        "heading 2: In an emergency",
        "link: Call 999",
    ]


def test_a_letter_leads_to_its_first_country(reader: Person) -> None:
    reader.reads("lines")

    reader.presses("S")

    assert "button, here: San Marino" in acts(reader)


def test_an_exercise_of_steps(reader: Person) -> None:
    reader.reads("steady")
    reader.reads("steady-1")
    assert hears(reader) == [
        "heading 1, here: Five to one",
        "You look for things around you with each sense. You can swap a sense for another one.",
        "list",
        "Find five things you can see.",
        "button: Next",
        "button: Stop",
    ]

    reader.presses("Next")
    assert hears(reader)[2:] == [
        "list",
        "here:",
        "Find four things you can touch or feel, such as a sleeve or the chair.",
        "button: Back",
        "button: Next",
        "button: Stop",
    ]


def test_a_breath(reader: Person) -> None:
    reader.reads("steady")
    reader.reads("steady-3")
    assert acts(reader)[:4] == [
        "heading 1, here: Long out-breath",
        "button: Begin",
        "disclosure, closed: Change the pace",
        "button: Talk to a person: help lines",
    ]

    reader.presses("Begin")
    heard = hears(reader)
    stop = heard.index("button, here: Stop")
    assert heard[stop - 1] == "Breathe in"

    reader.presses("Stop")
    assert "button, here: Begin" in acts(reader)


def test_a_count(reader: Person) -> None:
    reader.reads("steady")
    reader.reads("steady-8")

    reader.presses("Next")

    heard = hears(reader)
    at = heard.index("here:")
    assert heard[at : at + 4] == ["here:", "97", "button: Back", "button: Next"]


def test_the_language_in_here(reader: Person) -> None:
    assert hears(reader)[-2:] == [
        (
            "choice, closed, English, (It can be another one than the app shows outside. It is kept on this phone.):"
            " Language in here"
        ),
        "It can be another one than the app shows outside. It is kept on this phone.",
    ]


def test_groups_are_narrowed_down_by_ear(reader: Person) -> None:
    reader.reads("circles")

    assert [line for line in acts(reader) if line.startswith("choice")] == [
        "choice, closed, Any: Kind",
        "choice, closed, Any: Country",
        "choice, closed, Any: How",
    ]
    assert "In the list: 38" in hears(reader)


def test_what_helped_is_answered_and_taken_back_by_ear(keeping_reader: Keeper) -> None:
    keeping_reader.reads("steady")
    keeping_reader.reads("steady-3")
    keeping_reader.presses("Begin")
    keeping_reader.presses("Stop")

    def answers() -> list[str]:
        heard = hears(keeping_reader)
        asked = heard.index("Did that help?")
        return heard[asked + 1 : asked + 4]

    assert answers() == ["button, not pressed: Yes", "button, not pressed: A little", "button, not pressed: Not today"]

    keeping_reader.presses("A little")
    assert answers() == [
        "button, not pressed: Yes",
        "button, pressed, here: A little",
        "button, not pressed: Not today",
    ]

    keeping_reader.presses("A little")
    assert answers()[1] == "button, not pressed, here: A little"


def test_a_step_is_picked_told_of_and_put_away_by_ear(keeping_reader: Keeper) -> None:
    keeping_reader.reads("steps")
    step = "Read this list, and do nothing else."
    keeping_reader.phone.click("#view [data-band] summary")
    assert f"button, not pressed: Pick: {step}" in acts(keeping_reader)

    keeping_reader.phone.click("#view [data-rung=read] [data-pick]")
    heard = hears(keeping_reader)
    assert f"button, pressed, here: Pick: {step}" in heard
    picked = heard.index("heading 2: Steps you picked")
    assert heard[picked + 1] == f"heading 3: {step}"
    asked = heard.index("How did it feel? Only if you tried it, and like to say.")
    assert heard[asked + 1 : asked + 4] == [
        "button, not pressed: Good",
        "button, not pressed: In between",
        "button, not pressed: Hard",
    ]

    keeping_reader.presses("Hard")
    heard = hears(keeping_reader)
    assert "button, pressed, here: Hard" in heard
    assert any(line.startswith("That can be the person, the place or a tired day.") for line in heard)

    assert f"button: Put away, {step}" in heard
    keeping_reader.phone.click("#view [data-picked] [data-remove]")
    keeping_reader.phone.wait_until("document.querySelector('#view [data-rung=read] [aria-pressed=true]') === null")
    assert f"button, not pressed: Pick: {step}" in hears(keeping_reader)
    assert f"heading 3: {step}" not in hears(keeping_reader)


def test_an_exercise_in_arabic(reader: Person) -> None:
    reader.picks("#tongue", "ar")
    reader.phone.wait_until("document.querySelector('#view').lang === 'ar'", "the language stayed", seconds=20)
    reader.reads("steady")
    reader.reads("steady-1")
    assert hears(reader) == [
        "heading 1, here: من خمسة إلى واحد",
        "بحث عن أشياء حولك بكل حاسة. يمكن استبدال حاسة بأخرى.",
        "list",
        "خمسة أشياء يمكنك رؤيتها.",
        "button: التالي",
        "button: توقف",
    ]
