"""Once it is locked, nothing within reach of a script opens it or tells what it holds."""

from collections.abc import Callable

import pytest

from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.host import Host
from tests.journeys.insides import Insides
from tests.journeys.keeper import Keeper

# Nothing else in the page looks like these.
LONG_CODE = "836491205573"
WRONG_CODE = "735912064488"
IN_THE_PLAN = "zebra under the stairs"
IN_A_NOTE = "quince and marble"


def by_a_look_away(keeper: Keeper) -> None:
    keeper.phone.hide()
    keeper.phone.show()


def by_the_exit(keeper: Keeper) -> None:
    keeper.exits()


LEAVINGS = {"hidden with no time chosen": by_a_look_away, "exit without a network": by_the_exit}


@pytest.mark.parametrize("leaves", LEAVINGS.values(), ids=LEAVINGS)
def test_after_locking_the_heap_holds_no_words_no_code_and_no_key(
    chromium_phone: ChromiumPhone, host: Host, leaves: Callable[[Keeper], None]
) -> None:
    # Given words behind a code, chosen and typed in this very page
    keeper = Keeper(chromium_phone, host)
    insides = Insides(chromium_phone)
    keeper.keeps_words_with(LONG_CODE)
    keeper.locks_at_once_when_hidden()
    keeper.lets_it_settle_in()
    # Without a network the exit stays on the page, where its memory can be looked at.
    chromium_phone.connect(online=False)
    leaves(keeper)
    insides.watch_keys()
    keeper.knocks()
    keeper.enters(LONG_CODE)
    assert keeper.is_in()
    keeper.writes_in_the_plan("home", IN_THE_PLAN)
    keeper.writes_a_note(IN_A_NOTE)
    keeper.reads("start")
    keeper.reads("notes")
    keeper.phone.wait_until("document.querySelector('#view .note') !== null", "the note is not there")

    # As long as it is open, all of it is there: the search is worth something
    open_heap = insides.snapshot()
    assert IN_THE_PLAN in open_heap
    assert IN_A_NOTE in open_heap
    assert insides.keys() > 0
    assert insides.key_bytes() == 1

    # When it is locked
    leaves(keeper)
    assert keeper.sees_the_cover()

    # Then nothing is
    heap = insides.snapshot()
    assert IN_THE_PLAN not in heap
    assert IN_A_NOTE not in heap
    assert LONG_CODE not in heap
    typed = insides.typed()
    assert LONG_CODE not in typed
    assert IN_A_NOTE not in typed
    assert insides.key_bytes() == 0
    assert insides.keys() == 0


def test_a_code_that_was_wrong_is_not_held_either(chromium_phone: ChromiumPhone, host: Host) -> None:
    keeper = Keeper(chromium_phone, host)
    insides = Insides(chromium_phone)
    keeper.keeps_words_with(LONG_CODE)
    keeper.exits()
    keeper.opens("sip")
    keeper.knocks()
    keeper.writes("#code", WRONG_CODE)
    assert WRONG_CODE in insides.typed()

    keeper.phone.press("Enter")

    assert keeper.sees_the_cover_after_a_while()
    assert WRONG_CODE not in insides.typed()
    assert WRONG_CODE not in insides.snapshot()
