"""The page a host sends people to: read it, choose, practise, leave or go on; nothing of it stays behind Back."""

import json
from pathlib import Path

import pytest

from server.settings import PROJECT
from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.engines import Shop
from tests.journeys.host import Host
from tests.journeys.person import HOLD_SECONDS, Person
from tests.journeys.phone import Phone
from tests.promises.browser_profile import chromium_history

AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIZES = ((320, 568), (390, 844), (768, 1024))

_OBSTACLES = f"""axe.run(document, {{ runOnly: {json.dumps(RULES)} }}).then(({{ violations }}) => [
  ...violations.flatMap(({{ id, nodes }}) => nodes.map((node) => id + ": " + node.html)),
  ...(document.documentElement.scrollWidth > innerWidth ? ["wider than the screen"] : []),
  ...[...document.querySelectorAll("a, button, summary")].flatMap((it) => {{
    const {{ width, height }} = it.getBoundingClientRect();
    return it.checkVisibility() && Math.min(width, height) < 44 ? ["too small: " + it.outerHTML] : [];
  }}),
])"""

_PARTS = ("#older", "#plain a", ".offer", "#open")
_NAME = ".screen .name"
_INSIDE = "!document.querySelector('[data-back]').hidden"
_CLOSED = "document.querySelector('[data-back]').hidden && !document.querySelector('[data-again]').hidden"


def reads_hello(person: Person) -> None:
    person.phone.goto(person.host.base + "/hello")
    person.phone.wait_until("!document.querySelector('[data-choose]').hidden", "the page did not come to life")


def starts_practising(person: Person) -> None:
    person.phone.click("[data-start] button")
    person.phone.wait_until("!document.querySelector('.screen').hidden", "the practice did not begin")


def is_told(person: Person, key: str) -> bool:
    """Whether the line that is read out says what the page has under this key."""
    told = f"document.querySelector('.said').textContent.includes(document.querySelector('[data-done]').dataset.{key})"
    return bool(person.phone.evaluate(told))


# --- leaving and going on -----------------------------------------------------------------------------------------


def test_leaving_leads_to_a_neutral_page_and_back_skips_this_one(person: Person, weather_host: Host) -> None:
    for button in ("#leave", ".card [data-leave]"):
        person.phone.goto(weather_host.base + "/before")
        reads_hello(person)

        person.phone.click(button)

        assert person.sees_the_weather()
        person.phone.back()
        assert person.phone.url == weather_host.base + "/before"


def test_nothing_is_left_on_screen_while_the_neutral_page_is_slow(person: Person, weather_host: Host) -> None:
    reads_hello(person)
    weather_host.slow(3)
    # A browser may answer no questions on its way to another page, so the page itself says what is left in it.
    # Kept alive, or a busy browser drops it together with the page.
    person.phone.evaluate(
        """void addEventListener("click", () =>
          fetch(`/up?left=${document.body.childNodes.length}`, { keepalive: true }))"""
    )

    person.phone.click("#leave")

    person.phone.wait_until(lambda: "/up?left=0" in person.host.asked, "the page was not emptied", seconds=2)
    person.phone.wait_until("document.title === 'Weather'")


def test_shift_three_times_leaves(person: Person) -> None:
    reads_hello(person)
    person.phone.press("Shift", 3)
    assert person.sees_the_weather()


def test_out_of_sight_it_shows_nothing_and_then_is_as_it_was(person: Person) -> None:
    reads_hello(person)
    starts_practising(person)
    seen = "getComputedStyle(document.querySelector('h1')).visibility"
    was = person.phone.evaluate("document.querySelector('#view').innerHTML")

    person.phone.hide()
    assert person.phone.evaluate(seen) == "hidden"

    person.phone.show()
    person.phone.wait_until(f"{seen} === 'visible'", "the page did not come back")
    assert person.phone.evaluate("document.querySelector('#view').innerHTML") == was


def test_a_browser_too_old_for_the_inside_is_told_so_first(shop: Shop, tmp_path: Path, host: Host) -> None:
    phone = shop.chromium(tmp_path / "profile")
    phone.page.add_init_script("delete window.DecompressionStream")
    person = Person(phone, host)
    reads_hello(person)
    assert person.sees("This phone needs a newer browser")
    order = [phone.evaluate(f"document.querySelector({part!r}).getBoundingClientRect().y") for part in _PARTS]
    assert order == sorted(order)


def test_opening_the_chosen_cover_takes_the_place_of_this_page(person: Person, weather_host: Host) -> None:
    person.phone.goto(weather_host.base + "/before")
    reads_hello(person)
    person.phone.click("[data-address='/sprout/'] [data-choose]")

    person.phone.click("#open")

    person.phone.wait_until("document.title === 'Sprout'", "the cover did not come up")
    assert person.phone.url == f"{person.host.base}/sprout/"
    person.phone.back()
    assert person.phone.url == weather_host.base + "/before"


def test_another_language_leaves_the_address_as_it_was(person: Person, weather_host: Host) -> None:
    person.phone.goto(weather_host.base + "/before")
    reads_hello(person)

    person.phone.click("[data-language][lang='es']")

    person.phone.wait_until("document.documentElement.lang === 'es'", "Spanish did not come")
    assert person.phone.title == "Hola"
    assert person.phone.url == person.host.base + "/hello"
    # And what came works as what was there before
    person.phone.click("[data-address='/pantry/'] [data-choose]")
    assert person.phone.evaluate("document.querySelector('#open').textContent") == "Abrir Pantry"
    starts_practising(person)
    person.phone.hold(_NAME, HOLD_SECONDS)
    person.phone.wait_until(_INSIDE, "the practice did not open")
    person.phone.back()
    assert person.phone.url == weather_host.base + "/before"


def test_without_a_network_the_language_stays_and_a_line_says_why(person: Person) -> None:
    reads_hello(person)
    person.host.stop()

    person.phone.click("[data-language][lang='es']")

    person.phone.wait_until("document.querySelector('#offline').textContent !== ''", "nothing was said")
    assert person.phone.title == "Hello"


def test_the_history_knows_this_page_and_the_cover_only(chromium_phone: ChromiumPhone, host: Host) -> None:
    person = Person(chromium_phone, host)
    reads_hello(person)
    chromium_phone.click("[data-language][lang='es']")
    chromium_phone.wait_until("document.documentElement.lang === 'es'")
    starts_practising(person)
    chromium_phone.hold(_NAME, HOLD_SECONDS)
    chromium_phone.click("[data-close]")
    chromium_phone.click("#open")
    chromium_phone.wait_until("document.title === 'Sip'")
    chromium_phone.close()

    visits = {visit.address for visit in chromium_history(chromium_phone.profile)}

    assert visits == {f"{host.base}/hello", f"{host.base}/sip/"}


# --- practising ---------------------------------------------------------------------------------------------------


def test_the_two_ways_can_be_practised_by_pointer(person: Person) -> None:
    reads_hello(person)
    starts_practising(person)
    assert is_told(person, "wayIn")

    person.phone.hold(_NAME, 0.7)
    assert not person.phone.evaluate(_INSIDE)
    person.phone.hold(_NAME, HOLD_SECONDS)
    person.phone.wait_until(_INSIDE, "holding the name did not open the practice")
    assert is_told(person, "there")
    assert is_told(person, "wayBack")

    person.phone.click("[data-close]")
    person.phone.wait_until(_CLOSED, "the practice did not close")
    assert is_told(person, "done")


def test_the_two_ways_can_be_practised_by_finger(android_person: Person) -> None:
    person = android_person
    reads_hello(person)
    person.phone.tap("[data-start] button")

    person.phone.touch_hold(_NAME, HOLD_SECONDS)
    person.phone.wait_until(_INSIDE, "holding the name did not open the practice")

    person.waits(0.5)
    person.phone.tap("[data-close]")
    person.phone.wait_until(_CLOSED, "the practice did not close")


@pytest.mark.parametrize("key", ["Enter", " "])
def test_the_two_ways_can_be_practised_by_keyboard(person: Person, key: str) -> None:
    reads_hello(person)
    person.phone.focus("[data-start] button")
    person.phone.press(key)
    assert person.phone.evaluate(f"document.activeElement.matches('{_NAME}')"), "the name has the focus"

    person.phone.hold_key(key, HOLD_SECONDS)
    person.phone.wait_until(_INSIDE, "holding the key did not open the practice")
    person.waits(0.3)
    assert person.phone.evaluate(_INSIDE), "the held key did not close it again"

    person.phone.press("Shift", 3)
    person.phone.wait_until(_CLOSED, "Shift did not close the practice")
    assert person.phone.title == "Hello"


def test_the_version_line_can_be_practised_by_keyboard(person: Person) -> None:
    reads_hello(person)
    starts_practising(person)
    person.phone.focus("[data-settings]")
    person.phone.press("Enter")
    for _ in range(5):
        person.phone.focus(".screen .version")
        person.phone.press("Enter")
    person.phone.wait_until(_INSIDE, "the version line did not open the practice")


# --- what it takes of the phone -----------------------------------------------------------------------------------


def test_it_keeps_nothing_and_asks_for_nothing(chromium_phone: ChromiumPhone, host: Host) -> None:
    person = Person(chromium_phone, host)
    complaints: list[str] = []
    chromium_phone.page.on("console", lambda message: complaints.append(message.text))
    chromium_phone.page.on("pageerror", lambda error: complaints.append(str(error)))
    reads_hello(person)
    host.asked.clear()

    chromium_phone.click("[data-address='/pantry/'] [data-choose]")
    starts_practising(person)
    chromium_phone.hold(_NAME, HOLD_SECONDS)
    chromium_phone.click("[data-close]")

    # The picture on the tab is the browser's own affair: it may come for it any time after the page has loaded.
    assert [address for address in host.asked if address != "/sip/icon.svg"] == []
    assert host.wire.cookies_set == []
    kept = "Promise.all([localStorage.length, sessionStorage.length, caches.keys(), indexedDB.databases()])"
    assert chromium_phone.evaluate(kept) == [0, 0, [], []]
    assert chromium_phone.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    assert complaints == []


def test_without_script_it_can_be_read_and_left(shop: Shop, tmp_path: Path, host: Host, weather_host: Host) -> None:
    phone = shop.chromium(tmp_path / "profile", flags=("--blink-settings=scriptEnabled=false",))
    phone.goto(host.base + "/hello")

    seen = phone.page.locator("body").inner_text()

    for words in ("scripts are turned off", "Open Pantry", "Your plan", "press and hold the name"):
        assert words in seen
    assert seen.count("Steady yourself") == 1, "the plain pages stand where they are needed, and only there"
    assert "Start practising" not in seen
    assert "Choose Sip" not in seen
    phone.page.locator("#leave").click()
    phone.page.wait_for_url(weather_host.base + "/")


@pytest.mark.parametrize("size", [*SIZES, (195, 422), (98, 211)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_way_out_is_always_on_top(android_person: Person, size: tuple[int, int]) -> None:
    """The last two are a phone's screen at 200 and 400 % zoom."""
    phone = android_person.phone
    phone.resize(*size)
    reads_hello(android_person)
    for part in ("0", "document.body.scrollHeight / 2", "document.body.scrollHeight"):
        phone.evaluate(f"void scrollTo(0, {part})")
        hit = """(() => {
          const leave = document.querySelector("#leave"), box = leave.getBoundingClientRect();
          const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return [leave === top, Math.min(box.width, box.height) >= 44];
        })()"""
        assert phone.evaluate(hit) == [True, True]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_everybody_can_use_it(shop: Shop, tmp_path: Path, host: Host, language: str, *, dark: bool) -> None:
    phone = shop.chromium(tmp_path / "profile", language=language, dark=dark)
    for size in SIZES:
        phone.resize(*size)
        meets_no_obstacle(Person(phone, host))


def meets_no_obstacle(person: Person) -> None:
    phone = person.phone
    reads_hello(person)
    phone.evaluate(AXE.read_text("utf-8") + "; void 0")
    phone.evaluate("document.querySelectorAll('details').forEach((it) => void (it.open = true))")

    assert obstacles(phone) == []
    starts_practising(person)
    phone.click("[data-settings]")
    assert obstacles(phone) == []
    phone.hold(_NAME, HOLD_SECONDS)
    assert phone.evaluate(_INSIDE)
    assert obstacles(phone) == []


def obstacles(phone: Phone) -> list[str]:
    """What axe finds, what is wider than the screen, and what a thumb could miss."""
    found: list[str] = phone.evaluate(_OBSTACLES)
    return found
