"""Pantry, as somebody uses it in a shop with one hand: write, tick, clear, and have it back when it was a slip."""

import json
from pathlib import Path

import pytest

from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.engines import Shop
from tests.journeys.host import Host
from tests.journeys.person import Person

_STEPS = 8


def opens_pantry(person: Person) -> None:
    person.opens("pantry")
    person.lets_it_settle_in()


def adds(person: Person, written: str) -> None:
    person.writes("#add", written)
    person.phone.press("Enter")


def has_listed(person: Person, *wanted: str, ticked: tuple[str, ...] = ()) -> bool:
    """Whether just these are to get and in the basket, in this order, within a moment."""
    rows = "[...document.querySelectorAll('%s li label')].map((it) => it.innerText.replace(/\\s+/g, ' ').trim())"
    listed = f"JSON.stringify([{rows % '#wanted'}, {rows % '#ticked'}])"
    expected = json.dumps([wanted, ticked], separators=(",", ":"), ensure_ascii=False)
    return person.holds(f"{listed} === {json.dumps(expected)}")


def swipes(phone: ChromiumPhone, name: str, share: float) -> None:
    """Pull a row to the side with a finger, by this share of its width."""
    number = phone.evaluate(
        f"[...document.querySelectorAll('#pantry [data-item]')].find((it) => it.innerText.includes({name!r}))"
        ".dataset.item"
    )
    row = f'[data-item="{number}"]'
    x, y = phone.aim(row)
    width = phone.evaluate(f"document.querySelector('{row}').offsetWidth")
    touches = [("touchStart", 0.0), *(("touchMove", share * step / _STEPS) for step in range(1, _STEPS + 1))]
    for kind, moved in touches:
        point = {"x": x + moved * width, "y": y}
        phone.cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    phone.cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_shopping_trip(person: Person) -> None:
    opens_pantry(person)
    assert person.sees("What is running out?")

    # Written as she thinks it; an amount of nothing is asked about and stays in the line
    adds(person, "2 milk")
    adds(person, "500 g")
    assert person.sees("500 g of what? Write the name too.")
    assert person.finds_written("#add") == "500 g"
    person.phone.type_text(" flour")
    person.phone.press("Enter")
    adds(person, "quinces")
    assert has_listed(person, "Milk × 2", "Flour 500 g", "Quinces")

    # In the shop
    person.presses("Milk")
    person.presses("Quinces")
    assert person.sees("1 to get")
    assert has_listed(person, "Flour 500 g", ticked=("Milk × 2", "Quinces"))
    person.presses("Clear what is ticked (2)")
    assert person.sees("2 cleared.")
    assert has_listed(person, "Flour 500 g")
    person.presses("Undo")
    assert has_listed(person, "Flour 500 g", ticked=("Milk × 2", "Quinces"))
    person.presses("Clear what is ticked (2)")

    # What was on the list before is offered again
    person.writes("#add", "qu")
    person.presses("Quinces")
    assert has_listed(person, "Flour 500 g", "Quinces")

    # All that was bought, and one of it again
    person.opens_history()
    assert person.history() == "Bought in the last 30 days 2 Most often Quinces Today Quinces Milk × 2"
    person.presses("Buy Milk again")
    person.presses("Buy Quinces again")
    person.presses("Done")
    assert has_listed(person, "Flour 500 g", "Milk × 2")
    person.presses("Remove Milk")
    person.presses("Close")
    adds(person, "quinces")

    # A second list
    person.presses("New list")
    person.presses("Create")
    assert person.sees("Give the list a name, so you can find it.")
    person.writes("#field-name", "Party")
    person.presses("Create")
    adds(person, "balloons x12")
    assert has_listed(person, "Balloons × 12")

    # The phone is put away; later there is no network
    person.host.stop()
    person.phone.restart()
    person.opens("pantry")
    assert has_listed(person, "Balloons × 12"), "the list that was open is open"
    person.presses("Groceries")
    assert has_listed(person, "Flour 500 g", "Quinces")
    person.presses("Quinces")
    adds(person, "bread")
    assert has_listed(person, "Flour 500 g", "Bread", ticked=("Quinces",))


def test_a_row_is_swiped_away_by_finger(android_person: Person, chromium_phone: ChromiumPhone) -> None:
    person = android_person
    opens_pantry(person)
    adds(person, "2 milk")
    adds(person, "bread")

    swipes(chromium_phone, "Milk", 0.2)
    assert has_listed(person, "Milk × 2", "Bread"), "a finger that slips takes nothing away and ticks nothing"

    swipes(chromium_phone, "Milk", 0.45)
    assert person.sees("Milk is removed.")
    assert has_listed(person, "Bread")
    person.presses("Undo")
    assert has_listed(person, "Milk × 2", "Bread")

    swipes(chromium_phone, "Bread", -0.45)
    assert has_listed(person, "Milk × 2")
    person.presses("Undo")
    person.presses("Remove Bread")
    assert has_listed(person, "Milk × 2")
    # The row is still sliding into its place.
    person.waits(0.8)
    chromium_phone.tap('[data-item="1"] label')
    assert has_listed(person, ticked=("Milk × 2",)), "a tap after a swipe ticks"


def test_a_list_is_put_in_order(android_person: Person) -> None:
    person = android_person
    opens_pantry(person)
    for written in ("milk", "bread", "eggs"):
        adds(person, written)

    # One name is emptied: that is asked about, all else she typed is taken
    person.presses("Edit Groceries")
    person.presses("Move Eggs up")
    person.writes("#field-name", "Saturday")
    person.writes("#field-1", "3 oat milk")
    person.phone.click("#field-2")
    person.phone.evaluate("void document.activeElement.select()")
    person.phone.press("Backspace")
    person.presses("Done")
    assert person.sees("Write what you need first.")
    person.writes("#field-2", "rye bread")
    person.presses("Done")
    assert person.sees("Saturday")
    assert has_listed(person, "Oat milk × 3", "Eggs", "Rye bread")

    # Two lists of one name could not be told apart
    person.presses("New list")
    person.writes("#field-name", "saturday")
    person.presses("Create")
    assert person.sees("There is a list with this name already.")
    assert person.finds_written("#field-name") == "saturday"
    person.presses("Cancel")

    # What is ticked may stay where it is; what was bought may be forgotten
    person.opens_settings()
    person.presses("Move ticked items to the bottom")
    person.presses("Forget suggestions and history")
    assert person.sees("Forgotten.")
    person.presses("Done")
    person.presses("Oat milk")
    assert has_listed(person, "Oat milk × 3", "Eggs", "Rye bread")

    # Removed by mistake
    person.presses("Edit Saturday")
    person.presses("Remove this list")
    assert person.sees("Saturday is removed.")
    person.presses("Undo")
    assert has_listed(person, "Oat milk × 3", "Eggs", "Rye bread")


@pytest.mark.parametrize("written", ["🍋 x3", "<b>bread</b>", "7up", "a" * 100])
def test_anything_can_be_on_a_list(android_person: Person, written: str) -> None:
    person = android_person
    opens_pantry(person)
    person.phone.focus("#add")
    person.phone.evaluate(f"void document.execCommand('insertText', false, {json.dumps(written)})")
    person.phone.press("Enter")
    person.phone.reload()
    name = person.phone.evaluate("document.querySelector('#wanted .name').textContent")
    assert name.lower() == written.removesuffix(" x3").lower()


def test_in_spanish(shop: Shop, host: Host, tmp_path: Path) -> None:
    person = Person(shop.chromium(tmp_path / "profile", language="es"), host)
    opens_pantry(person)
    adds(person, "2 leches")
    adds(person, "500 g")
    assert person.sees("¿500 g de qué? Escribe también el nombre.")
    assert person.finds_written("#add") == "500 g"
    person.phone.type_text(" de harina")
    person.phone.press("Enter")
    assert has_listed(person, "Leches × 2", "Harina 500 g")
    person.presses("Leches")
    person.presses("Vaciar lo marcado (1)")
    assert person.sees("1 cosa fuera de la lista.")
    person.presses("Deshacer")
    assert has_listed(person, "Harina 500 g", ticked=("Leches × 2",))

    host.stop()
    person.phone.restart()
    person.opens("pantry")
    assert person.sees("La compra")
    person.presses("Vaciar lo marcado (1)")
    person.writes("#add", "lec")
    person.presses("Leches")
    assert has_listed(person, "Harina 500 g", "Leches")
