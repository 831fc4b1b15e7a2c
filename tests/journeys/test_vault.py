"""The passcode, as somebody at the phone meets it: asked for in the cover's dress, and answered without a word."""

import pytest

from tests.journeys.host import Host
from tests.journeys.keeper import CODE, CODE_IS_ASKED, SECOND, UNLOCK_SECONDS, Keeper
from tests.journeys.phone import Phone

# The app holds for five; a busy machine tells the page late that the press began.
HOLD_TO_REMOVE_SECONDS = 5.8
PLANTED = "blue door at nine"

_ABOVE_ALL = "document.querySelector('#main').innerText"


@pytest.fixture
def keeper(phone: Phone, host: Host) -> Keeper:
    """Somebody with each kind of phone in turn."""
    return Keeper(phone, host)


@pytest.fixture
def android_keeper(chromium_phone: Phone, host: Host) -> Keeper:
    return Keeper(chromium_phone, host)


def test_the_code_is_asked_for_before_anything_of_the_inside_is_in_the_page(keeper: Keeper) -> None:
    keeper.keeps_words_with(CODE)
    keeper.exits()
    keeper.opens("sip")

    keeper.knocks()

    heard = keeper.what_is_on_screen()
    assert "Code" in heard
    assert "One moment" not in heard
    assert not keeper.phone.evaluate("document.querySelector('#view h1') !== null")
    assert keeper.phone.title == "Sip"
    keeper.enters(CODE)
    assert keeper.is_in()


def test_a_wrong_code_shows_the_cover_and_says_nothing(keeper: Keeper) -> None:
    keeper.keeps_words_with(CODE)
    keeper.exits()
    keeper.opens("sip")
    before = keeper.phone.evaluate(_ABOVE_ALL)

    keeper.knocks()
    keeper.enters("000000")

    assert keeper.sees_the_cover_after_a_while()
    assert keeper.phone.evaluate(_ABOVE_ALL) == before
    assert keeper.phone.evaluate("document.querySelector('#notice').hidden")
    assert not keeper.phone.evaluate("document.querySelector('#settings').open")


def test_what_was_written_is_there_again_without_a_network(keeper: Keeper) -> None:
    keeper.keeps_words_with(CODE)
    keeper.writes_in_the_plan("home", PLANTED)
    keeper.exits()
    keeper.opens("sip")
    keeper.lets_it_settle_in()
    keeper.host.stop()

    keeper.comes_back()
    keeper.opens_a_part_of_the_plan("home")

    assert keeper.finds_written("#view [data-section=home] textarea") == PLANTED
    assert keeper.sees("Saved") is False, "nothing has been typed yet"
    # And what is written now is kept as well.
    keeper.writes("#view [data-section=home] textarea", "a new lock")
    keeper.waits_until_kept()
    keeper.exits()
    keeper.comes_back()
    keeper.opens_a_part_of_the_plan("home")
    assert keeper.finds_written("#view [data-section=home] textarea") == "a new lock"


def comes_to_the_history(keeper: Keeper, told: str) -> None:
    """Type the second code where the first is asked for, and look at what it opens."""
    keeper.knocks()
    keeper.enters(SECOND)

    keeper.phone.wait_until("document.querySelector('#history').open", "no history", seconds=UNLOCK_SECONDS)
    keeper.waits_until_nothing_moves()
    assert keeper.sees_the_cover()
    assert told in keeper.history()


def test_the_second_code_opens_what_the_cover_was_used_for_without_a_network(keeper: Keeper) -> None:
    keeper.opens("sip")
    keeper.presses("Add a glass")
    keeper.keeps_words_with(CODE)
    keeper.chooses_a_second_code(SECOND)
    keeper.exits()
    keeper.opens("sip")
    keeper.lets_it_settle_in()
    keeper.host.stop()

    comes_to_the_history(keeper, "250 ml")

    # From there anybody goes on as from any other screen of the cover.
    keeper.presses("Settings")
    keeper.phone.wait_until("document.querySelector('#settings').open", "no settings")
    keeper.presses("Done")
    assert keeper.sees_the_cover()


@pytest.mark.parametrize(("cover", "told"), [("sprout", "Waterings and notes"), ("pantry", "What you tick")])
def test_a_cover_that_was_not_used_yet_says_what_would_be_there(android_keeper: Keeper, cover: str, told: str) -> None:
    android_keeper.keeps_words_with(CODE)
    android_keeper.chooses_a_second_code(SECOND)
    android_keeper.exits()
    android_keeper.opens(cover)

    comes_to_the_history(android_keeper, told)


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


def test_with_no_time_chosen_each_look_away_locks(keeper: Keeper) -> None:
    keeper.keeps_words_with(CODE)
    keeper.locks_at_once_when_hidden()

    keeper.phone.hide()
    keeper.phone.show()

    assert keeper.sees_the_cover()
    keeper.knocks()
    keeper.enters(CODE)
    assert keeper.is_in()


def test_without_a_code_the_door_opens_as_it_did(android_keeper: Keeper) -> None:
    keeper = android_keeper
    keeper.keeps_words_without_a_code()
    keeper.exits()
    keeper.opens("sip")

    keeper.opens_the_door()

    assert not keeper.phone.evaluate(CODE_IS_ASKED)


@pytest.mark.parametrize("engine", ["webkit"], indirect=True)
def test_where_there_are_no_private_files_the_key_lies_with_the_words_and_the_view_says_so(keeper: Keeper) -> None:
    keeper.keeps_words_with(CODE)

    assert keeper.sees("no private place for one half of the key")
    assert keeper.device_files() == {}
    assert [len(key) for key in keeper.device_keys()] == [64]


def test_holding_the_button_over_the_empty_field_removes_everything_without_a_network(keeper: Keeper) -> None:
    keeper.keeps_words_with(CODE)
    keeper.exits()
    keeper.opens("sip")
    keeper.lets_it_settle_in()
    keeper.phone.evaluate("localStorage.setItem('own', 'kept')")
    keeper.host.stop()

    keeper.knocks()
    keeper.phone.hold("#gate [type=submit]", HOLD_TO_REMOVE_SECONDS)

    assert keeper.sees_the_cover()
    keeper.phone.wait_until(
        """(async () => {
          for (const name of await caches.keys())
            for (const { url } of await (await caches.open(name)).keys())
              if (new URL(url).pathname.startsWith("/b/")) return false;
          return true;
        })()""",
        "a pack stayed",
    )
    assert "own" in keeper.phone.evaluate("Object.keys(localStorage)")
    keeper.phone.reload()
    assert keeper.sees_the_cover()
    keeper.host.mend()
    keeper.opens("sip")
    keeper.opens_the_door()
    assert not keeper.phone.evaluate(CODE_IS_ASKED)


def test_everything_can_be_removed_from_inside_after_a_second_yes(keeper: Keeper) -> None:
    keeper.keeps_words_with(CODE)

    keeper.removes_everything()

    keeper.opens_the_door()
    assert not keeper.phone.evaluate(CODE_IS_ASKED)
