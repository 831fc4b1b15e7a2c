"""A worker that is killed in the middle of its work loses nothing, and repeats at most what was on its way."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from bench.killed import kill_again_and_again
from server.settings import PROJECT, Settings
from tests.server.terminal import nightjar

MESSAGES, KILLS = 400, 8


async def test_a_worker_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    # When a worker is killed again and again while it asks a few hundred people (bench/killed.py does so with 20,000)
    figures = await kill_again_and_again(tmp_path / "data", MESSAGES, KILLS)

    # Then every message came, every check-in is there once, and only what was on its way came again
    assert figures.is_good, figures
    assert len(figures.on_the_way) == KILLS


def start_nightjar(settings: Settings) -> "subprocess.Popen[bytes]":
    environment = {"NIGHTJAR_DATA": str(settings.data), "PATH": ""}
    words = [sys.executable, "-m", "server", "worker"]
    return subprocess.Popen(words, cwd=PROJECT, env=environment, stdout=subprocess.PIPE)


@pytest.mark.usefixtures("database")
async def test_a_second_worker_on_the_same_sqlite_database_is_refused(ready: Settings) -> None:
    # Given a worker that runs
    first = start_nightjar(ready)
    assert first.stdout
    assert await asyncio.to_thread(first.stdout.readline) == b"Working\n"

    # When the host starts another
    second = await asyncio.to_thread(nightjar, "worker", data=ready.data)

    # Then it is told why not, and the first goes on until it is stopped
    assert second.returncode == 2
    assert second.stderr == (
        f"{ready.own_database}: another worker uses this database; SQLite takes one, PostgreSQL any number "
        "(`nightjar web` serves without one)\n"
    )
    first.terminate()
    assert await asyncio.to_thread(first.wait, 20) == 0
    assert await asyncio.to_thread(first.stdout.read) == b""
    first.stdout.close()
