"""Sprout, as somebody uses it who lives with plants: who is thirsty, who was watered, and what there is to remember."""

from datetime import datetime, timedelta
from pathlib import Path

from tests.journeys.engines import Shop
from tests.journeys.host import Host
from tests.journeys.person import Person


def days_ago(days: int) -> str:
    return (datetime.now().astimezone().date() - timedelta(days)).isoformat()


def opens_sprout(person: Person) -> None:
    person.opens("sprout")
    person.lets_it_settle_in()


def test_a_plant_moves_in_gets_thirsty_and_is_watered(person: Person) -> None:
    opens_sprout(person)
    assert person.sees("Who lives with you?")

    # What is missing or odd is asked for, and nothing typed is lost
    person.presses("Add a plant")
    person.writes("#place", "Kitchen window")
    person.writes("#every", "now and then")
    person.presses("Save")
    assert person.sees("Give your plant a name, so you can tell it apart.")
    assert person.sees("A whole number of days, from 1 to 365.")
    assert person.finds_written("#place") == "Kitchen window"
    assert person.finds_written("#every") == "now and then"
    person.writes("#name", "Fred")
    person.writes("#every", "3 days")
    person.picks("#watered", days_ago(5))
    person.presses("Save")
    assert person.sees("Fred has moved in.")

    # It is due; it gets its water, by mistake first
    assert person.sees("1 plant would like water")
    assert person.sees("Was due 2 days ago")
    person.presses("Water Fred")
    assert person.sees("Fred is watered.")
    assert person.sees("Everyone is happy")
    person.presses("Undo")
    assert person.sees("1 plant would like water")
    person.presses("Water Fred")
    assert person.sees("Next: Fred, in 3 days.")

    # A note
    person.presses("Fred")
    person.presses("Add note")
    assert person.sees("Write a few words first.")
    person.writes("#note", "A new leaf today")
    person.presses("Add note")
    assert person.sees("Note added.")
    assert "Write a few words first." not in person.what_is_on_screen()

    # The phone is put away; later there is no network
    person.host.stop()
    person.phone.restart()
    person.opens("sprout")
    assert person.sees("Everyone is happy")
    assert person.sees("Watered today")
    person.presses("Fred")
    for kept in ("Kitchen window", "Every 3 days", "A new leaf today"):
        assert person.sees(kept), kept
    person.writes("#note", "Moved to the left")
    person.presses("Add note")
    assert person.sees("Moved to the left")
    person.presses("All plants")
    assert person.sees("Everyone is happy")


def test_what_was_typed_outlives_its_view_and_a_removed_plant_comes_back(android_person: Person) -> None:
    person = android_person
    opens_sprout(person)

    # One of the plants everybody has, with the rhythm such a plant likes; a tap on the title in between
    person.presses("Cactus")
    assert person.finds_written("#name") == "Cactus"
    assert person.finds_written("#every") == "21"
    person.presses("One day more")
    person.writes("#place", "Desk")
    person.phone.click("#title")
    assert person.sees("Who lives with you?")
    person.presses("Add a plant")
    assert [person.finds_written(field) for field in ("#name", "#every", "#place")] == ["Cactus", "22", "Desk"]
    person.picks("#watered", days_ago(-1))
    person.presses("Save")
    assert person.sees("That day is still to come.")
    person.picks("#watered", days_ago(22))
    person.presses("Save")
    assert person.sees("Would like water")

    # Due by the calendar, but the soil is wet
    person.presses("Cactus")
    person.presses("Not thirsty yet")
    assert person.sees("Cactus: we will look again tomorrow.")
    assert person.sees("Water tomorrow")

    # A watering of last week is written down later; a day to come is not one
    person.presses("All days (1)")
    person.picks("#day", days_ago(-2))
    person.presses("Add")
    person.phone.wait_until("document.querySelector('#day-more').textContent === 'That day is still to come.'")
    assert person.finds_written("#day") == days_ago(-2)
    person.picks("#day", days_ago(3))
    person.presses("Add")
    assert person.sees("Watering added.")
    assert person.sees("Watered 2 times in the last five weeks")

    # What happened, of all plants or of one
    person.opens_history()
    assert person.history().startswith("Watered in the last 30 days 2 ")
    assert " 3 days ago Cactus Watered " in person.history()
    person.presses("Done")

    # Half a note is still there after a look at all plants
    person.writes("#note", "Half a thou")
    person.presses("All plants")
    person.presses("Cactus")
    assert person.finds_written("#note") == "Half a thou"

    # Winter: each waits half as long again
    person.opens_settings()
    person.presses("Winter rest")
    person.presses("Done")
    assert person.sees("Every 33 days (winter rest)")

    # Removed by mistake
    person.presses("Edit")
    person.presses("Remove this plant")
    assert person.sees("Cactus is removed.")
    person.presses("Undo")
    person.presses("Cactus")
    assert person.sees("Every 33 days (winter rest)")


def test_in_spanish(shop: Shop, host: Host, tmp_path: Path) -> None:
    person = Person(shop.chromium(tmp_path / "profile", language="es"), host)
    opens_sprout(person)
    person.presses("Añadir planta")
    person.presses("Guardar")
    assert person.sees("Ponle un nombre a tu planta para reconocerla.")
    person.writes("#name", "Manolo")
    person.writes("#every", "cada 4")
    person.picks("#watered", days_ago(4))
    person.presses("Guardar")
    assert person.sees("Manolo ya está en casa.")
    assert person.sees("1 planta quiere agua")
    person.presses("Regar Manolo")
    assert person.sees("Todas están contentas")
    person.presses("Deshacer")
    person.presses("Regar Manolo")

    host.stop()
    person.phone.restart()
    person.opens("sprout")
    assert person.sees("La próxima: Manolo, dentro de 4 días.")
    person.presses("Manolo")
    person.writes("#note", "Hoja nueva")
    person.presses("Añadir nota")
    assert person.sees("Nota añadida.")
    assert person.sees("Cada 4 días")
