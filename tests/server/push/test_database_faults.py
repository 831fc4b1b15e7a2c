"""A database that is locked or full: nothing is lost, nothing comes twice, and phones are told to come again."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from tortoise.exceptions import OperationalError

from server.models import CheckIn, Outbox
from server.settings import Settings
from server.storage import run_sql
from tests.factories import make_account
from tests.server.push.her import Days
from tests.server.push.push_service import Writer


@pytest.fixture(autouse=True)
async def impatient(days: Days) -> None:
    """Nobody waits five seconds for a lock that no test lets go of meanwhile."""
    assert days.service.heard == []
    await run_sql("PRAGMA busy_timeout = 20")


@contextmanager
def locked(settings: Settings) -> Iterator[None]:
    """Another program, such as a backup, writes and does not come to its end."""
    with closing(sqlite3.connect(settings.own_database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def test_while_the_database_is_locked_nothing_goes_out_and_afterwards_everything_once(days: Days) -> None:
    async with days.somebody() as her:
        await her.turn_on(times=["08:30"])
        await days.until("08:25")

        # When it is locked as her time comes
        with locked(days.settings):
            days.clock.at += 240
            with pytest.raises(OperationalError, match="locked"):
                await days.tick()
            assert days.service.heard == []

        # Then the prompt comes when it is free, once
        await days.until("08:50")
        assert [kind.name for _, kind, _ in days.came] == ["PROMPT"]


async def test_an_answer_that_meets_a_locked_database_is_refused_for_now_and_counts_when_it_comes_again(
    days: Days,
) -> None:
    async with days.somebody() as her:
        await her.turn_on(times=["08:30"])
        await days.until("09:00")

        with locked(days.settings):
            assert (await her.answer()).status_code == 500
        her.answers -= 1
        assert (await her.answer()).status_code == 204

        assert (await her.state())["open"] == []


async def test_what_went_out_as_the_database_locked_does_not_go_out_again(days: Days) -> None:
    # Given a database that another program locks at the moment at which the push service has a message
    async with days.somebody("lock/her") as her:
        await her.turn_on(times=["08:30"])
        other = sqlite3.connect(days.settings.own_database, isolation_level=None)

        async def take(writer: Writer) -> None:
            other.execute("BEGIN IMMEDIATE")
            writer.write(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()

        days.service.answers["lock"] = take
        with closing(other), pytest.raises(OperationalError, match="locked"):
            await days.until("09:00")
        assert len(days.service.heard) == 1

        # Then it is crossed out as soon as that can be written, and comes no second time
        await days.until("09:10")
        assert len(days.service.heard) == 1
        assert await Outbox.all().count() == 0


async def test_a_full_database_asks_nobody_by_halves_and_in_full_when_there_is_room(days: Days) -> None:
    # Given a database without room for another page
    async with days.somebody() as her:
        await her.turn_on(times=["08:30"])
        await days.until("08:20")
        pages = await fill_up()
        before = await CheckIn.all().count()

        # When her time comes
        with pytest.raises(OperationalError, match="full"):
            await days.until("08:45")

        # Then she has not been asked, not even by half, and is answered as far as nothing is to be written
        assert await CheckIn.all().count() == before
        assert await Outbox.all().count() == len(days.service.heard) == 0
        assert (await her.state())["open"] == []

        # And when there is room again, the prompt comes, once
        await run_sql(f"PRAGMA max_page_count = {pages + 1000}")
        await days.until("09:00")
        assert [kind.name for _, kind, _ in days.came] == ["PROMPT"]


async def fill_up() -> int:
    """Leave no free page, and no room in those that a check-in's row would go into; return how many there are."""
    account = await make_account()
    (pages,) = (await run_sql("PRAGMA page_count"))[0].values()
    await run_sql(f"PRAGMA max_page_count = {pages}")
    for size in (3000, 900, 300):
        try:
            for number in range(10_000):
                await CheckIn.create(
                    id=f"{size}.{number}", account=account, day=number, number=size, state=6, sealed=bytes(size)
                )
        except OperationalError:
            continue
    return int(pages)
