"""A worker in a process of its own, to be killed: `python -m tests.server.push.killed_worker <data> <push service>`."""

import asyncio
import sys
from pathlib import Path

from pydantic import HttpUrl

from server.push.vapid import KeyFile
from server.sealing import HostSecrets
from server.settings import Settings
from server.storage import Database
from server.worker import Worker, only_worker


async def _work(settings: Settings) -> None:
    database = Database(settings)
    await database.start()
    worker = Worker(settings, HostSecrets(settings.secret_file), KeyFile(settings.data, settings.contact))
    worker.start()
    await asyncio.sleep(600)


if __name__ == "__main__":
    chosen = Settings(data=Path(sys.argv[1]), push_service=HttpUrl(sys.argv[2]))
    with only_worker(chosen):
        asyncio.run(_work(chosen))
