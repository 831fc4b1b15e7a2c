"""What a screen reader reads out of the parts that are not just text: names, roles and states, in their order.

A change of words or markup changes these lines; read them aloud before you accept that.
"""

import pytest

from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.host import Host
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
