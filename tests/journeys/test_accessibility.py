"""Every page, for everybody: axe finds nothing against WCAG 2.2 A and AA, in light and dark, in every language."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.engines import Shop
from tests.journeys.host import Host
from tests.journeys.person import Person

_AXE = (Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RUN = f"""axe.run(document, {{ runOnly: {json.dumps(_RULES)}, resultTypes: ["violations"] }}).then((result) =>
  result.violations.map((it) => `${{it.id}}: ${{it.nodes.map((node) => node.target.join(" ")).join(", ")}}`))"""

VIEWS = ("lines", "plan", "steady", "steady-1", "steady", "steady-2", "steady", "steady-3", "steady", "traces", "exit")
COVERS = ("sip", "sprout", "pantry")
PLAIN_PAGES = (1, 2, 3, 4, 5, 6, 21, 22, 23)


@pytest.fixture(
    params=[("en", False), ("en", True), ("es", False), ("es", True)], ids=["en", "en-dark", "es", "es-dark"]
)
def phone(request: pytest.FixtureRequest, shop: Shop, tmp_path: Path) -> ChromiumPhone:
    language, dark = request.param
    return shop.chromium(tmp_path / "profile", language=language, dark=dark)


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
        open_all = "document.querySelectorAll('#view details').forEach((part) => { part.open = %s; })"
        phone.evaluate(open_all % "true")
        assert faults(phone) == [], view
        phone.evaluate(open_all % "false")


def test_every_page_that_works_without_script(phone: ChromiumPhone, host: Host) -> None:
    addresses = ["/hello", "/nothing-here", *(f"/t/{number}" for number in PLAIN_PAGES)]
    for address in addresses:
        phone.goto(host.base + address)
        phone.evaluate("document.querySelectorAll('details').forEach((part, at) => { part.open = at < 3; })")
        assert faults(phone) == [], address
