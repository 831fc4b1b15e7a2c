"""Sip, as somebody uses it who only wants to drink enough: it counts, it takes back, and it keeps everything."""

from pathlib import Path

import pytest

from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.engines import Shop
from tests.journeys.host import Host
from tests.journeys.person import Person


def opens_sip(person: Person) -> None:
    person.opens("sip")
    person.lets_it_settle_in()


def has_drunk(person: Person, total: str) -> bool:
    """Whether the glass says so, within a moment."""
    return person.holds(f"document.querySelector('#total').textContent === '{total}'")


def drinks_of_today(person: Person) -> list[str]:
    """The amounts listed below, newest first."""
    rows = "[...document.querySelectorAll('#today li')]"
    amounts: list[str] = person.phone.evaluate(rows + ".map((row) => row.querySelector('.grow').textContent)")
    return amounts


def days_of_the_week(person: Person) -> dict[str, str]:
    """The chart, as it is read out: each day and its amount."""
    rows = "[...document.querySelectorAll('#chart tbody tr')]"
    cells: list[list[str]] = person.phone.evaluate(
        rows + ".map((row) => [...row.children].map((cell) => cell.textContent.trim()))"
    )
    return dict(cells)


def test_a_day_of_water_is_counted_and_kept(person: Person) -> None:
    opens_sip(person)
    assert person.sees("Ready when you are")
    assert person.sees("of 2,000 ml")

    # A glass, another size, a drink taken back by mistake
    person.presses("Add a glass")
    person.presses("Mug")
    person.presses("Add a mug")
    assert has_drunk(person, "600")
    person.presses("Take back the last drink")
    assert has_drunk(person, "250")
    person.presses("Undo")
    assert has_drunk(person, "600")

    # An amount of her own; what cannot be read is asked about and stays as she typed it
    person.presses("Other")
    person.writes("#other-much", "a lot")
    person.phone.press("Enter")
    assert person.sees("Please write a number, such as 250. What you wrote is still here.")
    assert person.finds_written("#other-much") == "a lot"
    person.writes("#other-much", "99 l")
    person.phone.press("Enter")
    assert person.sees("Please choose an amount from 5 ml to 5,000 ml.")
    assert person.finds_written("#other-much") == "99 l"
    person.writes("#other-much", "0.33 l")
    person.phone.press("Enter")
    assert has_drunk(person, "930")

    # A goal: one that makes no sense holds "Done" back
    person.opens_settings()
    person.writes("#set-goal", "nine")
    person.presses("Done")
    assert person.sees("Please write a number, such as 250.")
    assert person.finds_written("#set-goal") == "nine"
    person.writes("#set-goal", "900")
    person.picks("#set-line", "2")
    person.presses("Done")
    assert person.sees("That is your goal for today. Lovely.")
    assert drinks_of_today(person) == ["330 ml", "350 ml", "250 ml"]

    # The phone is put away; later there is no network
    person.host.stop()
    person.phone.restart()
    person.opens("sip")
    assert has_drunk(person, "930")
    assert person.sees("of 900 ml")
    assert drinks_of_today(person) == ["330 ml", "350 ml", "250 ml"]
    assert person.finds_written("#set-line") == "2"
    person.presses("Add a mug")
    assert has_drunk(person, "1,280")
    assert "1,280 ml" in days_of_the_week(person).values()


def test_a_week_of_water_and_a_line_that_reminds(android_person: Person, chromium_phone: ChromiumPhone) -> None:
    person, clock = android_person, chromium_phone.page.clock

    def comes_back_at(time: str) -> None:
        clock.set_fixed_time(time)
        person.phone.reload()

    clock.set_fixed_time("2026-03-02T09:00:00")
    opens_sip(person)
    assert person.sees("One bar for each day")
    person.presses("Add a glass")
    person.presses("Add a glass")
    comes_back_at("2026-03-04T09:00:00")
    assert has_drunk(person, "0"), "a new day begins empty"
    person.presses("Bottle")
    person.presses("Add a bottle")

    # What the week looked like, and the week before
    week = days_of_the_week(person)
    assert (week["Monday, March 2"], week["Tuesday, March 3"], week["Wednesday, March 4"]) == (
        "500 ml",
        "0 ml",
        "500 ml",
    )
    assert person.sees("About 500 ml a day")
    comes_back_at("2026-03-09T09:00:00")
    person.presses("Earlier week")
    assert days_of_the_week(person)["Monday, March 2"] == "500 ml"
    person.presses("Later week")
    assert "Monday, March 2" not in days_of_the_week(person)

    # All that was; days and weeks without an entry are not spoken of
    person.opens_history()
    assert person.history() == (
        "A usual day 500 ml Most: Mar 4 500 ml Last 7 days About 500 ml a day Wed, Mar 4 500 ml "
        "Feb 24 to Mar 2 About 500 ml a day Mon, Mar 2 500 ml"
    )
    person.presses("Done")

    # A line that reminds her, by day, when she has not had a drink for so long; in her own words if she likes
    person.presses("Add a bottle")
    person.opens_settings()
    person.picks("#set-line", "2")
    person.picks("#set-after", "4")
    person.presses("Done")
    comes_back_at("2026-03-09T12:59:00")
    assert person.sees("1,500 ml to go")
    comes_back_at("2026-03-09T13:00:00")
    assert person.sees("Stretch, breathe, drink")
    person.opens_settings()
    person.picks("#set-line", "4")
    person.writes("#set-own", "Tea for two?")
    person.presses("Done")
    person.phone.wait_until("document.querySelector('#line').textContent === 'Tea for two?'")
    comes_back_at("2026-03-09T22:30:00")
    assert person.sees("1,500 ml to go"), "nobody is reminded at night"

    # One drink of the list was a slip
    person.phone.click("#today .icon-button")
    assert person.sees("500 ml removed")
    assert has_drunk(person, "0")
    person.presses("Undo")
    assert drinks_of_today(person) == ["500 ml"]


@pytest.mark.parametrize("kept", ["{", '{"a":1}', '[{"at":"x"},7]'])
def test_a_store_that_rotted_stops_nobody(android_person: Person, kept: str) -> None:
    person = android_person
    opens_sip(person)
    person.phone.evaluate(f"void ['drinks', 'choices'].forEach((it) => localStorage.setItem('sip.' + it, {kept!r}))")
    person.phone.reload()
    person.presses("Add a glass")
    assert has_drunk(person, "250")


def test_in_spanish(shop: Shop, host: Host, tmp_path: Path) -> None:
    person = Person(shop.chromium(tmp_path / "profile", language="es"), host)
    opens_sip(person)
    person.presses("Añadir un vaso")
    person.presses("Otra")
    person.writes("#other-much", "mucha")
    person.phone.press("Enter")
    assert person.sees("Escribe un número, como 250. Lo que has escrito sigue aquí.")
    assert person.finds_written("#other-much") == "mucha"
    person.writes("#other-much", "0,5 l")
    person.phone.press("Enter")
    assert has_drunk(person, "750")
    person.presses("Quitar la última bebida")
    assert person.sees("500 ml menos")
    person.presses("Deshacer")

    host.stop()
    person.phone.restart()
    person.opens("sip")
    assert has_drunk(person, "750")
    assert person.sees("Faltan 1250 ml")
    person.presses("Añadir un vaso")
    assert has_drunk(person, "1000")
