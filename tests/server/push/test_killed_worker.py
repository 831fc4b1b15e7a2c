"""A worker that is killed in the middle of its work loses nothing, and repeats at most what was on its way."""

import asyncio
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bench.killed import kill_again_and_again
from bench.nudges import fill
from server.clock import epoch_seconds
from server.models import CheckIn, Nudge, Outbox
from server.settings import PROJECT, Settings
from tests.server.push.push_service import PushService, Writer
from tests.server.terminal import nightjar

MESSAGES, KILLS = 400, 8


async def test_a_worker_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    # When a worker is killed again and again while it asks a few hundred people (bench/killed.py does so with 20,000)
    figures = await kill_again_and_again(tmp_path / "data", MESSAGES, KILLS)

    # Then every message came, every check-in is there once, and only what was on its way came again
    assert figures.is_good, figures
    assert len(figures.on_the_way) == KILLS


def start_worker(settings: Settings, origin: str) -> "subprocess.Popen[bytes]":
    words = [sys.executable, "-m", "tests.server.push.killed_worker", str(settings.data), origin]
    return subprocess.Popen(words, cwd=PROJECT)


async def kill_while(settings: Settings, service: PushService, left: Callable[[], Awaitable[bool]]) -> int:
    """Let workers do what is to do, each but the last killed; return how many messages may have been on their way."""
    at_once, most_at_once, dice = 0, 0, random.Random(7)  # noqa: S311 - a test that fails should fail again

    async def take(writer: Writer) -> None:
        nonlocal at_once, most_at_once
        at_once += 1
        most_at_once = max(most_at_once, at_once)
        try:
            await asyncio.sleep(0.02)
            writer.write(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
        finally:
            at_once -= 1

    service.answers["201"] = take
    kills = 0
    while kills < KILLS and await left():
        worker = await asyncio.to_thread(start_worker, settings, service.origin)
        service.called.clear()
        await service.called.wait()
        await asyncio.sleep(dice.uniform(0, 0.15))
        worker.kill()
        await asyncio.to_thread(worker.wait)
        kills += 1
    assert kills >= 3

    # The last one may go on.
    worker = await asyncio.to_thread(start_worker, settings, service.origin)
    try:
        async with asyncio.timeout(60):
            while await left():  # noqa: ASYNC110 - it is another process that does it
                await asyncio.sleep(0.05)
    finally:
        worker.kill()
        await asyncio.to_thread(worker.wait)
    return kills * 2 * most_at_once


async def nudges_to_come() -> bool:
    return await CheckIn.filter(state=3).exists() or await Outbox.all().exists()


@pytest.mark.usefixtures("database")
async def test_a_worker_killed_while_many_are_nudged_for_makes_no_nudge_twice(
    ready: Settings, service: PushService
) -> None:
    # Given hundreds of pairs, and a morning in which nearly all stay silent
    due = epoch_seconds() // 300 * 300
    fill(ready, f"{service.origin}/201", pairs=300, missed=90, due=due)

    # When the worker is killed again and again
    on_their_way = await kill_while(ready, service, nudges_to_come)

    # Then each of those buddies was asked, once, and no push came again but what was on its way
    came = Counter(one.path for one in service.heard)
    assert len(came) == await Nudge.all().count() == 270
    assert sum(came.values()) - 270 <= on_their_way


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
