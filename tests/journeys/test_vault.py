"""The passcode, as somebody at the phone meets it: asked for in the cover's dress, and answered without a word."""

import pytest

from tests.journeys.host import Host
from tests.journeys.person import HOLD_SECONDS, Person
from tests.journeys.phone import Phone

CODE = "836491"
SECOND = "907351"
# The app holds for five; a busy machine tells the page late that the press began.
HOLD_TO_REMOVE_SECONDS = 5.8
UNLOCK_SECONDS = 20.0

_ASKED = "document.querySelector('#gate form') !== null"


class Keeper(Person):
    """Somebody who keeps words on the phone."""

    def comes_to_the_safe(self) -> None:
        """Come in for the first time and read on to where keeping is set up."""
        self.opens("sip")
        self.opens_the_door()
        self.phone.click("#view [data-seen]")
        self.phone.wait_until("""document.querySelector('#view [data-go="safe"]') !== null""", "no way to the safe")
        self.reads("safe")
        self.phone.wait_until("document.querySelector('[data-when~=absent]:not([hidden])') !== null", "not asked")

    def keeps_words_with(self, code: str) -> None:
        self.comes_to_the_safe()
        self.types_twice("make", code)

    def types_twice(self, purpose: str, code: str) -> None:
        """Choose a code in one of the forms, and wait until it counts."""
        for field in ("one", "again"):
            self.writes(f"#{purpose}-{field}", code)
        self.phone.press("Enter")
        self.phone.wait_until(
            "document.querySelector('[data-said]').textContent !== ''", "nothing was said", seconds=UNLOCK_SECONDS
        )

    def knocks(self) -> None:
        """Hold the title until the code is asked for."""
        self.phone.hold("#title", HOLD_SECONDS)
        self.phone.wait_until(_ASKED, "no code was asked for")

    def enters(self, code: str) -> None:
        self.writes("#code", code)
        self.phone.press("Enter")

    def is_in(self) -> bool:
        return self.holds("document.querySelector('#view h1') !== null", UNLOCK_SECONDS)


@pytest.fixture
def keeper(chromium_phone: Phone, host: Host) -> Keeper:
    return Keeper(chromium_phone, host)


def test_the_code_is_asked_for_before_anything_of_the_inside_is_in_the_page(keeper: Keeper) -> None:
    keeper.keeps_words_with(CODE)
    keeper.exits()
    keeper.opens("sip")

    keeper.knocks()

    heard = keeper.what_is_on_screen()
    assert "Code" in heard
    assert "One moment" not in heard
    assert not keeper.phone.evaluate("document.querySelector('#view h1')")
    assert keeper.phone.title == "Sip"
    keeper.enters(CODE)
    assert keeper.is_in()


def test_a_wrong_code_shows_the_cover_and_says_nothing(keeper: Keeper) -> None:
    keeper.keeps_words_with(CODE)
    keeper.exits()
    keeper.opens("sip")
    before = keeper.what_is_on_screen()

    keeper.knocks()
    keeper.enters("000000")

    keeper.phone.wait_until("document.querySelector('#room').hidden", "the cover stayed away", seconds=UNLOCK_SECONDS)
    assert keeper.sees_the_cover()
    assert keeper.what_is_on_screen() == before


def test_the_second_code_opens_the_settings_of_the_cover(keeper: Keeper) -> None:
    keeper.keeps_words_with(CODE)
    keeper.phone.click("summary:has(+ [data-for=second])")
    keeper.types_twice("second", SECOND)
    keeper.exits()
    keeper.opens("sip")

    keeper.knocks()
    keeper.enters(SECOND)

    keeper.phone.wait_until("document.querySelector('#settings').open", "no settings", seconds=UNLOCK_SECONDS)
    assert keeper.sees_the_cover()
    keeper.phone.click("#settings form button")


def test_back_in_time_needs_no_code_and_after_close_it_does(keeper: Keeper) -> None:
    keeper.keeps_words_with(CODE)
    keeper.phone.hide()
    keeper.phone.show()
    assert keeper.sees_the_cover()

    keeper.opens_the_door()
    assert keeper.is_in()

    keeper.exits()
    keeper.opens("sip")
    keeper.knocks()


def test_without_a_code_the_door_opens_as_it_did(keeper: Keeper) -> None:
    keeper.comes_to_the_safe()
    keeper.phone.click("[data-free]")
    keeper.phone.wait_until("document.querySelector('[data-said]').textContent !== ''", "nothing was said")
    keeper.exits()
    keeper.opens("sip")

    keeper.opens_the_door()

    assert not keeper.phone.evaluate(_ASKED)


def test_holding_the_button_over_the_empty_field_removes_everything_without_a_network(keeper: Keeper) -> None:
    keeper.keeps_words_with(CODE)
    keeper.exits()
    keeper.opens("sip")
    keeper.lets_it_settle_in()
    keeper.phone.evaluate("localStorage.setItem('own', 'kept')")
    keeper.phone.connect(online=False)

    keeper.knocks()
    keeper.phone.hold("#gate [type=submit]", HOLD_TO_REMOVE_SECONDS)

    assert keeper.sees_the_cover()
    left = keeper.phone.evaluate(
        """(async () => {
          const addresses = [];
          for (const name of await caches.keys())
            for (const { url } of await (await caches.open(name)).keys()) addresses.push(new URL(url).pathname);
          return { addresses, keys: Object.keys(localStorage) };
        })()"""
    )
    assert not [address for address in left["addresses"] if address.startswith("/b/")]
    assert "own" in left["keys"]
    keeper.phone.reload()
    assert keeper.sees_the_cover()
    keeper.phone.connect(online=True)
    keeper.opens("sip")
    keeper.opens_the_door()
    assert not keeper.phone.evaluate(_ASKED)


def test_everything_can_be_removed_from_inside_after_a_second_yes(keeper: Keeper) -> None:
    keeper.keeps_words_with(CODE)
    keeper.reads("remove")

    keeper.phone.click("[data-ask]")
    keeper.phone.click("[data-remove]")

    assert keeper.sees_the_cover()
    keeper.opens_the_door()
    assert not keeper.phone.evaluate(_ASKED)
