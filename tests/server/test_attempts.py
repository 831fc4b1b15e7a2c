"""Growing delays: who tries again and again waits longer and longer, and nobody else does."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from server.attempts import FOR_A_NETWORK, FOR_AN_ACCOUNT, Attempts, count_in_memory, count_together, network_of
from server.errors import SettingsError, TooOftenError
from tests.factories import NOON

Pass = Callable[[float], None]


@pytest.fixture
def seconds_pass(monkeypatch: pytest.MonkeyPatch) -> Pass:
    """A clock that moves only when told."""
    at = NOON.timestamp()
    monkeypatch.setattr(time, "time", lambda: at)
    monkeypatch.setattr("server.attempts.now", lambda: datetime.fromtimestamp(at, UTC))

    def move(seconds: float) -> None:
        nonlocal at
        at += seconds

    return move


@pytest.fixture
def attempts(seconds_pass: Pass) -> Attempts:
    return count_in_memory()


async def wait_of(attempts: Attempts, who: str = "a") -> int:
    """Try once more: 0 if that is allowed, else how long to wait."""
    try:
        await attempts.count("enter", who, FOR_AN_ACCOUNT)
    except TooOftenError as refusal:
        return refusal.seconds
    return 0


async def test_a_few_attempts_are_free_and_each_further_one_costs_twice_the_wait(
    attempts: Attempts, seconds_pass: Pass
) -> None:
    for _ in range(FOR_AN_ACCOUNT.free):
        assert await wait_of(attempts) == 0

    # Each time the wait is over one more attempt is allowed, and the next wait is twice as long.
    waits = []
    for _ in range(14):
        assert await wait_of(attempts) == 0
        waits.append(await wait_of(attempts))
        seconds_pass(waits[-1])
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]


async def test_asking_while_one_has_to_wait_makes_the_wait_no_longer(attempts: Attempts, seconds_pass: Pass) -> None:
    for _ in range(FOR_AN_ACCOUNT.free + 5):
        await wait_of(attempts)
        seconds_pass(20)
    await wait_of(attempts)
    first = await wait_of(attempts)

    seconds_pass(3)

    assert [await wait_of(attempts) for _ in range(50)] == [first - 3] * 50


async def test_one_account_waits_and_another_does_not(attempts: Attempts) -> None:
    for _ in range(20):
        await wait_of(attempts, "a")

    assert await wait_of(attempts, "a") > 0
    assert await wait_of(attempts, "b") == 0


async def test_the_right_attempt_makes_all_wrong_ones_before_it_forgotten(
    attempts: Attempts, seconds_pass: Pass
) -> None:
    for _ in range(FOR_AN_ACCOUNT.free + 1):
        await wait_of(attempts)

    await attempts.forget("enter", "a")

    assert [await wait_of(attempts) for _ in range(FOR_AN_ACCOUNT.free)] == [0] * FOR_AN_ACCOUNT.free


async def test_people_behind_one_address_who_get_it_right_never_wait(attempts: Attempts) -> None:
    # Given a refuge in which many sign in
    for _ in range(10 * FOR_A_NETWORK.free):
        await attempts.count("enter", "198.51.100.0/24", FOR_A_NETWORK)
        await attempts.forgive("enter", "198.51.100.0/24")


async def test_after_a_day_everything_is_forgotten(attempts: Attempts, seconds_pass: Pass) -> None:
    for _ in range(FOR_AN_ACCOUNT.free):
        await wait_of(attempts)

    seconds_pass(24 * 3600)

    assert [await wait_of(attempts) for _ in range(FOR_AN_ACCOUNT.free)] == [0] * FOR_AN_ACCOUNT.free


async def test_a_hundred_attempts_at_once_are_a_hundred(attempts: Attempts) -> None:
    waits = await asyncio.gather(*(wait_of(attempts) for _ in range(100)))

    assert waits.count(0) <= FOR_AN_ACCOUNT.free + 1


async def test_what_is_counted_is_kept_under_names_that_tell_nothing(attempts: Attempts) -> None:
    for _ in range(10):
        with pytest.raises(TooOftenError) if _ > FOR_AN_ACCOUNT.free else _nothing():
            await attempts.count("enter", "198.51.100.0/24", FOR_AN_ACCOUNT)

    kept = str(vars(attempts._storage))
    assert "198.51" not in kept
    assert "enter" not in kept


class _nothing:  # noqa: N801 - stands where a context is asked for
    def __enter__(self) -> None: ...
    def __exit__(self, *_: object) -> None: ...


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("203.0.113.1", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("127.0.0.1", None),
        ("::1", None),
        ("::ffff:127.0.0.1", None),
        ("", None),
        ("somewhere", None),
        (None, None),
    ],
)
def test_a_network_is_all_that_is_taken_from_an_address(address: str | None, network: str | None) -> None:
    assert network_of(address) == network


async def test_where_nobody_knows_who_comes_nobody_has_to_wait(attempts: Attempts) -> None:
    for _ in range(10 * FOR_A_NETWORK.free):
        await attempts.count("enter", None, FOR_A_NETWORK)


def test_a_store_that_cannot_be_used_is_said_without_its_password() -> None:
    with pytest.raises(SettingsError, match=r"^NIGHTJAR_COUNTERS_URL: ") as refusal:
        count_together("valkey://:sesame@127.0.0.1:1/0", bytes(32))

    assert "sesame" not in str(refusal.value)
