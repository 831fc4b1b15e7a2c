"""How long after it is due the last buddy is nudged, with many pairs in one bad morning (SQLite, one worker).

    .venv/bin/python -m bench.nudges [pairs] [missed in a hundred]

Goal: of 10,000 pairs in a morning in which 30 in a hundred miss their check-in, all buddies are nudged within 60 s of
when it is due, none twice. Grace ends for all of those at the same moment, a second after the worker has looked, which
is the worst there is. The push service, that of `bench/burst.py`, shares this machine. The last line is JSON.
"""

import asyncio
import json
import math
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import HttpUrl

from bench.burst import SINK, count
from bench.tick import START
from server.__main__ import prepare
from server.checkin_store import Kept, Times
from server.checkins.check_in import DAY, LadderSettings, Rung
from server.checkins.ladder import open_check_in
from server.checkins.schedule import Schedule
from server.models import new_id
from server.push.vapid import KeyFile
from server.sealing import HostSecrets, Place
from server.settings import Settings
from server.storage import Database
from server.ties import NOTES_BYTES, TieContents
from server.worker import Worker
from tests.server.push.phone import Phone

GOAL_SECONDS = 60
GIVE_UP_SECONDS = 300


def main(pairs: int, missed: int) -> bool:
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen([sys.executable, "-c", SINK], stdout=subprocess.PIPE, text=True) as sink,
    ):
        assert sink.stdout
        port = int(sink.stdout.readline())
        origin = f"http://127.0.0.1:{port}"
        settings = Settings(data=Path(folder) / "data", push_service=HttpUrl(origin))
        prepare(settings)
        fill(settings, origin, pairs=pairs, missed=missed, due=START)
        os.sync()
        expected = pairs * missed // 100
        seconds = asyncio.run(_nudge(settings, port, expected))
        came, twice = count(port)
        sink.terminate()
    print(f"{came} of {expected} buddies of {pairs} pairs nudged {seconds:.1f} s after it was due, {twice} twice")
    print(json.dumps({"seconds": round(seconds, 1), "nudged": came, "twice": twice}))
    return came == expected and twice == 0 and seconds <= GOAL_SECONDS


async def _nudge(settings: Settings, port: int, expected: int) -> float:
    """Let a worker live through the minute after the due moment; return when the last nudge came, in seconds."""
    database = Database(settings)
    await database.start()
    begun = time.time() + 1
    keys = KeyFile(settings.data, settings.contact)
    worker = Worker(
        settings, HostSecrets(settings.secret_file), keys, clock=lambda: START + math.floor(time.time() - begun)
    )
    try:
        # Looked at a second before, so that no outage is found, and the next look is a whole pause away.
        await worker.look()
        worker.start()
        end = begun + GIVE_UP_SECONDS
        while time.time() < end and (await asyncio.to_thread(count, port))[0] < expected:  # noqa: ASYNC110 - not ours
            await asyncio.sleep(0.1)
        return time.time() - begun
    finally:
        await worker.stop()
        await database.stop()


def fill(settings: Settings, origin: str, *, pairs: int, missed: int, due: int) -> None:
    """Pairs as the server writes them; those who missed their check-in are due together, the others have answered."""
    key = KeyFile(settings.data, settings.contact).ring.current_id
    with closing(sqlite3.connect(settings.own_database)) as connection, connection:
        rows = _Rows(connection, HostSecrets(settings.secret_file), origin, key, due)
        for number in range(pairs):
            hers, theirs = new_id(), new_id()
            rows.somebody(hers)
            rows.somebody(theirs)
            # Each end has its account's id: nothing here depends on their being different.
            rows.end(hers, theirs, notes=bytes(NOTES_BYTES))
            rows.end(theirs, hers, notes=None)
            rows.asked(hers, is_missed=number < pairs * missed // 100)


@dataclass(frozen=True)
class _Rows:
    """Writes rows without asking a server, which would take minutes."""

    connection: sqlite3.Connection
    secrets: HostSecrets
    origin: str
    key: str
    due: int
    phone: Phone = field(default_factory=Phone)

    def somebody(self, name: str) -> None:
        reach = {"endpoint": f"{self.origin}/{name}", "p256dh": self.phone.p256dh, "auth": self.phone.auth}
        # Nobody uses an account in a bench, and none is to be erased as idle.
        self.put("account", name, b"", 99_999)
        self.put("device", name, name, columns="id, account_id")
        self.put(
            "subscription",
            name,
            name,
            self.sealed("subscription", name, json.dumps(reach)),
            self.key,
            columns="id, device_id, sealed, vapid_key",
        )

    def end(self, name: str, peer: str, *, notes: bytes | None) -> None:
        contents = TieContents(peer=peer, card="c" * 22, agreed_day=self.due // DAY)
        sealed = self.sealed("tie", name, contents.model_dump_json())
        self.put("tie", name, name, notes is not None, sealed, notes, columns="id, account_id, is_hers, sealed, notes")

    def asked(self, name: str, *, is_missed: bool) -> None:
        ladder = LadderSettings()
        asked_at = self.due - ladder.grace_minutes * 60
        clock = time.strftime("%H:%M", time.gmtime(asked_at))
        schedule = Schedule(zone="UTC", times=(clock,), days=(1, 2, 3, 4, 5, 6, 7))
        times = Times(schedule=schedule, ladder=ladder, nudge=True, seed=name, seen=self.due)
        sealed = self.sealed("schedule", name, times.model_dump_json())
        self.put("schedule", name, name, sealed, self.due + DAY // 2, columns="id, account_id, sealed, next_due")
        opened = open_check_in(name, asked_at + DAY, ladder, asked_at).check_in
        ended = opened.changed(rung=Rung.ENDED, ended_at=self.due)
        kept = Kept(ladder=opened.changed(rung=Rung.REMINDED) if is_missed else ended, asked_at=asked_at)
        self.put(
            *("check_in", name, name, self.due // DAY, 0, 3 if is_missed else 6, kept.ladder.due),
            *(self.sealed("check_in", name, kept.model_dump_json()), None if is_missed else self.due + DAY),
            columns="id, account_id, day, number, state, due, sealed, erase_after",
        )

    def sealed(self, table: str, row: str, plain: str) -> bytes:
        return self.secrets.seal(Place(table, "sealed", row), plain.encode())

    def put(self, table: str, *values: object, columns: str = "") -> None:
        named = f"{table} ({columns})" if columns else table
        marks = ", ".join("?" * len(values))
        self.connection.execute(f"INSERT INTO {named} VALUES ({marks})", values)  # noqa: S608 - our own tables


if __name__ == "__main__":
    chosen = [int(word) for word in sys.argv[1:]]
    sys.exit(0 if main(*(chosen + [10_000, 30][len(chosen) :])) else 1)
