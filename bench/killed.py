"""What a worker loses that is killed again and again in the middle of its work, and what it repeats (SQLite).

    .venv/bin/python -m bench.killed [messages] [kills]

Everything is real: `nightjar worker` in a process of its own on the host's clock, killed by SIGKILL, a hundred times
while 20,000 people are asked, at moments by chance: while it starts, while it finds out whom to ask, while it sends.
The push service, here on the loopback, takes its time with each message. Goals: every message comes; no check-in is
lost, and none is there twice; nothing is repeated but what was on its way at a kill: taken by the push service, and
not crossed out yet. The last line is JSON.
"""

import asyncio
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import HttpUrl

from bench.parts.machine import Machine
from bench.parts.people import fill
from server.__main__ import prepare
from server.settings import PROJECT, Settings
from tests.server.push.push_service import PushService, Writer, open_push_service

ANSWER_SECONDS = 0.01
# One life in ten ends before it has sent anything, or soon after.
EARLY, EARLY_SECONDS = 0.1, 2.0
LONGEST_LIFE_SECONDS = 60
PATIENCE_SECONDS = 600
QUIET_SECONDS = 2


@dataclass
class Figures:
    """What happened. `on_the_way` counts, for each kill, what had been taken and was not crossed out."""

    messages: int
    came: int = 0
    on_the_way: list[int] = field(default_factory=list)
    repeated: int = 0
    repeated_without_a_kill: int = 0
    check_ins: int = 0
    check_ins_open_once: int = 0
    left_in_the_outbox: int = 0
    early_kills: int = 0

    @property
    def is_good(self) -> bool:
        """Whether all goals are reached."""
        return (
            self.came == self.messages
            and self.check_ins == self.check_ins_open_once == self.messages
            and self.left_in_the_outbox == 0
            and self.repeated_without_a_kill == 0
            and self.repeated <= sum(self.on_the_way)
        )


def main(messages: int, kills: int) -> bool:
    machine = Machine()
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(kill_again_and_again(Path(folder) / "data", messages, kills))
    most = max(figures.on_the_way)
    print(
        f"{figures.came} of {messages} messages came; "
        f"{len(figures.on_the_way)} kills, {figures.early_kills} of them early"
    )
    print(f"{figures.check_ins_open_once} of {messages} check-ins are open, each once; {figures.check_ins} rows")
    print(
        f"{figures.repeated} repeats; {sum(figures.on_the_way)} were on their way at the kills, {most} at the most; "
        f"{figures.repeated_without_a_kill} repeats of others"
    )
    print(machine.says())
    print("reached" if figures.is_good else "MISSED")
    print(
        json.dumps(
            {
                "messages": messages,
                "kills": len(figures.on_the_way),
                "lost": messages - figures.came,
                "repeats": figures.repeated,
                "on_the_way": sum(figures.on_the_way),
                "check_ins_lost": messages - figures.check_ins_open_once,
            }
        )
    )
    return figures.is_good and len(figures.on_the_way) == kills


async def kill_again_and_again(data: Path, messages: int, kills: int) -> Figures:
    """Do it all in a data folder that is not there yet."""
    async with open_push_service() as service:
        settings = Settings(data=data, push_service=HttpUrl(service.origin))
        # Both run an event loop of their own.
        await asyncio.to_thread(prepare, settings)
        minute = int(time.time()) // 60 * 60 - 60
        names = await asyncio.to_thread(fill, settings, f"{service.origin}/201", messages, minute)
        return await _Killing(settings, service, names).run(kills)


class _Killing:
    """One run of it."""

    def __init__(self, settings: Settings, service: PushService, names: Sequence[str]) -> None:
        self._settings = settings
        self._service = service
        self._paths = {name: f"/201/{number}" for number, name in enumerate(names)}
        self._figures = Figures(len(names))
        # How often each may come: once, and once more for each kill at which it was on its way.
        self._allowed: Counter[str] = Counter(self._paths.values())
        # A run that goes wrong should go wrong again, as far as it is up to this process.
        self._dice = random.Random(7)  # noqa: S311
        service.answers["201"] = _take_a_while

    async def run(self, kills: int) -> Figures:
        for left in range(kills, 0, -1):
            await self._live_and_die(left)
        worker = await self._start()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not self._is_done():  # noqa: ASYNC110 - it is another process that works
                    await asyncio.sleep(0.2)
            # A repeat would come a little later.
            await asyncio.sleep(QUIET_SECONDS)
        finally:
            worker.kill()
            await worker.wait()
        return self._count()

    async def _live_and_die(self, kills_left: int) -> None:
        worker = await self._start()
        if self._dice.random() < EARLY:
            self._figures.early_kills += 1
            await asyncio.sleep(self._dice.uniform(0, EARLY_SECONDS))
        else:
            # So that there is something left for each life.
            share = (self._figures.messages - len(self._heard())) / (kills_left + 1)
            await self._hear(len(self._heard()) + self._dice.uniform(0, 1.5 * share))
            await asyncio.sleep(self._dice.uniform(0, 3 * ANSWER_SECONDS))
        assert worker.returncode is None, "the worker ended by itself"
        worker.kill()
        await worker.wait()
        # What it had written into its connections is still to be read.
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self._service.is_busy:  # noqa: ASYNC110 - the kernel's news is none of Python's
                await asyncio.sleep(0.005)
        waiting = {self._paths[name] for (name,) in self._ask("SELECT subscription_id FROM outbox")}
        on_the_way = waiting & self._heard()
        self._figures.on_the_way.append(len(on_the_way))
        self._allowed.update(on_the_way)

    async def _hear(self, messages: float) -> None:
        end = time.monotonic() + LONGEST_LIFE_SECONDS
        while len(self._heard()) < messages and time.monotonic() < end:
            self._service.called.clear()
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._service.called.wait()

    async def _start(self) -> asyncio.subprocess.Process:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("NIGHTJAR_")}
        environment |= {
            "NIGHTJAR_DATA": str(self._settings.data),
            "NIGHTJAR_PUSH_SERVICE": self._service.origin,
        }
        words = [sys.executable, "-m", "server", "worker"]
        return await asyncio.create_subprocess_exec(
            *words, cwd=PROJECT, env=environment, stdout=asyncio.subprocess.DEVNULL
        )

    def _is_done(self) -> bool:
        ((asked,), (waiting,)) = self._ask("SELECT count(*) FROM check_in UNION ALL SELECT count(*) FROM outbox")
        return bool(asked >= self._figures.messages and waiting == 0)

    def _count(self) -> Figures:
        came = Counter(one.path for one in self._service.heard)
        figures = self._figures
        figures.came = len(came)
        figures.repeated = came.total() - len(came)
        figures.repeated_without_a_kill = sum((came - self._allowed).values())
        ((figures.check_ins,), (figures.check_ins_open_once,), (figures.left_in_the_outbox,)) = self._ask(
            "SELECT count(*) FROM check_in "
            "UNION ALL SELECT count(*) FROM (SELECT 1 FROM check_in WHERE due IS NOT NULL "
            "GROUP BY account_id HAVING count(*) = 1) "
            "UNION ALL SELECT count(*) FROM outbox"
        )
        return figures

    def _heard(self) -> set[str]:
        return self._service.paths

    def _ask(self, question: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self._settings.own_database, timeout=30)) as connection:
            return connection.execute(question).fetchall()


async def _take_a_while(writer: Writer) -> None:
    await asyncio.sleep(ANSWER_SECONDS)
    writer.write(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")
    await writer.drain()


if __name__ == "__main__":
    chosen = [int(word) for word in sys.argv[1:]]
    sys.exit(0 if main(*(chosen + [20_000, 100][len(chosen) :])) else 1)
