"""Opens the database at start-up and brings its tables up to date, so that a wrong one is said before anybody comes."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from tortoise import Tortoise, connections
from tortoise.backends.base.config_generator import expand_db_url
from tortoise.context import TortoiseContext
from tortoise.migrations.api import migrate

from server.errors import StorageError
from server.settings import Settings

# Recorded beside each migration that has run, so it is as lasting as a table's name.
APP: Final = "nightjar"
_OPEN_WITHIN_SECONDS: Final = 10


def database_config(settings: Settings) -> dict[str, Any]:
    """Return where the tables are, in Tortoise's words."""
    if settings.database_url is None:
        file_path = str(settings.own_database)
        connection: dict[str, Any] = {"engine": "tortoise.backends.sqlite", "credentials": {"file_path": file_path}}
    else:
        connection = expand_db_url(settings.database_url)
    if connection["engine"] == "tortoise.backends.sqlite":
        # What is erased is overwritten in the file, not only taken from its table of contents.
        connection["credentials"].setdefault("secure_delete", "ON")
    app = {"models": ["server.models"], "migrations": "server.migrations", "default_connection": "default"}
    return {"connections": {"default": connection}, "apps": {APP: app}, "use_tz": True, "timezone": "UTC"}


def sqlite_file(settings: Settings) -> Path | None:
    """Return the file that is the database; None where a server is."""
    file = database_config(settings)["connections"]["default"]["credentials"].get("file_path")
    return None if file is None else Path(file)


def prepare_database(settings: Settings) -> None:
    """Make the database where it is missing and run the migrations it lacks; StorageError in one line."""
    name = "NIGHTJAR_DATA" if settings.database_url is None else "NIGHTJAR_DATABASE_URL"
    try:
        config = database_config(settings)
        file = sqlite_file(settings)
        if file is not None:
            _try_file(file)
        asyncio.run(_migrate(config))
    except ModuleNotFoundError as error:
        raise StorageError(f"{name}: this kind of database needs the package {error.name}") from None
    except TimeoutError:
        raise StorageError(f"{name}: the database does not answer") from None
    except Exception as error:  # noqa: BLE001 - the edge: each driver has errors of its own, the host needs one line
        reason = getattr(error, "strerror", None) or next(iter(str(error).splitlines()), type(error).__name__)
        raise StorageError(f"{name}: the database cannot be used: {reason}") from None


class Database:
    """The database of one app. Nothing is opened before it is first asked."""

    def __init__(self, settings: Settings) -> None:
        """Say where it is."""
        self._config = database_config(settings)
        self._context = TortoiseContext()

    async def start(self) -> None:
        """Make it usable, here and in every task that says `use`."""
        self.use()
        await self._context.init(self._config)

    def use(self) -> None:
        """Let this task, and those it starts, ask this database: tests run several apps in one process."""
        # Entered and never left: the context variable ends with the task, and leaving would close the connections.
        self._context.__enter__()

    async def stop(self) -> None:
        """Close every connection."""
        await self._context.close_connections()


async def forget_for_good() -> None:
    """Empty SQLite's log, which still holds what was erased; PostgreSQL's own vacuum does so in its time."""
    if is_sqlite():
        await connections.get("default").execute_query("PRAGMA wal_checkpoint(TRUNCATE)")


def is_sqlite() -> bool:
    """Whether the database in use is SQLite, where one writes at a time and no row can be locked."""
    return bool(connections.get("default").capabilities.dialect == "sqlite")


async def run_sql(statement: str, *values: int | str) -> list[dict[str, Any]]:
    """Run one statement of our own, with `?` for each value, in the transaction that is open; return its rows."""
    rows: list[dict[str, Any]] = await connections.get("default").execute_query_dict(_with_marks(statement), [*values])
    return rows


async def run_many(statement: str, rows: list[list[Any]]) -> None:
    """Run one statement of our own with the values of each row."""
    if rows:
        await connections.get("default").execute_many(_with_marks(statement), rows)


async def take_turn() -> None:
    """Wait for one's turn to write on SQLite. It must come first in a transaction that reads before it writes: such a
    one is refused by SQLite where another process has written in between (SQLITE_BUSY_SNAPSHOT).
    """
    if is_sqlite():
        await run_sql("UPDATE account SET active_week = active_week WHERE 0")


def _with_marks(statement: str) -> str:
    if is_sqlite():
        return statement
    # PostgreSQL numbers them.
    first, *others = statement.split("?")
    return first + "".join(f"${number}{part}" for number, part in enumerate(others, 1))


def _try_file(file: Path) -> None:
    """Open a file as a database and for writing; made by us, so that nobody else may read it."""
    file.touch(mode=0o600)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        # What cannot be opened or written is found out here: aiosqlite's thread would outlive the failure and hang.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")


async def _migrate(config: dict[str, Any]) -> None:
    try:
        async with asyncio.timeout(_OPEN_WITHIN_SECONDS):
            await migrate(config=config)
    finally:
        await Tortoise.close_connections()
