"""A phone that ends the browser while she types takes her last words at most."""

import random

from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.host import Host
from tests.journeys.keeper import CODE, Keeper
from tests.journeys.killed import Killing, kill_while_typing

ROUNDS = 5
# One, where the machine has nothing else to do: bench/killed_while_typing.py measures that.
MOST_LOST_SECONDS = 2.0


def test_what_is_lost_is_told_by_its_age() -> None:
    typed = ((0.0, "old"), (1.0, "old a"), (1.5, "old ab"), (2.0, "old abc"))
    assert Killing(typed, 2.1, "old abc", is_damaged=False).lost_seconds == 0
    assert round(Killing(typed, 2.1, "old a", is_damaged=False).lost_seconds, 3) == 0.6
    assert Killing(typed, 2.1, "ol", is_damaged=False).lost_seconds == float("inf")


def test_killed_while_she_types_nothing_kept_is_lost_and_no_more_than_the_last_words(
    chromium_phone: ChromiumPhone, host: Host
) -> None:
    keeper = Keeper(chromium_phone, host)
    keeper.keeps_words_with(CODE)
    keeper.lets_it_settle_in()
    chance = random.Random(3)  # noqa: S311 - moments, not keys

    rounds = [kill_while_typing(keeper, chance) for _ in range(ROUNDS)]

    assert [each.is_damaged for each in rounds] == [False] * ROUNDS
    assert max(each.lost_seconds for each in rounds) <= MOST_LOST_SECONDS
    # And the letters did come through, or all this would prove nothing.
    assert len(rounds[-1].found) > ROUNDS
