"""The pictures that the README shows: `make shots` writes docs/shots/.

They are taken of the real app in an installed app's window, at a fixed hour and with made-up entries, so that a picture
changes only when the app does (or the machine's fonts: the app brings none of its own).
"""

import json
import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from server.settings import PROJECT, Settings
from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.engines import open_shop
from tests.journeys.host import Host, free_port, open_host
from tests.journeys.person import Person

FOLDER = PROJECT / "docs" / "shots"
COVERS = ("sip", "sprout", "pantry")
COUNTRY = "GB"
NOW = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
TODAY = NOW.date()
# As on a phone: scroll bars lie over the page, and letters have grey edges, which also makes the files a third smaller.
FLAGS = ("--hide-scrollbars", "--disable-lcd-text", "--force-color-profile=srgb", "--font-render-hinting=none")


def _drink(day: date, hour: int, minute: int, ml: int) -> dict[str, Any]:
    moment = datetime.combine(day, time(hour, minute), UTC)
    at = round(moment.timestamp() * 1000)
    return {"at": at, "day": day.isoformat(), "time": f"{moment:%H:%M}", "ml": ml}


def _drinks() -> Iterable[dict[str, Any]]:
    for ago, glasses in enumerate((8, 6, 7, 8, 5, 7), start=1):
        yield from (_drink(TODAY - timedelta(ago), 8 + hour, 15, 250) for hour in range(glasses))
    yield from (_drink(TODAY, *glass) for glass in ((7, 40, 250), (9, 5, 350), (11, 20, 250), (13, 10, 250)))


def _plant(number: int, name: str, place: str, picture: str, every: int, *ago: int) -> dict[str, Any]:
    watered = [(TODAY - timedelta(days)).isoformat() for days in ago]
    return {
        "id": number, "name": name, "place": place, "picture": picture, "every": every, "watered": watered, "notes": []
    }  # fmt: skip


def _item(number: int, name: str, amount: str = "", *, ticked: bool = False) -> dict[str, Any]:
    return {"id": number, "name": name, "amount": amount, "ticked": ticked}


# What a cover keeps, by the name it is kept under, as its own script would have written it.
ENTRIES: dict[str, Any] = {
    "sip.drinks": list(_drinks()),
    "sprout.diary": {
        "plants": [
            _plant(1, "Basil", "Kitchen window", "herb", 2, 2, 4, 6),
            _plant(2, "Fred", "Bathroom", "fern", 4, 4, 8, 12),
            _plant(3, "Peace lily", "Hall", "flower", 5, 1, 6, 11),
            _plant(4, "Cactus", "Desk", "cactus", 21, 9),
        ],
        "winter": False,
    },
    "pantry.lists": {
        "lists": [
            {
                "id": 1,
                "name": "",
                "items": [
                    _item(1, "Milk", "2"),
                    _item(2, "Bread"),
                    _item(3, "Flour", "500 g"),
                    _item(4, "Lemons", "3"),
                    _item(5, "Coffee", ticked=True),
                ],
            },
            {"id": 2, "name": "Market", "items": [_item(1, "Apples", "1 kg"), _item(2, "Eggs", "10")]},
        ],
        "open": 1,
        "known": [{"name": name, "times": 3} for name in ("Butter", "Tomatoes", "Rice")],
        "bought": [
            {"name": name, "amount": amount, "day": (TODAY - timedelta(ago)).isoformat()}
            for ago, name, amount in (
                (0, "Coffee", ""),
                (3, "Milk", "2"),
                (3, "Bread", ""),
                (10, "Olive oil", "500 ml"),
            )
        ],
        "sinks": True,
    },
}


# Below the exit, which stays at the top.
_TO_THE_COUNTRY = """(() => {
  const top = document.querySelector("#view .part summary").getBoundingClientRect().top;
  document.querySelector("#room").scrollBy(0, top - 80);
})()"""


class Camera:
    """Takes pictures with one phone, which is light or dark."""

    def __init__(self, phone: ChromiumPhone) -> None:
        self._phone = phone
        self._look = "dark" if phone.dark else "light"

    def take(self, name: str) -> None:
        self._phone.settle()
        FOLDER.mkdir(parents=True, exist_ok=True)
        self._phone.page.screenshot(path=FOLDER / f"{name}-{self._look}.png", animations="disabled", caret="hide")


def _prepare(phone: ChromiumPhone, host: Host) -> None:
    """Open the installed app, stop its clock, and enter what is to be seen."""
    phone.close()
    phone.start(f"{host.base}/sip/")
    phone.page.emulate_media(reduced_motion="reduce")
    phone.cdp.send("Emulation.setTimezoneOverride", {"timezoneId": "UTC"})
    phone.page.clock.set_fixed_time(NOW)
    for key, value in ENTRIES.items():
        phone.evaluate(f"localStorage.setItem({key!r}, {json.dumps(json.dumps(value))})")


def photograph(person: Person, camera: Camera) -> None:
    person.phone.goto(f"{person.host.base}/hello")
    camera.take("hello")

    for cover in COVERS:
        person.opens(cover)
        camera.take(cover)

    person.opens("sip")
    person.opens_settings()
    person.phone.evaluate("document.querySelector('#version').scrollIntoView({ block: 'center' })")
    camera.take("door")

    # The first time, how the exit works comes before anything else.
    person.opens("sip")
    person.opens_the_door()
    camera.take("exit")
    person.reads("lines")
    person.chooses_country(COUNTRY)
    person.phone.evaluate(_TO_THE_COUNTRY)
    camera.take("lines")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, open_shop() as shop:
        settings = Settings(data=Path(folder) / "data", port=free_port(), covers=COVERS)
        host = open_host(settings)
        try:
            for dark in (False, True):
                phone = shop.chromium(Path(folder) / f"profile-{dark}", dark=dark, flags=FLAGS)
                _prepare(phone, host)
                photograph(Person(phone, host), Camera(phone))
                phone.close()
        finally:
            host.stop()


if __name__ == "__main__":
    main()
