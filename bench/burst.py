"""How many prompts one machine hands over when all fall into one minute, and whether pages still answer (SQLite).

    .venv/bin/python -m bench.burst [prompts]

Goals: 100,000 prompts due within one minute have all been handed over three minutes after it began, none twice, and
while that goes on 99 of 100 requests of each kind are answered within 250 ms. All of it is `nightjar run`: one process
serves pages and sends. Its clock stands a few seconds before that minute when it starts, and runs on like any other.
Meanwhile four people who are signed in open a cover, read, ask how things stand and answer, twenty requests a second in
all. The push service, plain HTTP/1.1 in a process of its own, shares this machine. The last line is JSON.
"""

import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import httpx
from pydantic import HttpUrl

from bench.parts.machine import Machine
from bench.parts.people import fill
from server.__main__ import prepare
from server.settings import PROJECT, Settings
from tests.journeys.host import free_port

GOAL_SECONDS, GOAL_MS = 180, 250
# The first of five minutes that are looked at together, so that nothing is found out beforehand.
MINUTE = 1_790_000_100
BEFORE_SECONDS = 5
PATIENCE_SECONDS = 900
# Slow enough that nobody answers too often for the server's patience.
PEOPLE, APART_SECONDS = 4, 0.8
REQUESTS = (
    ("cover", "GET", "/sip/"),
    ("reading", "GET", "/t/1?l=en"),
    ("how things stand", "GET", "/s/times"),
    ("answer", "POST", "/s/note"),
)
OWN = {"sec-fetch-site": "same-origin"}
SINK = """
import asyncio, sys
paths, twice = set(), 0
async def serve(reader, writer):
    global twice
    try:
        while True:
            head = await reader.readuntil(b"\\r\\n\\r\\n")
            path = head.split(b" ", 2)[1]
            length = int(head.lower().split(b"content-length: ", 1)[1].split(b"\\r", 1)[0])
            await reader.readexactly(length)
            if path == b"/count":
                body = b"%d %d" % (len(paths), twice)
            else:
                twice += path in paths
                paths.add(path)
                body = b""
            writer.write(b"HTTP/1.1 201 Created\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(body) + body)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()
async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""
# The server as it is, with another time.
SERVER = """
import sys, time
from datetime import UTC, datetime, timedelta
import server.clock
ahead = timedelta(seconds=float(sys.argv.pop(1)) - time.time())
server.clock.now = lambda: datetime.now(UTC) + ahead
from server.__main__ import main
sys.exit(main())
"""


class Burst(NamedTuple):
    """What came of it; `answers` are how long each request took, in ms."""

    seconds: float
    came: int
    twice: int
    answers: dict[str, list[float]]


def main(prompts: int) -> bool:
    machine = Machine()
    with tempfile.TemporaryDirectory() as folder, _sink() as sink:
        origin = f"http://127.0.0.1:{sink}"
        settings = Settings(data=Path(folder) / "data", port=free_port(), push_service=HttpUrl(origin))
        prepare(settings)
        fill(settings, origin, prompts, MINUTE)
        # A host's disk is not busy with having written a hundred thousand accounts a moment ago.
        os.sync()
        burst = asyncio.run(_hand_over(settings, sink, prompts))
    return _report(prompts, burst, machine)


async def _hand_over(settings: Settings, sink: int, prompts: int) -> Burst:
    ended = asyncio.Event()
    async with _server(settings) as begins:
        asking = [asyncio.create_task(_ask_again_and_again(settings.port, ended)) for _ in range(PEOPLE)]
        came, took = 0, 0.0
        while came < prompts and took < PATIENCE_SECONDS and not any(task.done() for task in asking):
            await asyncio.sleep(0.25)
            came, _ = await asyncio.to_thread(count, sink)
            took = time.monotonic() - begins
        # A repeat would come a little later.
        await asyncio.sleep(3)
        ended.set()
        answers: dict[str, list[float]] = {name: [] for name, _, _ in REQUESTS}
        for one in await asyncio.gather(*asking):
            for name, milliseconds in one:
                answers[name].append(milliseconds)
        came, twice = await asyncio.to_thread(count, sink)
    return Burst(took, came, twice, answers)


@asynccontextmanager
async def _server(settings: Settings) -> AsyncIterator[float]:
    """Run it; yield when, on the monotonic clock, the minute begins."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NIGHTJAR_")} | {
        "NIGHTJAR_DATA": str(settings.data),
        "NIGHTJAR_PORT": str(settings.port),
        "NIGHTJAR_PUSH_SERVICE": str(settings.own_push_service),
    }
    begins = time.monotonic() + BEFORE_SECONDS
    words = [sys.executable, "-c", SERVER, str(MINUTE - BEFORE_SECONDS), "run"]
    process = await asyncio.create_subprocess_exec(*words, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL)
    try:
        async with httpx.AsyncClient(timeout=30) as asking:
            while True:
                with suppress(httpx.TransportError):
                    await asking.get(f"http://localhost:{settings.port}/up")
                    break
                if process.returncode is not None:
                    raise RuntimeError("the server did not start")
                await asyncio.sleep(0.02)
        yield begins
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def _ask_again_and_again(port: int, ended: asyncio.Event) -> list[tuple[str, float]]:
    """Ask for all there is, again and again; give what was asked for and how many ms the answer took."""
    took, number = [], 0
    async with httpx.AsyncClient(base_url=f"http://localhost:{port}", headers=OWN, timeout=60) as phone:
        opened = await phone.post("/s/new", json={"secret": "k" * 42 + "A"})
        opened.raise_for_status()
        while not ended.is_set():
            for name, method, path in REQUESTS:
                number += 1
                answer = {"id": f"{number:022d}", "says": "here", "check_in": None} | dict.fromkeys(
                    ("given_at", "sent_at"), MINUTE
                )
                begun = time.perf_counter()
                said = await phone.request(method, path, json=answer if method == "POST" else None)
                took.append((name, (time.perf_counter() - begun) * 1000))
                said.raise_for_status()
            await asyncio.sleep(APART_SECONDS)
    return took


def _report(prompts: int, burst: Burst, machine: Machine) -> bool:
    minutes = max(burst.seconds, 0.1) / 60
    print(
        f"{burst.came} of {prompts} prompts by {burst.seconds:.1f} s after their minute began (goal {GOAL_SECONDS}), "
        f"{burst.twice} twice: {burst.came / minutes:,.0f} a minute"
    )
    slowest = 0.0
    for name, took in burst.answers.items():
        median, *_, last = (statistics.quantiles(took, n=100)[at] for at in (49, 98))
        slowest = max(slowest, last)
        print(
            f"{name:>17}: {len(took):5} requests, median {median:4.0f} ms, p99 {last:4.0f} ms (goal {GOAL_MS}), ",
            end="",
        )
        print(f"longest {max(took):4.0f} ms")
    print(machine.says())
    is_good = burst.came == prompts and burst.twice == 0 and burst.seconds <= GOAL_SECONDS and slowest <= GOAL_MS
    print("reached" if is_good else "MISSED")
    figures = {"seconds": round(burst.seconds, 1), "came": burst.came, "twice": burst.twice, "p99_ms": round(slowest)}
    print(json.dumps(figures))
    return is_good


@contextmanager
def _sink() -> Iterator[int]:
    with subprocess.Popen([sys.executable, "-c", SINK], stdout=subprocess.PIPE, text=True) as sink:
        assert sink.stdout
        try:
            yield int(sink.stdout.readline())
        finally:
            sink.terminate()


def count(port: int) -> tuple[int, int]:
    with socket.create_connection(("127.0.0.1", port)) as asking:
        asking.sendall(b"POST /count HTTP/1.1\r\nContent-Length: 0\r\n\r\n")
        came, twice = asking.recv(4096).rpartition(b"\r\n\r\n")[2].split()
    return int(came), int(twice)


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000) else 1)
