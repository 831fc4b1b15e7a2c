"""Opens the database at start-up and brings its tables up to date, so that a wrong one is said before anybody comes."""

import asyncio
import sqlite3
import warnings
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from tortoise import Tortoise
from tortoise.backends.base.config_generator import expand_db_url
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
        connection = {"engine": "tortoise.backends.sqlite", "credentials": {"file_path": file_path}}
    else:
        connection = expand_db_url(settings.database_url)
    app = {"models": ["server.models"], "migrations": "server.migrations", "default_connection": "default"}
    return {"connections": {"default": connection}, "apps": {APP: app}, "use_tz": True, "timezone": "UTC"}


def prepare_database(settings: Settings) -> None:
    """Make the database where it is missing and run the migrations it lacks; StorageError in one line."""
    name = "NIGHTJAR_DATA" if settings.database_url is None else "NIGHTJAR_DATABASE_URL"
    try:
        config = database_config(settings)
        file = config["connections"]["default"]["credentials"].get("file_path")
        if file is not None:
            _try_file(Path(file))
        asyncio.run(_migrate(config))
    except ModuleNotFoundError as error:
        raise StorageError(f"{name}: this kind of database needs the package {error.name}") from None
    except TimeoutError:
        raise StorageError(f"{name}: the database does not answer") from None
    except Exception as error:  # noqa: BLE001 - the edge: each driver has errors of its own, the host needs one line
        reason = getattr(error, "strerror", None) or next(iter(str(error).splitlines()), type(error).__name__)
        raise StorageError(f"{name}: the database cannot be used: {reason}") from None


def _try_file(file: Path) -> None:
    """Open a file as a database and for writing; made by us, so that nobody else may read it."""
    file.touch(mode=0o600)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        # What cannot be opened or written is found out here: aiosqlite's thread would outlive the failure and hang.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")


async def _migrate(config: dict[str, Any]) -> None:
    with warnings.catch_warnings():
        # True, and meant so, until there is a first table.
        warnings.filterwarnings("ignore", message='Module "server.models" has no models')
        try:
            async with asyncio.timeout(_OPEN_WITHIN_SECONDS):
                await migrate(config=config)
        finally:
            await Tortoise.close_connections()
