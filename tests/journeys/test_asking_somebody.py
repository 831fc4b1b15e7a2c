"""She asks somebody to look out for her, from the two questions to a pair and to its end, with a real server."""

from collections.abc import Callable

import pytest

from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.friend import friend_told
from tests.journeys.host import Host
from tests.journeys.keeper import Keeper
from tests.journeys.test_accessibility import faults
from tests.pairing import from_name

KEYS_SECONDS = 30.0
NAME, NOTE, HOURS = "Rosa from the choir", "Call me about the recipe", "weekdays before four"


class Asker(Keeper):
    def comes_to_people(self) -> None:
        self.keeps_words_without_a_code()
        self.reads("start")
        self.reads("buddies")
        self.waits_for("[data-nobody]")

    def waits_for(self, selector: str) -> None:
        shown = f"document.querySelector('#view {selector}')?.closest('[hidden]') === null"
        self.phone.wait_until(shown, f"{selector} is not shown", seconds=KEYS_SECONDS)

    def comes_to(self, part: str) -> None:
        self.waits_for(f"[data-part={part}]")

    def makes_words(self, name: str = NAME) -> bytes:
        """Go through all steps before the eight words, and give what they are made of."""
        self.reads("invite")
        self.comes_to("begin")
        self.phone.click("[data-part=begin] [data-to]")
        self.phone.click("[data-part=sees] [data-to=ask]")
        self.writes("#called", name)
        self.writes("#hours", HOURS)
        self.phone.press("Enter")
        self.comes_to("notes")
        self.writes("[data-part=notes] [data-kind='0'] textarea", NOTE)
        self.phone.click("#view [data-make]")
        self.comes_to("words")
        return from_name(str(self.phone.evaluate("document.querySelector('[data-link]').value.split('#')[1]")))

    def numbers(self) -> list[int]:
        found: list[int] = self.phone.evaluate(
            "[...document.querySelectorAll('#view [data-same-number]')].map((spot) => Number(spot.textContent))"
        )
        return found


@pytest.fixture
def asker(chromium_phone: ChromiumPhone, host: Host) -> Asker:
    return Asker(chromium_phone, host)


def test_somebody_says_yes_and_is_stopped_again_without_a_trace_at_the_other_end(asker: Asker, host: Host) -> None:
    # Given eight words, told to somebody
    asker.comes_to_people()
    secret = asker.makes_words()
    with friend_told(host.base, secret) as friend:
        assert friend.asks == {"silence": True, "company": True, "noOfficers": False, "hours": HOURS}

        # When they say yes, and both compare four numbers
        friend.says_yes()
        asker.comes_to("compare")
        assert asker.numbers() == friend.numbers()
        assert friend.looks_out_for() == 0, "nothing before she has said that they match"
        asker.phone.click("#view [data-match]")
        asker.comes_to("done")

        # Then there is a pair, by the name that only her phone knows
        assert friend.looks_out_for() == 1
        asker.phone.click("[data-part=done] [data-go=buddies]")
        asker.waits_for("[data-stop]")
        assert asker.sees(NAME)

        # And one tap ends it here, while there they see what they saw
        asker.phone.click("#view [data-stop]")
        asker.waits_for("[data-said=stopped]")
        assert not asker.sees(NAME)
        assert friend.looks_out_for() == 1


def test_not_right_now_is_told_kindly(asker: Asker, host: Host) -> None:
    asker.comes_to_people()
    with friend_told(host.base, asker.makes_words()) as friend:
        friend.says_not_right_now()
    asker.comes_to("declined")
    assert asker.sees("not about you")


def test_words_that_were_taken_back_lead_nowhere(asker: Asker, host: Host) -> None:
    asker.comes_to_people()
    secret = asker.makes_words()
    asker.phone.click("#view [data-drop]")
    asker.waits_for("[data-said=dropped]")
    with pytest.raises(Exception, match="404"), friend_told(host.base, secret):
        pass


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_at_any_step(asker: Asker, host: Host, dark: bool) -> None:  # noqa: FBT001
    phone = asker.phone
    assert isinstance(phone, ChromiumPhone)
    phone.page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")

    def is_sound(where: str) -> None:
        phone.evaluate("document.querySelectorAll('#view details').forEach((part) => { part.open = true; })")
        assert faults(phone) == [], where

    def gives_a_name() -> None:
        asker.writes("#called", NAME)
        phone.press("Enter")

    asker.comes_to_people()
    is_sound("nobody")
    asker.reads("invite")
    asker.comes_to("begin")
    phone.click("#view [name=tell][value=maybe]")
    steps: list[tuple[str, Callable[[], None]]] = [
        ("begin", lambda: phone.click("[data-part=begin] [data-to]")),
        ("sees", lambda: phone.click("[data-part=sees] [data-to=ask]")),
        ("ask", gives_a_name),
        ("notes", lambda: phone.click("#view [data-make]")),
    ]
    for part, go_on in steps:
        asker.comes_to(part)
        is_sound(part)
        go_on()
    asker.comes_to("words")
    is_sound("words")
    secret = from_name(str(phone.evaluate("document.querySelector('[data-link]').value.split('#')[1]")))
    with friend_told(host.base, secret) as friend:
        friend.says_yes()
    asker.comes_to("compare")
    is_sound("compare")
    phone.click("#view [data-match]")
    asker.comes_to("done")
    is_sound("done")
    phone.click("[data-part=done] [data-go=buddies]")
    asker.waits_for("[data-stop]")
    is_sound("somebody")
