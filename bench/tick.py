"""What one look of the worker costs, with as many due among many accounts as among few (SQLite and PostgreSQL).

    .venv/bin/python -m bench.tick [sqlite|postgres|both] [many] [few] [due]

Goal: with 1,000 due, a look among 1,000,000 accounts takes at most 1.3 times as long as among 10,000, and the process
that looks stays below 200 MB. Half of those due are to be asked; of the others half have a check-in whose reminder is
due, and half one whose grace is over, and a buddy. One in ten of all has a buddy. A figure is the median of five looks,
each at rows of its own, in a process of its own. The PostgreSQL is the one that NIGHTJAR_TEST_POSTGRES names, or the
tests' own: its work is in the time and not in the memory, and counts as others'. The last line is JSON.
"""

import asyncio
import json
import multiprocessing
import os
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import asyncpg

from bench.parts.machine import Machine
from server.__main__ import prepare
from server.checkin_store import CheckInStore, Kept, Times
from server.checkins.check_in import LadderSettings, Rung
from server.checkins.ladder import open_check_in
from server.checkins.schedule import Schedule
from server.looking import look
from server.models import new_id
from server.sealing import HostSecrets, Place
from server.settings import Settings
from server.storage import Database
from server.ties import TieContents
from tests.server.postgres import fresh_database, postgres_server

ROUNDS = 5
GOAL, GOAL_MEGABYTES = 1.3, 200
START = 1_790_000_100  # a whole five minutes
APART = 300
FAR = START + 10 * 86_400
SIZES: Final = (1_000_000, 10_000, 1000)
Row = tuple[Any, ...]


class Looked(NamedTuple):
    """The median of some looks, and the most memory of the process that looked."""

    seconds: float
    megabytes: float


def main(databases: tuple[str, ...], many: int, few: int, due: int) -> bool:
    told, is_good = {}, True
    for database in databases:
        machine = Machine()
        with _server_of(database) as server:
            looked = {accounts: _measure(server, accounts, due) for accounts in (few, many)}
        ratio, megabytes = looked[many].seconds / looked[few].seconds, looked[many].megabytes
        for accounts, one in looked.items():
            print(f"{database:>8}: {due} due among {accounts:>9,}: {one.seconds * 1000:6.0f} ms a look")
        print(f"{database:>8}: ratio {ratio:.2f}, goal {GOAL}; {megabytes:.0f} MB, goal {GOAL_MEGABYTES}")
        print(machine.says())
        is_good = is_good and ratio <= GOAL and megabytes <= GOAL_MEGABYTES
        told[database] = {
            "ratio": round(ratio, 3),
            "look_ms": round(looked[many].seconds * 1000),
            "megabytes": round(megabytes),
        }
    print("reached" if is_good else "MISSED")
    print(json.dumps(told))
    return is_good


@contextmanager
def _server_of(database: str) -> Iterator[str | None]:
    if database == "sqlite":
        yield None
        return
    with postgres_server() as server:
        yield server


def _measure(server: str | None, accounts: int, due: int) -> Looked:
    with tempfile.TemporaryDirectory() as folder, _database_of(server) as address:
        settings = Settings(data=Path(folder) / "data", database_url=address)
        prepare(settings)
        if address:
            asyncio.run(_fill_postgres(settings, address, accounts, due))
        else:
            _fill_sqlite(settings, accounts, due)
        # A host's disk is not busy with having written a million accounts a moment ago.
        os.sync()
        # Whoever filled the tables has more in memory than a worker.
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as another_process:
            return another_process.submit(look_again_and_again, settings).result()


@contextmanager
def _database_of(server: str | None) -> Iterator[str | None]:
    if server is None:
        yield None
        return
    with fresh_database(server) as address:
        yield address


def look_again_and_again(settings: Settings) -> Looked:
    """Look in this process."""
    seconds = asyncio.run(_look(settings))
    return Looked(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


async def _look(settings: Settings) -> float:
    database, store = Database(settings), CheckInStore(HostSecrets(settings.secret_file))
    await database.start()
    try:
        took = []
        await look(store, START - APART)
        for number in range(ROUNDS):
            begun = time.perf_counter()
            await look(store, START + number * APART)
            took.append(time.perf_counter() - begun)
        return statistics.median(took)
    finally:
        await database.stop()


# --- rows as the server writes them; those that are not looked at share one sealed value, which nobody opens ---------


def _tables(settings: Settings, accounts: int, due: int) -> Iterator[tuple[str, tuple[str, ...], Iterator[Row]]]:
    secrets = HostSecrets(settings.secret_file)
    names = [new_id() for _ in range(accounts)]
    yield "account", ("id", "secret_digest", "active_week"), ((name, b"\0", 3000) for name in names)
    yield "schedule", ("id", "account_id", "sealed", "next_due"), _schedules(secrets, names, due)
    check_in = ("id", "account_id", "day", "number", "state", "due", "sealed", "erase_after")
    yield "check_in", check_in, _check_ins(secrets, names, due)
    yield "tie", ("id", "account_id", "is_hers", "sealed"), _ties(secrets, names, due)
    # Each is reached on one phone.
    yield "device", ("id", "account_id", "reach_lost"), ((name, name, False) for name in names)
    subscription = ("id", "device_id", "sealed", "vapid_key")
    yield "subscription", subscription, ((name, name, bytes(288), "x") for name in names)


def _fill_sqlite(settings: Settings, accounts: int, due: int) -> None:
    with closing(sqlite3.connect(settings.own_database)) as connection, connection:
        for table, columns, rows in _tables(settings, accounts, due):
            marks = ", ".join("?" * len(columns))
            connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)  # noqa: S608


async def _fill_postgres(settings: Settings, address: str, accounts: int, due: int) -> None:
    connection: Any = await asyncpg.connect(address)
    try:
        for table, columns, rows in _tables(settings, accounts, due):
            await connection.copy_records_to_table(table, records=rows, columns=columns)
        # What its own vacuum does in time, on a host whose accounts did not all come a moment ago.
        await connection.execute("VACUUM ANALYZE")
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()


def _schedules(secrets: HostSecrets, names: list[str], due: int) -> Iterator[Row]:
    half = due // 2
    for number, name in enumerate(names):
        is_asked, is_going_on = number < ROUNDS * half, number >= len(names) - ROUNDS * half
        if not is_asked and not is_going_on:
            yield name, name, bytes(544), FAR
            continue
        moment = START + number // half * APART if is_asked else FAR
        clock = time.strftime("%H:%M", time.gmtime(moment))
        times = Times(
            schedule=Schedule(zone="UTC", times=(clock,), days=(1, 2, 3, 4, 5, 6, 7)),
            ladder=LadderSettings(),
            nudge=is_going_on,
            seed=name,
            seen=moment - 86_400 + 420,
        )
        plain = times.model_dump_json().encode().ljust(508)
        yield name, name, secrets.seal(Place("schedule", "sealed", name), plain), moment


def _check_ins(secrets: HostSecrets, names: list[str], due: int) -> Iterator[Row]:
    half = due // 2
    for number, name in enumerate(reversed(names)):
        if number >= ROUNDS * half:
            # One in ten has a check-in that is open and not due.
            if number % 10 == 0 and number < len(names) - ROUNDS * half:
                yield name, name, 1, 0, 2, FAR, bytes(1568), None
            continue
        moment = START + number // half * APART
        ladder = LadderSettings()
        is_over = number % 2 == 1
        asked_at = moment - (ladder.grace_minutes if is_over else ladder.reminder_minutes) * 60
        opened = open_check_in(name, FAR, ladder, asked_at).check_in
        kept = Kept(ladder=opened.changed(rung=Rung.REMINDED) if is_over else opened, asked_at=asked_at)
        plain = kept.model_dump_json().encode().ljust(1532)
        yield name, name, 1, 0, 2, moment, secrets.seal(Place("check_in", "sealed", name), plain), None


def _ties(secrets: HostSecrets, names: list[str], due: int) -> Iterator[Row]:
    """A buddy for each whose check-in is due: the next in line. The other ends are never opened."""
    for number, name in enumerate(reversed(names)):
        if number < ROUNDS * (due // 2):
            theirs = new_id()
            for end, peer, account in ((name, theirs, name), (theirs, name, names[-number - 2])):
                contents = TieContents(peer=peer, card=name, agreed_day=1).model_dump_json().encode()
                yield end, account, end == name, secrets.seal(Place("tie", "sealed", end), contents)
        elif number % 10 == 0:
            yield name, name, True, bytes(288)


if __name__ == "__main__":
    which = sys.argv[1] if len(sys.argv) > 1 else "both"
    sizes = [int(word) for word in sys.argv[2:]]
    chosen = ("sqlite", "postgres") if which == "both" else (which,)
    sys.exit(0 if main(chosen, *(sizes + list(SIZES)[len(sizes) :])) else 1)
