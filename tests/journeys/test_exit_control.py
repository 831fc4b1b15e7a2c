"""The exit control: always the same place, always on top, big enough for a shaking thumb, first for the keyboard."""

import pytest

from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.host import Host
from tests.journeys.keeper import CODE, Keeper
from tests.journeys.person import Person

VIEWS = (
    "lines",
    "plan",
    "steady",
    "steady-1",
    "steady",
    "steady-2",
    "steady",
    "steady-3",
    "steady",
    "steady-8",
    "steady",
    "steady-16",
    "steady",
    "read",
    "for-help",
    "traces",
    "exit",
    "notes",
    "days",
    "safe",
    "remove",
    "steps",
    "start",
)
# Those that there are only where words are kept.
KEEPING_VIEWS = ("plan", "reading", "notes", "days", "buddies", "invite", "start", "safe", "keep", "remove")
# As the design asks: at least 48 px in each direction.
LEAST_PX = 48
# A phone zoomed to 200 % or 400 % has a half or a quarter of its pixels for the page.
SCREENS = {
    "small phone": (320, 568),
    "phone": (390, 844),
    "tablet": (768, 1024),
    "phone at 200 %": (195, 422),
    "phone at 400 %": (97, 211),
    "small phone at 200 %": (160, 284),
    "small phone at 400 %": (80, 142),
    "small phone with the keyboard open": (320, 260),
}

_WHERE = """(() => {
  const control = document.querySelector("#leave"), box = control.getBoundingClientRect();
  const x = box.x + box.width / 2, y = box.y + box.height / 2;
  const reached = control.contains(document.elementFromPoint(x, y));
  const room = document.querySelector("#room"), fits = room.scrollWidth <= room.clientWidth;
  return { reached, top: box.top, width: box.width, height: box.height, fits };
})()"""


@pytest.mark.parametrize("screen", SCREENS)
def test_it_is_in_reach_on_every_view(chromium_phone: ChromiumPhone, host: Host, screen: str) -> None:
    person = Person(chromium_phone, host)
    person.opens("sip")
    person.opens_the_door()
    person.reads("start")
    places = set()
    for view in VIEWS:
        chromium_phone.resize(390, 844)
        person.reads(view)
        if view == "lines":
            person.chooses_country("US")
        places |= places_of_the_control(chromium_phone, screen, view)
    assert len(places) == 1, "it never moves"


@pytest.mark.parametrize("screen", SCREENS)
def test_it_is_in_reach_where_words_are_kept_and_where_the_code_is_asked(
    chromium_phone: ChromiumPhone, host: Host, screen: str
) -> None:
    keeper = Keeper(chromium_phone, host)
    keeper.keeps_words_with(CODE)
    keeper.writes_in_the_plan("home", "a new lock")
    keeper.writes_a_note("rain all day")
    keeper.reads("start")
    places = set()
    for view in KEEPING_VIEWS:
        chromium_phone.resize(390, 844)
        chromium_phone.lets_draw()
        keeper.reads(view)
        chromium_phone.evaluate("document.querySelectorAll('#view details').forEach((part) => { part.open = true; })")
        places |= places_of_the_control(chromium_phone, screen, view)
    keeper.exits()
    keeper.opens("sip")
    chromium_phone.resize(390, 844)
    keeper.knocks()
    places |= places_of_the_control(chromium_phone, screen, "the code")
    assert len(places) == 1, "it never moves"


def places_of_the_control(phone: ChromiumPhone, screen: str, view: str) -> set[int]:
    """Look at a view on a screen, scrolled in several ways, and give where the control was each time."""
    phone.resize(*SCREENS[screen])
    places = set()
    for scrolled in (0, 300, 100_000):
        phone.evaluate(f"void document.querySelector('#room').scrollTo(0, {scrolled})")
        where = phone.evaluate(_WHERE)
        assert where["reached"], f"{view}, scrolled by {scrolled}"
        assert where["height"] >= LEAST_PX
        assert where["width"] >= min(LEAST_PX, SCREENS[screen][0])
        assert where["fits"], f"{view} does not fit across the screen"
        places.add(round(where["top"]))
    return places


def test_it_is_the_first_stop_of_the_keyboard(person: Person) -> None:
    person.opens("sip")
    person.opens_the_door()
    person.phone.evaluate("document.querySelector('#room').focus()")
    person.phone.press("Tab")
    assert person.phone.evaluate("document.activeElement.id") == "leave"


def test_what_lies_beneath_is_out_of_reach_while_the_inside_is_open(android_person: Person) -> None:
    person = android_person
    person.opens("sip")
    person.opens_the_door()
    stops = set()
    for _ in range(40):
        person.phone.press("Tab")
        stops.add(person.phone.evaluate("document.activeElement.closest('#cover') === null"))
    assert stops == {True}
    assert person.phone.evaluate("document.querySelector('#cover').inert")
