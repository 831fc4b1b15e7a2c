"""Models and migrations say the same, on both kinds of database, and no step on the way loses anything."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from tortoise import Tortoise
from tortoise.migrations.api import migrate

from server.settings import Settings
from server.storage import APP, database_config, prepare_database
from tests.server.migrating import (
    Shape,
    migration_names,
    missing_migrations,
    opened,
    postgres_shape,
    sqlite_shape,
)
from tests.server.postgres import fresh_database, postgres_server

KINDS = ("sqlite", "postgres")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres_server() as address:
        yield address


class Place:
    """A database that may be looked into whatever its kind."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.address = settings.database_url

    def shape(self) -> dict[str, Shape]:
        return asyncio.run(postgres_shape(self.address)) if self.address else sqlite_shape(self.settings.own_database)

    def migrate_to(self, name: str) -> None:
        async def run() -> None:
            await migrate(config=database_config(self.settings), target=f"{APP}.{name}")
            await Tortoise.close_connections()

        asyncio.run(run())

    def generate(self) -> None:
        async def run() -> None:
            async with opened(self.settings) as context:
                await context.generate_schemas(safe=False)

        asyncio.run(run())

    def run(self, *statements: str) -> list[Any]:
        return asyncio.run(self._run_postgres(statements)) if self.address else self._run_sqlite(statements)

    def _run_sqlite(self, statements: tuple[str, ...]) -> list[Any]:
        with closing(sqlite3.connect(self.settings.own_database)) as connection, connection:
            connection.execute("PRAGMA foreign_keys = ON")
            return [connection.execute(statement).fetchone() for statement in statements]

    async def _run_postgres(self, statements: tuple[str, ...]) -> list[Any]:
        connection: Any = await asyncpg.connect(self.address)
        try:
            return [await connection.fetchrow(statement) for statement in statements]
        finally:
            await connection.close()

    def fill(self) -> None:
        """Put one row into every table; every text is "x" and every number 1, so that each row finds its parent."""
        values = {"TEXT": "'x'", "CHAR": "'x'", "BLOB": "'x'", "BYTE": "'x'", "INT": "1", "SMALL": "1", "BIG": "1"}
        values |= {"BOOL": "true"}
        tables = self.shape()
        while tables:
            # Parents first: a table goes in when all that it points at is in already.
            name = next(name for name in tables if not parents(tables[name]) & (tables.keys() - {name}))
            columns = [(str(column[0]), str(column[1]).upper()) for column in tables.pop(name)["columns"]]
            said = [next(value for start, value in values.items() if start in kind) for _, kind in columns]
            names = ", ".join(f'"{column}"' for column, _ in columns)
            self.run(f'INSERT INTO "{name}" ({names}) VALUES ({", ".join(said)})')  # noqa: S608 - our own tables

    def counts(self) -> dict[str, int]:
        return {name: self.run(f'SELECT count(*) FROM "{name}"')[0][0] for name in self.shape()}  # noqa: S608


def parents(shape: Shape) -> set[str]:
    from_sqlite = {str(key[0]) for key in shape.get("foreign keys", ())}
    words = (str(definition) for _, definition in shape.get("constraints", ()))
    return from_sqlite | {word.partition("REFERENCES ")[2].partition("(")[0] for word in words if "REFERENCES" in word}


@pytest.fixture(params=KINDS)
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    """Two empty databases of one kind."""
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    if request.param == "sqlite":
        yield Place(Settings(data=folders[0])), Place(Settings(data=folders[1]))
        return
    server = request.getfixturevalue("server")
    with fresh_database(server) as one, fresh_database(server) as two:
        yield Place(Settings(data=folders[0], database_url=one)), Place(Settings(data=folders[1], database_url=two))


async def test_the_migrations_make_what_the_models_say(settings: Settings) -> None:
    missing = await missing_migrations(settings)

    assert not missing, "run `python -m tests.server.migrating`, then read what it wrote"


def test_a_database_that_was_migrated_is_like_one_made_anew(places: tuple[Place, Place]) -> None:
    # Given a database that went through every migration, and one made from the models
    migrated, anew = places
    prepare_database(migrated.settings)
    anew.generate()

    # Then they have the same columns, indexes and constraints
    assert migrated.shape() == anew.shape()
    assert len(anew.shape()) == len({*anew.shape(), "account", "schedule", "check_in", "outbox"})


@pytest.mark.parametrize("name", migration_names())
def test_every_step_can_be_gone_with_data_in_the_tables(name: str, places: tuple[Place, Place]) -> None:
    # Given a host who stayed with one version until every table held something
    old, anew = places
    old.migrate_to(name)
    old.fill()
    held = old.counts()

    # When the newest version starts
    prepare_database(old.settings)

    # Then nothing is lost, and the database is like one made anew
    assert {table: count for table, count in old.counts().items() if table in held} == held
    anew.generate()
    assert old.shape() == anew.shape()


def test_a_lost_index_is_noticed(places: tuple[Place, Place]) -> None:
    # Given what Tortoise 1.1.9 does to a table of SQLite when a column is altered
    one, other = places
    prepare_database(one.settings)
    prepare_database(other.settings)
    one.run("DROP INDEX check_in_due")

    # Then the comparison above would fail
    assert one.shape() != other.shape()


@pytest.mark.parametrize("question", ["schedule.next_due", "check_in.due", "outbox.due", "account.active_week"])
def test_what_a_tick_asks_is_answered_by_an_index(question: str, settings: Settings) -> None:
    # Given the tables of a small host
    settings.data.mkdir()
    prepare_database(settings)
    table, _, column = question.partition(".")

    # When the worker asks what is due
    with closing(sqlite3.connect(settings.own_database)) as connection:
        plan = connection.execute(
            f"EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE {column} <= 1 ORDER BY {column} LIMIT 9"  # noqa: S608
        ).fetchall()

    # Then no row is read that is not due
    assert [step[3].partition(" (")[0].split(" USING INDEX ")[0] for step in plan] == [f"SEARCH {table}"]


@pytest.mark.parametrize(
    "child",
    [
        *("device", "check_in", "answered_before", "outbox", "session", "subscription", "slip"),
        *("invite", "tie", "nudge"),
    ],
)
def test_erasing_finds_what_hangs_on_it_without_reading_whole_tables(child: str, settings: Settings) -> None:
    settings.data.mkdir()
    prepare_database(settings)

    shape = sqlite_shape(settings.own_database)[child]

    for foreign in shape["foreign keys"]:
        assert any(str(index[3]).split(",")[0] == foreign[1] for index in shape["indexes"]), foreign
