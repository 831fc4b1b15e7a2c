"""Circles: whose turn it is, and who may be nudged now, by a buddy's own clock."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tortoise import connections

from server.buddy_wishes import Wishes, write
from server.checkins.check_in import HOUR, Circle
from server.circles import (
    LOOK_AGAIN_SECONDS,
    Buddy,
    Known,
    circle_of,
    free_from,
    in_turn,
    read_circles,
    somebody_is_free,
)
from server.models import Tie
from server.sealing import HostSecrets
from server.settings import Settings
from server.ties import NewPair, make
from tests.factories import make_account, stopping_with

NIGHT: dict[str, Any] = {"quiet_from": "22:00", "quiet_to": "07:00"}
NOON: dict[str, Any] = {"quiet_from": "12:00", "quiet_to": "13:00"}


def at(text: str, zone: str = "Europe/Madrid") -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


# --- when somebody is free -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "free", "wishes"),
    [
        ("2026-11-26T21:59", "2026-11-26T21:59", NIGHT),
        ("2026-11-26T22:00", "2026-11-27T07:00", NIGHT),
        ("2026-11-27T06:59", "2026-11-27T07:00", NIGHT),
        ("2026-11-27T07:00", "2026-11-27T07:00", NIGHT),
        ("2026-11-26T12:30", "2026-11-26T13:00", NOON),
        ("2026-11-26T13:00", "2026-11-26T13:00", NOON),
        # A pause ends in the middle of the night, and quiet hours after it.
        ("2026-11-26T12:00", "2026-11-30T00:00", {"paused_until": date(2026, 11, 30)}),
        ("2026-11-26T12:00", "2026-11-30T07:00", {"paused_until": date(2026, 11, 30), **NIGHT}),
        ("2026-11-30T12:00", "2026-11-30T12:00", {"paused_until": date(2026, 11, 30), **NIGHT}),
        ("2026-11-26T12:00", "2026-11-26T12:00", {}),
    ],
)
@pytest.mark.parametrize("zone", ["Europe/Madrid", "America/Mexico_City", "Pacific/Auckland"])
def test_pauses_and_quiet_hours_count_in_the_buddys_own_zone(
    now: str, free: str, wishes: dict[str, Any], zone: str
) -> None:
    assert free_from(Wishes(zone=zone, **wishes), at(now, zone)) == at(free, zone)


@pytest.mark.parametrize(("evening", "hours"), [("2026-10-24T23:00", 9), ("2026-03-28T23:00", 7)])
def test_a_night_in_which_clocks_change_ends_by_the_clock(evening: str, hours: int) -> None:
    assert free_from(Wishes(zone="Europe/Madrid", **NIGHT), at(evening)) == at(evening) + hours * HOUR


def test_a_pause_without_an_end_has_no_end() -> None:
    assert free_from(Wishes(paused_until="turned_on"), 1) is None


# --- whose turn it is ------------------------------------------------------------------------------------------------


def test_the_rota_goes_on_after_whoever_was_asked_first_last_time() -> None:
    assert in_turn("CAB", None) == ["A", "B", "C"]
    assert in_turn("CAB", "A") == ["B", "C", "A"]
    assert in_turn("CAB", "C") == ["A", "B", "C"]
    # Also where that pair has ended since.
    assert in_turn("CA", "B") == ["C", "A"]


def test_over_many_rounds_everybody_carries_as_much() -> None:
    firsts, turn = [], None
    for _ in range(12):
        turn = in_turn("BCA", turn)[0]
        firsts.append(turn)
    assert {name: firsts.count(name) for name in "ABC"} == {"A": 4, "B": 4, "C": 4}


def test_who_is_free_is_asked_first_an_end_that_leads_nowhere_last_and_who_sleeps_is_waited_for() -> None:
    buddies = (
        Buddy("gone", is_stand_in=True, free_from=100),
        Buddy("late", is_stand_in=False, free_from=900),
        Buddy("later", is_stand_in=False, free_from=950),
        Buddy("never", is_stand_in=False, free_from=None),
        Buddy("now", is_stand_in=False, free_from=100),
    )
    circle = circle_of(Known(buddies, Wishes(together=True)), 100, opted_in=True)

    assert circle == Circle(opted_in=True, buddies=("now",), free_at=900, together=True)


def test_an_end_that_leads_nowhere_is_asked_only_where_nobody_real_can_still_come() -> None:
    gone = Buddy("gone", is_stand_in=True, free_from=100)
    now = Buddy("now", is_stand_in=False, free_from=100)
    paused = Buddy("paused", is_stand_in=False, free_from=None)

    assert circle_of(Known((gone, now), Wishes()), 100, opted_in=True).buddies == ("now", "gone")
    resting = circle_of(Known((gone, paused), Wishes()), 100, opted_in=True)
    assert (resting.buddies, resting.free_at) == ((), 100 + LOOK_AGAIN_SECONDS)


def test_whom_no_push_reaches_is_asked_after_all_others() -> None:
    buddies = [Buddy(name, is_stand_in=False, free_from=1, is_reached=name != "A") for name in "ABC"]
    assert circle_of(Known(tuple(buddies), Wishes()), 100, opted_in=True).buddies == ("B", "C", "A")


# --- from the database -----------------------------------------------------------------------------------------------

NOW = at("2026-11-26T23:00")


class Circles:
    """Somebody with buddies."""

    def __init__(self, secrets: HostSecrets) -> None:
        self.secrets, self.account = secrets, ""

    async def begin(self, buddies: int) -> list[str]:
        self.account = (await make_account()).id
        return [await self.buddy() for _ in range(buddies)]

    async def buddy(self) -> str:
        theirs = (await make_account()).id
        await make(self.secrets, NewPair(self.account, theirs, "c" * 22, bytes(3072)), 20_000)
        return theirs

    async def circle(self, *, opted_in: bool = True) -> Circle:
        return (await read_circles(self.secrets, {self.account: opted_in}, NOW))[self.account]

    async def free(self) -> bool:
        return await somebody_is_free(self.secrets, self.account, NOW)

    async def sleeps(self, account: str, **wishes: object) -> None:
        await write(self.secrets, account, Wishes(zone="Europe/Madrid").model_copy(update=wishes))

    async def stops(self, account: str) -> None:
        (tie,) = await Tie.filter(account_id=account).values_list("id", flat=True)
        await stopping_with(self.secrets).stop(account, str(tie), NOW)


@pytest.fixture
async def her(ready: Settings, database: object) -> Circles:
    return Circles(HostSecrets(ready.secret_file))


async def test_she_is_told_in_time_that_nobody_is_free_and_nobody_is_asked(her: Circles) -> None:
    first, second = await her.begin(2)
    assert await her.free()
    await her.sleeps(first, **NIGHT)
    assert await her.free()
    await her.sleeps(second, paused_until="turned_on")

    assert not await her.free()
    # The one sleeps until seven; the other may come back at any moment.
    assert await her.circle() == Circle(opted_in=True, free_at=NOW + LOOK_AGAIN_SECONDS)


async def test_somebody_without_a_buddy_is_told_of_nothing(her: Circles) -> None:
    await her.begin(0)
    assert await her.free()
    assert await read_circles(her.secrets, {her.account: True}, NOW) == {}


async def test_a_buddy_who_stopped_counts_as_free_and_is_asked_last_for_ever(her: Circles) -> None:
    first, second = await her.begin(2)
    ties = sorted(str(tie) for tie in await Tie.filter(account_id=her.account).values_list("id", flat=True))
    await her.stops(first)
    circle = await her.circle()
    assert sorted(circle.buddies) == ties

    await her.sleeps(second, paused_until="turned_on")
    assert (await her.circle()).buddies == ()
    assert await her.free()


@pytest.mark.parametrize("rest", [NIGHT, {"paused_until": "turned_on"}, {}])
async def test_a_buddy_who_rested_when_they_stopped_goes_on_resting(her: Circles, rest: dict[str, object]) -> None:
    """Whether anybody is free is told to her: it must not change in the moment in which somebody stops."""
    (buddy,) = await her.begin(1)
    await her.sleeps(buddy, **rest)
    before = (await her.free(), (await her.circle()).buddies)

    await her.stops(buddy)

    assert (await her.free(), (await her.circle()).buddies) == before


async def test_whom_somebody_looks_out_for_is_no_buddy_of_theirs(her: Circles) -> None:
    (buddy,) = await her.begin(1)
    assert await read_circles(her.secrets, {buddy: True}, NOW) == {}


async def test_many_circles_cost_as_many_questions_as_one(her: Circles, monkeypatch: pytest.MonkeyPatch) -> None:
    opted_in = {}
    for _ in range(5):
        await her.begin(3)
        opted_in[her.account] = True
    asked: list[object] = []
    connection = connections.get("default")
    asking: Any = connection.execute_query

    async def count(*words: object) -> object:
        asked.append(words)
        return await asking(*words)

    monkeypatch.setattr(connection, "execute_query", count)
    for some in (dict(list(opted_in.items())[:1]), opted_in):
        asked.clear()
        assert len(await read_circles(her.secrets, some, NOW + HOUR)) == len(some)
        assert len(asked) == 5
