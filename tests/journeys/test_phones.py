"""The phones themselves: each motion reaches a page, even under the strictest policy. So a journey's silence counts."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.engines import Shop
from tests.journeys.host import Host
from tests.journeys.phone import Phone

POLICY = "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types none"
PAGE = """<!doctype html><html lang="en"><title>%s</title><style></style>
<button id="target" aria-label="Target">here</button><input id="field" autocomplete="off">
<script src="/notes.js"></script>"""
NOTES = """
const notes = (window.notes = []);
const note = (event) => notes.push([event.type, event.key ?? event.pointerType ?? document.visibilityState]);
for (const kind of ["visibilitychange", "freeze", "keydown", "keyup", "pointerdown", "pointerup", "click"])
  document.addEventListener(kind, note);
document.addEventListener("pointerdown", (event) => (window.pressed = event.timeStamp));
document.addEventListener("pointerup", (event) => (window.held = event.timeStamp - window.pressed));
window.born = Math.random();
addEventListener("pageshow", (event) => (window.cameBack = event.persisted));
"""


def make_app() -> Starlette:
    def page(request: Request) -> Response:
        return HTMLResponse(PAGE % request.url.path, headers={"content-security-policy": POLICY})

    def notes(request: Request) -> Response:
        return Response(NOTES, media_type="text/javascript")

    return Starlette(routes=[Route("/notes.js", notes), Route("/{rest:path}", page)])


@pytest.fixture(scope="module")
def running_plain_host(make_host: Callable[..., Host]) -> Host:
    return make_host(make_app)


@pytest.fixture
def plain_host(running_plain_host: Host) -> Iterator[Host]:
    yield running_plain_host
    running_plain_host.mend()


@pytest.fixture
def page(phone: Phone, plain_host: Host) -> Phone:
    phone.goto(plain_host.base + "/one")
    return phone


def notes(phone: Phone) -> list[list[str]]:
    heard: list[list[str]] = phone.evaluate("notes.splice(0)")
    return heard


def test_a_click_a_long_press_and_keys_arrive(page: Phone) -> None:
    page.click("#target")
    assert [kind for kind, _ in notes(page)] == ["pointerdown", "pointerup", "click"]

    page.hold("#target", 0.6)
    assert page.evaluate("held") >= 550

    notes(page)
    page.press("Shift", 2)
    assert notes(page) == [["keydown", "Shift"], ["keyup", "Shift"]] * 2

    page.focus("#field")
    page.type_text("ab 1")
    assert page.evaluate("document.querySelector('#field').value") == "ab 1"


def test_a_held_key_is_held(page: Phone) -> None:
    page.focus("#target")
    page.hold_key("Enter", 0.5)
    heard = [kind for kind, key in notes(page) if key == "Enter"]
    assert heard[0] == "keydown"
    assert heard[-1] == "keyup"
    assert heard.count("keyup") == 1
    assert heard.count("keydown") == 1 or page.engine != "webkit"


def test_a_hidden_page_knows_it_is_hidden(page: Phone) -> None:
    page.hide()
    page.show()
    assert [state for kind, state in notes(page) if kind == "visibilitychange"] == ["hidden", "visible"]


def test_back_and_forward_lead_where_they_say(page: Phone, plain_host: Host) -> None:
    born = page.evaluate("born")
    page.goto(plain_host.base + "/two")
    page.back()
    assert page.url.endswith("/one")
    assert page.evaluate("[cameBack, born]") == [True, born], "the back-forward cache is on, as on a phone"
    page.forward()
    assert page.url.endswith("/two")
    page.reload()
    assert page.title == "/two"
    page.goto(plain_host.base + "/three")
    assert page.title == "/three"


def test_two_windows_are_both_on_show(page: Phone, plain_host: Host) -> None:
    first = page.window
    second = page.new_window()
    page.goto(plain_host.base + "/two")
    page.switch_to(first)
    assert page.url.endswith("/one")
    assert page.evaluate("document.visibilityState") == "visible"
    page.switch_to(second)
    assert page.title == "/two"
    page.click("#target")
    assert notes(page)


def test_what_is_kept_is_kept_over_a_restart(page: Phone, plain_host: Host) -> None:
    page.evaluate("localStorage.setItem('kept', 'yes')")
    page.restart()
    page.goto(plain_host.base + "/one")
    assert page.evaluate("localStorage.getItem('kept')") == "yes"


def test_the_page_has_the_size_and_the_words_asked_for(page: Phone) -> None:
    assert page.evaluate("[innerWidth, innerHeight]") == [390, 844]
    page.resize(320, 568)
    assert page.evaluate("[innerWidth, innerHeight]") == [320, 568]
    assert "Target" in page.spoken()
    assert page.screenshot().startswith(b"\x89PNG")


def test_language_and_dark_mode_are_those_asked_for(shop: Shop, engine: str, tmp_path: Path, plain_host: Host) -> None:
    phone = shop.phone(engine, tmp_path / "es", language="es", dark=True)
    phone.goto(plain_host.base + "/one")
    assert phone.evaluate("[navigator.language, matchMedia('(prefers-color-scheme: dark)').matches]") == ["es", True]


def test_a_host_that_stops_is_gone_and_comes_back(page: Phone, plain_host: Host) -> None:
    plain_host.stop()
    assert not page.goto(plain_host.base + "/two")
    plain_host.start()
    assert page.goto(plain_host.base + "/two")
    assert page.title == "/two"


def test_a_finger_is_felt_and_a_hidden_page_can_be_frozen(chromium_phone: ChromiumPhone, plain_host: Host) -> None:
    phone = chromium_phone
    phone.goto(plain_host.base + "/one")
    phone.touch_hold("#target", 1.3)
    assert ["pointerdown", "touch"] in notes(phone)
    assert phone.evaluate("held") >= 1250
    phone.hide()
    phone.freeze()
    phone.show()
    assert ["freeze", "hidden"] in notes(phone)


def test_an_installed_app_has_no_address_bar_and_tabs_come_back(
    chromium_phone: ChromiumPhone, plain_host: Host
) -> None:
    phone = chromium_phone
    phone.goto(plain_host.base + "/one")
    phone.goto(plain_host.base + "/two")
    phone.restart_with_tabs()
    assert phone.title == "/two"
    phone.back()
    assert phone.title == "/one"

    phone.close()
    phone.start(plain_host.base + "/three")
    assert phone.evaluate("matchMedia('(display-mode: standalone)').matches")
