"""How many prompts one process hands over in a minute when all are due at once (SQLite, push service on the loopback).

    .venv/bin/python -m bench.burst [prompts]

Goal: 100,000 prompts due in one minute are handed over within three, none twice. Each goes to a phone of its own. The
push service, plain HTTP/1.1 in a process of its own, shares this machine. The last line is JSON.
"""

import asyncio
import json
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from pydantic import HttpUrl

from bench.tick import START
from server.__main__ import prepare
from server.checkin_store import Times
from server.checkins.check_in import LadderSettings
from server.checkins.schedule import Schedule
from server.models import new_id
from server.push.vapid import KeyFile
from server.sealing import HostSecrets, Place
from server.settings import Settings
from server.storage import Database
from server.worker import Worker
from tests.server.push.phone import Phone

GOAL_SECONDS = 180
# Past the latest minute that a prompt's delay may fall into.
BEGIN = START + 600
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


def main(prompts: int) -> bool:
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen([sys.executable, "-c", SINK], stdout=subprocess.PIPE, text=True) as sink,
    ):
        assert sink.stdout
        port = int(sink.stdout.readline())
        origin = f"http://127.0.0.1:{port}"
        settings = Settings(data=Path(folder) / "data", push_service=HttpUrl(origin))
        prepare(settings)
        _fill(settings, origin, prompts)
        os.sync()
        seconds = asyncio.run(_hand_over(settings))
        came, twice = count(port)
        sink.terminate()
    print(f"{came} of {prompts} prompts in {seconds:.1f} s, {twice} twice: {came / seconds * 60:,.0f} a minute")
    print(json.dumps({"seconds": round(seconds, 1), "per_minute": round(came / seconds * 60), "twice": twice}))
    return came == prompts and twice == 0 and seconds <= GOAL_SECONDS


async def _hand_over(settings: Settings) -> float:
    database = Database(settings)
    await database.start()
    keys = KeyFile(settings.data, settings.contact)
    moments = [BEGIN]
    worker = Worker(settings, HostSecrets(settings.secret_file), keys, clock=lambda: moments[-1])
    try:
        begun = time.perf_counter()
        await worker.look()
        # Whoever is asked a little later, so that not all are at once, is in this burst all the same.
        moments.append(BEGIN + 300)
        await worker.tick()
        return time.perf_counter() - begun
    finally:
        await worker.stop()
        await database.stop()


def _fill(settings: Settings, origin: str, prompts: int) -> None:
    secrets, phone = HostSecrets(settings.secret_file), Phone()
    key = KeyFile(settings.data, settings.contact).ring.current_id
    clock = time.strftime("%H:%M", time.gmtime(START))
    schedule = Schedule(zone="UTC", times=(clock,), days=(1, 2, 3, 4, 5, 6, 7))
    with closing(sqlite3.connect(settings.own_database)) as connection, connection:
        for number in range(prompts):
            name = new_id()
            times = Times(schedule=schedule, ladder=LadderSettings(), nudge=False, seed=name, seen=START - 1)
            sealed = secrets.seal(Place("schedule", "sealed", name), times.model_dump_json().encode().ljust(508))
            reach = {"endpoint": f"{origin}/{number}", "p256dh": phone.p256dh, "auth": phone.auth}
            reached = secrets.seal(Place("subscription", "sealed", name), json.dumps(reach).encode())
            # Nobody uses an account in a bench, and none is to be erased as idle.
            connection.execute("INSERT INTO account VALUES (?, x'00', 99999)", (name,))
            connection.execute("INSERT INTO device (id, account_id) VALUES (?, ?)", (name, name))
            connection.execute(
                "INSERT INTO subscription (id, device_id, sealed, vapid_key) VALUES (?, ?, ?, ?)",
                (name, name, reached, key),
            )
            connection.execute(
                "INSERT INTO schedule (id, account_id, sealed, next_due) VALUES (?, ?, ?, ?)",
                (name, name, sealed, START),
            )


def count(port: int) -> tuple[int, int]:
    with socket.create_connection(("127.0.0.1", port)) as asking:
        asking.sendall(b"POST /count HTTP/1.1\r\nContent-Length: 0\r\n\r\n")
        came, twice = asking.recv(4096).rpartition(b"\r\n\r\n")[2].split()
    return int(came), int(twice)


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000) else 1)
