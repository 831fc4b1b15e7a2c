"""Stopping outlasts everything: a power cut, an erased account, a host's database from the day before."""

import signal
import sqlite3
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from starlette.applications import Starlette

from server.app import wire_app
from server.models import Account, Tie
from server.retention import erase_what_is_due
from server.settings import Settings
from server.stopped import StoppedFile
from server.storage import Database
from tests.factories import NOW
from tests.server import terminal
from tests.server.people import Someone, answer_at_once, as_text, pair, someone
from tests.server.prepared import phone_of
from tests.server.terminal import nightjar

DAY = 86_400


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    answer_at_once(monkeypatch)


@asynccontextmanager
async def started(settings: Settings, standing_app: Starlette) -> AsyncIterator[Starlette]:
    """The host's app from its start to its stop."""
    app = wire_app(settings, standing_app.state.site)
    async with app.router.lifespan_context(app):
        yield app


@asynccontextmanager
async def back_again(app: Starlette, number: int, account: str) -> AsyncIterator[Someone]:
    """Somebody whose phone signs in to a server that knows its account."""
    async with phone_of(app, f"203.0.{number}.7") as phone:
        secret = as_text(bytes([number]) * 32)
        assert (await phone.post("/s/in", json={"account": account, "secret": secret})).status_code == 200
        yield Someone(phone, account)


def copy_database(settings: Settings, into: Path) -> None:
    with closing(sqlite3.connect(settings.own_database)) as source, closing(sqlite3.connect(into)) as target:
        source.backup(target)


def restore_database(settings: Settings, copy: Path) -> None:
    for file in settings.data.glob("nightjar.sqlite3*"):
        file.unlink()
    settings.own_database.write_bytes(copy.read_bytes())


@pytest.mark.parametrize("who", ["her", "buddy", "erased"])
async def test_no_pair_comes_back_with_a_database_from_the_day_before(
    ready: Settings, standing_app: Starlette, tmp_path: Path, who: str
) -> None:
    # Given a pair, a copy of the database, and somebody who stops after it was made
    async with started(ready, standing_app) as app, someone(app, 1) as her, someone(app, 2) as buddy:
        hers, theirs = await pair(her, buddy)
        copy_database(ready, tmp_path / "copy")
        if who == "erased":
            assert (await her.asks("/s/clear")).status_code == 204
        else:
            await (her.stops(hers) if who == "her" else buddy.stops(theirs))

    # When the host puts the copy back and starts
    restore_database(ready, tmp_path / "copy")
    assert rows_of(ready) == {hers, theirs}
    async with started(ready, standing_app) as app:
        # Then the end that was cut is gone before anybody is served, and the other leads nowhere and holds no note
        gone, left = (theirs, hers) if who == "buddy" else (hers, theirs)
        assert rows_of(ready) == {left}
        assert (await Tie.get(id=left)).notes is None
        number, account = (1, her.account) if who == "buddy" else (2, buddy.account)
        async with back_again(app, number, account) as staying:
            circle = await staying.circle()
            assert [tie["id"] for tie in circle["hers"] + circle["theirs"]] == [left]
        assert gone not in rows_of(ready)


def rows_of(settings: Settings) -> set[str]:
    with closing(sqlite3.connect(settings.own_database)) as connection:
        return {row[0] for row in connection.execute("SELECT id FROM tie")}


async def test_the_worker_alone_clears_a_restored_database_too(
    ready: Settings, standing_app: Starlette, tmp_path: Path
) -> None:
    async with started(ready, standing_app) as app, someone(app, 1) as her, someone(app, 2) as buddy:
        hers, theirs = await pair(her, buddy)
        copy_database(ready, tmp_path / "copy")
        await her.stops(hers)
    restore_database(ready, tmp_path / "copy")

    # When a worker starts, and is stopped at once
    ended = nightjar_for_a_moment(ready)

    assert rows_of(ready) == {theirs}, ended


def nightjar_for_a_moment(settings: Settings) -> str:
    process = subprocess.Popen(
        terminal._words("worker"),
        cwd=terminal.PROJECT,
        env=terminal._environment({"data": settings.data}),
        stdout=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 20
    while len(rows_of(settings)) == 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    return process.communicate(timeout=20)[0]


async def test_a_stop_that_a_power_cut_broke_off_is_carried_out_at_the_next_start(
    ready: Settings, standing_app: Starlette
) -> None:
    # Given one that was written down, and then the power went
    async with started(ready, standing_app) as app, someone(app, 1) as her, someone(app, 2) as buddy:
        hers, theirs = await pair(her, buddy)
    StoppedFile(ready.stopped_file).note([hers], NOW // DAY)

    async with started(ready, standing_app):
        assert rows_of(ready) == {theirs}


async def test_who_erases_their_account_leaves_a_stand_in_and_no_note(ready: Settings, standing_app: Starlette) -> None:
    async with started(ready, standing_app) as app, someone(app, 1) as her, someone(app, 2) as buddy:
        hers, theirs = await pair(her, buddy)
        before = (await her.phone.get("/s/circle")).content

        assert (await buddy.asks("/s/clear")).status_code == 204

        assert rows_of(ready) == {hers}
        assert (await Tie.get(id=hers)).notes is None
        assert (await her.phone.get("/s/circle")).content == before
        assert StoppedFile(ready.stopped_file).finder()(theirs)


async def test_who_was_away_for_too_long_leaves_their_pairs_likewise(ready: Settings, standing_app: Starlette) -> None:
    async with started(ready, standing_app) as app, someone(app, 1) as her, someone(app, 2) as buddy, someone(app, 3):
        hers, theirs = await pair(her, buddy)
        week = (await Account.get(id=her.account)).active_week
        await Account.exclude(id=her.account).update(active_week=week - 40)
        now = (week + 1) * 7 * DAY

        # Somebody's buddy, whom nobody had to ask, may stay away for more than a year.
        assert (await erase_what_is_due(now, app.state.stopping, idle_days=90)).accounts == 1
        assert rows_of(ready) == {hers, theirs}
        await Account.filter(id=buddy.account).update(active_week=week - 60)

        assert (await erase_what_is_due(now, app.state.stopping, idle_days=90)).accounts == 1
        assert rows_of(ready) == {hers}
        assert (await Tie.get(id=hers)).notes is None
        assert StoppedFile(ready.stopped_file).finder()(theirs)


# --- the host closes an account ---------------------------------------------------------------------------------------


async def test_the_host_closes_an_account_by_its_id_alone(ready: Settings, standing_app: Starlette) -> None:
    async with started(ready, standing_app) as app, someone(app, 1) as her, someone(app, 2) as buddy:
        hers, theirs = await pair(her, buddy)

    closed = nightjar(f"close {buddy.account}", data=ready.data)

    assert (closed.returncode, closed.stdout) == (0, "closed\n"), closed.stderr
    assert rows_of(ready) == {hers}
    assert StoppedFile(ready.stopped_file).finder()(theirs)
    again = nightjar(f"close {buddy.account}", data=ready.data)
    assert (again.returncode, again.stdout) == (1, "there is no account of that id\n")


async def test_an_id_that_begins_with_a_dash_is_an_id(ready: Settings, database: Database) -> None:
    await Account.create(id="-" + "a" * 21, secret_digest=b"", active_week=1)

    assert nightjar(f"close -{'a' * 21}", data=ready.data).stdout == "closed\n"
    assert await Account.all().count() == 0
