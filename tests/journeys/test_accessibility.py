"""Every page, for everybody: axe finds nothing against WCAG 2.2 A and AA, in light and dark, in every language."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route

from server.app import create_app
from server.settings import Settings
from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.engines import Shop
from tests.journeys.host import Host
from tests.journeys.keeper import CODE, Keeper
from tests.journeys.person import HOLD_SECONDS, Person
from tests.journeys.shots import ENTRIES

_AXE = (Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RUN = f"""axe.run(document, {{ runOnly: {json.dumps(_RULES)}, resultTypes: ["violations"] }}).then((result) =>
  result.violations.map((it) => `${{it.id}}: ${{it.nodes.map((node) => node.target.join(" ")).join(", ")}}`))"""

VIEWS = (
    "lines", "plan", "steady", "steady-1", "steady", "steady-2", "steady", "steady-3", "steady", "steady-8", "steady",
    "steady-16", "steady", "circles", "read", "for-help", "read", "bit-by-bit", "steps",
    "traces", "exit",
    "notes", "days", "safe", "remove",
)  # fmt: skip
# Those that there are only where words are kept.
KEEPING_VIEWS = ("plan", "reading", "notes", "days", "buddies", "invite", "start", "safe", "keep", "remove")
COVERS = ("sip", "sprout", "pantry")
PLAIN_PAGES = (1, 2, 3, 4, 5, 6, 7, 8, 21, 22, 23, 28, 36, 120)


@pytest.fixture(
    params=[("en", False), ("en", True), ("es", False), ("es", True)], ids=["en", "en-dark", "es", "es-dark"]
)
def phone(request: pytest.FixtureRequest, shop: Shop, tmp_path: Path) -> ChromiumPhone:
    language, dark = request.param
    return shop.chromium(tmp_path / "profile", language=language, dark=dark)


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def lit_person(request: pytest.FixtureRequest, shop: Shop, host: Host, tmp_path: Path) -> Person:
    """Somebody by day, and somebody by night."""
    phone = shop.chromium(tmp_path / "profile", dark=request.param)
    # Colours are judged at rest: nothing to wait for where nothing moves.
    phone.page.emulate_media(reduced_motion="reduce")
    return Person(phone, host)


def faults(phone: ChromiumPhone) -> list[str]:
    """Run axe in the page. The page's own rules would not let it in, so it comes by the debugging protocol."""
    if not phone.evaluate("'axe' in window"):
        phone.cdp.send("Runtime.evaluate", {"expression": _AXE})
    found: Any = phone.evaluate(_RUN)
    return list(found)


def test_axe_finds_a_fault_where_there_is_one(chromium_phone: ChromiumPhone, host: Host) -> None:
    Person(chromium_phone, host).opens("sip")
    chromium_phone.evaluate("document.querySelector('#open-settings').removeAttribute('aria-label')")
    assert any(fault.startswith("button-name") for fault in faults(chromium_phone))


def test_every_cover_and_its_settings(phone: ChromiumPhone, host: Host) -> None:
    person = Person(phone, host)
    for cover in COVERS:
        person.opens(cover)
        assert faults(phone) == [], cover
        person.opens_settings()
        phone.wait_until("document.getAnimations().every((it) => it.playState === 'finished')")
        assert faults(phone) == [], f"{cover}, settings"


def test_every_history_with_entries_and_without(lit_person: Person) -> None:
    person = lit_person
    for cover in COVERS:
        person.opens(cover)
        person.opens_history()
        meets_no_fault(person, f"{cover}, nothing yet")
        for key, value in ENTRIES.items():
            person.phone.evaluate(f"localStorage.setItem({key!r}, {json.dumps(json.dumps(value))})")
        person.opens(cover)
        person.opens_history()
        meets_no_fault(person, f"{cover}, what was")
        person.phone.evaluate("localStorage.clear()")


def meets_no_fault(person: Person, where: str) -> None:
    assert isinstance(person.phone, ChromiumPhone)
    person.phone.wait_until("document.getAnimations().every((it) => it.playState === 'finished')")
    assert faults(person.phone) == [], where


def test_sip_in_use(lit_person: Person) -> None:
    person = lit_person
    person.opens("sip")
    person.presses("Add a glass")
    person.presses("Bottle")
    person.presses("Add a bottle")
    meets_no_fault(person, "with drinks")
    person.presses("Take back the last drink")
    meets_no_fault(person, "a drink taken back, with the way to undo")
    person.presses("Other")
    meets_no_fault(person, "another amount")
    person.writes("#other-much", "a lot")
    person.phone.press("Enter")
    meets_no_fault(person, "an amount that cannot be read")
    person.writes("#other-much", "2 l")
    person.phone.press("Enter")
    assert person.sees("That is your goal for today.")
    meets_no_fault(person, "the goal is reached")
    person.presses("Earlier week")
    meets_no_fault(person, "an earlier week")
    person.opens_settings()
    person.writes("#set-goal", "nine")
    person.presses("Done")
    assert person.sees("Please write a number")
    meets_no_fault(person, "a goal that cannot be read")


def test_sprout_in_use(lit_person: Person) -> None:
    person = lit_person
    person.opens("sprout")
    person.presses("Add a plant")
    meets_no_fault(person, "the form")
    person.writes("#every", "often")
    person.presses("Save")
    assert person.sees("Give your plant a name")
    meets_no_fault(person, "the form asks back")
    person.writes("#name", "Fred")
    person.writes("#every", "3")
    person.picks("#watered", str(datetime.now().astimezone().date() - timedelta(9)))
    person.presses("Save")
    assert person.sees("Was due")
    meets_no_fault(person, "a plant that is due, and a toast")
    person.presses("Add a plant")
    person.writes("#name", "Ada")
    person.presses("Save")
    person.presses("Water Ada")
    meets_no_fault(person, "one plant due, one to come, and a toast with the way to undo")
    person.presses("Fred")
    person.presses("Add note")
    person.presses("All days")
    person.presses("Add")
    assert person.sees("Choose a day from the calendar.")
    meets_no_fault(person, "a plant asks back")
    person.writes("#note", "A new leaf")
    person.presses("Add note")
    assert person.sees("Note added.")
    meets_no_fault(person, "a plant with a note")
    person.presses("Edit")
    meets_no_fault(person, "changing a plant")


def test_pantry_in_use(lit_person: Person) -> None:
    person = lit_person
    person.opens("pantry")
    for written in ("2 milk", "500 g flour", "bread"):
        person.writes("#add", written)
        person.phone.press("Enter")
    meets_no_fault(person, "with items")
    person.writes("#add", "b")
    person.phone.wait_until("document.querySelector('.suggestions') !== null", "nothing was suggested")
    meets_no_fault(person, "suggestions")
    person.writes("#add", "500 g")
    person.phone.press("Enter")
    assert person.sees("Write the name too.")
    meets_no_fault(person, "an amount of nothing")
    person.presses("Milk")
    meets_no_fault(person, "one in the basket, and a toast with the way to undo")
    person.presses("Edit Groceries")
    meets_no_fault(person, "editing")
    person.writes("#field-1", "7")
    person.presses("Done")
    assert person.sees("Write the name too.")
    meets_no_fault(person, "editing asks back")
    person.writes("#field-1", "8 eggs")
    person.presses("Done")
    person.presses("New list")
    person.presses("Create")
    assert person.sees("Give the list a name")
    meets_no_fault(person, "a list without a name")


def test_an_inside_that_did_not_load(lit_person: Person) -> None:
    person = lit_person
    person.host.break_path("/b/")
    person.opens("sip")
    person.phone.hold("#title", HOLD_SECONDS)
    person.phone.wait_until("document.querySelector('#view button') !== null", "it does not say that it did not load")
    meets_no_fault(person, "not loaded")


@pytest.fixture(scope="module")
def broken_host(make_host: Callable[..., Host], tmp_path_factory: pytest.TempPathFactory) -> Host:
    """A server that fails at one address."""

    async def fail(request: Request) -> NoReturn:
        raise ValueError(request.method)

    def make_broken_app() -> Starlette:
        app = create_app(Settings(data=tmp_path_factory.mktemp("data")))
        app.router.routes.insert(0, Route("/fails", fail))
        return app

    return make_host(make_broken_app)


def test_the_page_of_a_server_that_failed(phone: ChromiumPhone, broken_host: Host) -> None:
    phone.goto(broken_host.base + "/fails")
    assert phone.evaluate("performance.getEntriesByType('navigation')[0].responseStatus") == 500
    assert faults(phone) == []


def test_every_view_of_the_inside(phone: ChromiumPhone, host: Host) -> None:
    person = Person(phone, host)
    person.opens("sip")
    person.opens_the_door()
    assert faults(phone) == [], "how the exit works, the first time"
    for view in VIEWS:
        person.reads(view)
        if view == "lines":
            assert faults(phone) == [], "help lines before a country is chosen"
            person.chooses_country("GB")
        opens_all_parts(phone, view)


def opens_all_parts(phone: ChromiumPhone, view: str) -> None:
    """Open what can be opened, find no fault, and close it again."""
    open_all = "document.querySelectorAll('#view details').forEach((part) => { part.open = %s; })"
    phone.evaluate(open_all % "true")
    assert faults(phone) == [], view
    phone.evaluate(open_all % "false")


def test_every_view_where_words_are_kept_and_the_screen_for_the_code(phone: ChromiumPhone, host: Host) -> None:
    keeper = Keeper(phone, host)
    keeper.keeps_words_with(CODE)
    keeper.writes_in_the_plan("home", "a new lock")
    keeper.writes_a_note("rain all day")
    keeper.marks_the_day(4)
    keeper.reads("start")
    for view in KEEPING_VIEWS:
        keeper.reads(view)
        opens_all_parts(phone, view)
    phone.click("#view [data-ask]")
    assert faults(phone) == [], "asked whether to remove everything"
    keeper.exits()
    keeper.opens("sip")
    keeper.knocks()
    assert faults(phone) == [], "the code"


def test_what_helped_and_small_steps_inside_where_they_can_be_kept(lit_person: Person) -> None:
    person, phone = lit_person, lit_person.phone
    person.opens("sip")
    person.opens_the_door()
    person.reads("start")
    person.reads("safe")
    phone.click("#view [data-free]")
    assert person.sees("can be kept")

    # An exercise by the keyboard alone, to its end and its question
    person.reads("steady")
    person.reads("steady-6")
    for _ in range(4):
        phone.evaluate("document.querySelector('#view [data-next]').focus()")
        phone.press("Enter")
    phone.wait_until("document.querySelector('#view [data-answer]').getClientRects().length === 1")
    phone.evaluate("document.querySelector('#view [data-answer=yes]').focus()")
    phone.press("Enter")
    assert person.sees("What helps comes first in the list")
    meets_no_fault(person, "an exercise, answered")
    person.reads("steady")
    phone.wait_until("document.querySelector('#view [data-exercise]').textContent.includes('Helped you before')")
    meets_no_fault(person, "the list, with what helped first")

    person.reads("steady-3")
    phone.click("#view [data-begin]")
    phone.click("#view [data-pause]")
    meets_no_fault(person, "a breath, stopped")

    person.reads("steady")
    person.reads("steps")
    phone.evaluate("document.querySelectorAll('#view details').forEach((part) => { part.open = true; })")
    phone.click("#view [data-rung=nod] [data-pick]")
    phone.click("#view [data-rung=tea] [data-pick]")
    phone.click("#view [data-felt=hard]")
    phone.click("#view [data-add]")
    meets_no_fault(person, "steps, two picked and one of her own")
    phone.click("#view [data-remove]")
    assert person.sees("Undo")
    meets_no_fault(person, "a step put away")


def test_every_page_that_works_without_script(phone: ChromiumPhone, host: Host) -> None:
    addresses = ["/hello", "/nothing-here", *(f"/t/{number}" for number in PLAIN_PAGES)]
    for address in addresses:
        phone.goto(host.base + address)
        phone.evaluate("document.querySelectorAll('details').forEach((part, at) => { part.open = at < 3; })")
        assert faults(phone) == [], address
