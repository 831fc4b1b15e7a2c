"""What a change to the tables needs: the migration that models and migrations still lack, and what a database is like.

`python -m tests.server.migrating` writes the missing migration; read it, name it, and say in it what it is for.
"""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import asyncpg
from tortoise.context import TortoiseContext
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.writer import MigrationWriter

from server.settings import PROJECT, Settings
from server.storage import APP, database_config

Shape = dict[str, set[tuple[object, ...]]]

SQLITE_SHAPE = {
    "columns": 'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)',
    "foreign keys": 'SELECT "table", "from", "to", on_update, on_delete FROM pragma_foreign_key_list(?)',
    # SQLite names the indexes of unique constraints by itself.
    "indexes": (
        "SELECT iif(list.origin = 'c', list.name, list.origin), list.\"unique\", list.partial, "
        "(SELECT group_concat(name) FROM pragma_index_info(list.name)) FROM pragma_index_list(?) AS list"
    ),
}

POSTGRES_SHAPE = {
    "columns": (
        "SELECT column_name, data_type, character_maximum_length, is_nullable, column_default, is_identity "
        "FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1"
    ),
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = $1",
    "constraints": (
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = ('public.' || $1)::regclass"
    ),
}


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[TortoiseContext]:
    """Open a database as it is."""
    async with TortoiseContext() as context:
        await context.init(database_config(settings))
        for model in dict(context.apps or {})[APP].values():
            # The first line of a model's docstring, which may change without a migration.
            model._meta.table_description = ""
        yield context


async def missing_migrations(settings: Settings) -> list[MigrationWriter]:
    """Give what has to be written until the migrations make what the models say."""
    async with opened(settings) as context:
        assert context.apps is not None
        return await MigrationAutodetector(context.apps, database_config(settings)["apps"]).changes()


def migration_names() -> list[str]:
    """Every migration, in order."""
    return sorted(file.stem for file in (PROJECT / "server" / "migrations").glob("[0-9]*.py"))


def sqlite_shape(file: Path) -> dict[str, Shape]:
    """Give columns, indexes and constraints of every table."""
    with closing(sqlite3.connect(file)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: {kind: set(connection.execute(question, (name,))) for kind, question in SQLITE_SHAPE.items()}
            for (name,) in names
            if not name.startswith(("sqlite_", "tortoise_"))
        }


async def postgres_shape(address: str) -> dict[str, Shape]:
    """Give columns, indexes and constraints of every table."""
    connection: Any = await asyncpg.connect(address)
    try:
        names = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {
            name: {
                kind: {tuple(row) for row in await connection.fetch(question, name)}
                for kind, question in POSTGRES_SHAPE.items()
            }
            for (name,) in names
            if not name.startswith("tortoise_")
        }
    finally:
        await connection.close()


async def _write() -> None:
    for writer in await missing_migrations(Settings(data=Path(os.devnull).parent)):
        print(writer.write())  # noqa: T201 - a command


if __name__ == "__main__":
    asyncio.run(_write())
