"""What one look of the worker costs, with as many due among many accounts as among few (SQLite).

    .venv/bin/python -m bench.tick [many] [few] [due]

Goal: with 1,000 due, a look among 1,000,000 accounts takes at most 1.3 times as long as among 10,000, and the process
that looks stays below 200 MB. Half of those due are to be asked; of the others half have a check-in whose reminder is
due, and half one whose grace is over, and a buddy. One in ten of all has a buddy. A figure is the median of five looks,
each at rows of its own. The last line is JSON.
"""

import asyncio
import json
import os
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

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

ROUNDS = 5
GOAL, GOAL_MEGABYTES = 1.3, 200
START = 1_790_000_100  # a whole five minutes
APART = 300
FAR = START + 10 * 86_400


def main(many: int, few: int, due: int) -> bool:
    # The few first: what is measured is memory at its highest.
    took = {accounts: _measure(accounts, due) for accounts in (few, many)}
    ratio = took[many] / took[few]
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for accounts, seconds in took.items():
        print(f"{due} due among {accounts:>9,}: {seconds * 1000:7.0f} ms a look")
    print(f"ratio {ratio:.2f}, goal {GOAL}; {megabytes:.0f} MB, goal {GOAL_MEGABYTES}")
    print(json.dumps({"ratio": round(ratio, 3), "look_ms": round(took[many] * 1000), "megabytes": round(megabytes)}))
    return ratio <= GOAL and megabytes <= GOAL_MEGABYTES


def _measure(accounts: int, due: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder) / "data")
        prepare(settings)
        _fill(settings, accounts, due)
        # A host's disk is not busy with having written a million accounts a moment ago.
        os.sync()
        return asyncio.run(_look(settings))


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


def _fill(settings: Settings, accounts: int, due: int) -> None:
    """Rows as the server writes them; those that are not looked at share one sealed value, which nobody opens."""
    secrets = HostSecrets(settings.secret_file)
    with closing(sqlite3.connect(settings.own_database)) as connection, connection:
        names = [new_id() for _ in range(accounts)]
        connection.executemany("INSERT INTO account VALUES (?, x'00', 3000)", ((name,) for name in names))
        connection.executemany(
            "INSERT INTO schedule (id, account_id, sealed, next_due) VALUES (?, ?, ?, ?)",
            _schedules(secrets, names, due),
        )
        connection.executemany(
            "INSERT INTO check_in (id, account_id, day, number, state, due, sealed, erase_after) "
            "VALUES (?, ?, 1, 0, 2, ?, ?, NULL)",
            _check_ins(secrets, names, due),
        )
        connection.executemany(
            "INSERT INTO tie (id, account_id, is_hers, sealed) VALUES (?, ?, ?, ?)", _ties(secrets, names, due)
        )
        # Each is reached on one phone.
        connection.executemany("INSERT INTO device (id, account_id) VALUES (?, ?)", ((name, name) for name in names))
        connection.executemany(
            "INSERT INTO subscription (id, device_id, sealed, vapid_key) VALUES (?, ?, ?, 'x')",
            ((name, name, bytes(288)) for name in names),
        )


def _schedules(secrets: HostSecrets, names: list[str], due: int) -> Iterator[tuple[str, str, bytes, int]]:
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


def _check_ins(secrets: HostSecrets, names: list[str], due: int) -> Iterator[tuple[str, str, int, bytes]]:
    half = due // 2
    for number, name in enumerate(reversed(names)):
        if number >= ROUNDS * half:
            # One in ten has a check-in that is open and not due.
            if number % 10 == 0 and number < len(names) - ROUNDS * half:
                yield name, name, FAR, bytes(1568)
            continue
        moment = START + number // half * APART
        ladder = LadderSettings()
        is_over = number % 2 == 1
        asked_at = moment - (ladder.grace_minutes if is_over else ladder.reminder_minutes) * 60
        opened = open_check_in(name, FAR, ladder, asked_at).check_in
        kept = Kept(ladder=opened.changed(rung=Rung.REMINDED) if is_over else opened, asked_at=asked_at)
        plain = kept.model_dump_json().encode().ljust(1532)
        yield name, name, moment, secrets.seal(Place("check_in", "sealed", name), plain)


def _ties(secrets: HostSecrets, names: list[str], due: int) -> Iterator[tuple[str, str, bool, bytes]]:
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
    chosen = [int(word) for word in sys.argv[1:]]
    sys.exit(0 if main(*(chosen + [1_000_000, 10_000, 1000][len(chosen) :])) else 1)
