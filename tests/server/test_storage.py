"""The database at start-up: made where it is missing, tried out before anybody comes."""

import asyncio
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from tortoise import connections

from server.app import create_app
from server.errors import StorageError
from server.settings import Settings
from server.storage import prepare_database
from tests.server.prepared import phone_of


def ask(file: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(question).fetchall()


def complaint_about(settings: Settings) -> str:
    with pytest.raises(StorageError) as refusal:
        prepare_database(settings)
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


@pytest.mark.parametrize("folder", ["data", "with space", "odd?name#here%20", "día"])
def test_a_database_is_made_in_the_data_folder_whatever_its_name(folder: str, tmp_path: Path) -> None:
    # Given an empty data folder
    data = tmp_path / folder
    data.mkdir()

    # When the host starts for the first time
    prepare_database(Settings(data=data))

    # Then there is a database nobody else may read, which writes beside its readers and counts migrations
    file = data / "nightjar.sqlite3"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert ask(file, "PRAGMA journal_mode") == [("wal",)]
    assert ask(file, "SELECT name FROM sqlite_master WHERE name = 'tortoise_migrations'")


def test_a_new_database_holds_nothing_about_anybody(tmp_path: Path) -> None:
    prepare_database(Settings(data=tmp_path))

    file = tmp_path / "nightjar.sqlite3"
    tables = {name for (name,) in ask(file, "SELECT name FROM sqlite_master WHERE type = 'table'")}

    assert {"account", "schedule", "outbox"} < tables
    for table in tables - {"tortoise_migrations", "sqlite_sequence"}:
        assert ask(file, f"SELECT count(*) FROM {table}") == [(0,)]  # noqa: S608 - names of our own tables


def test_a_second_start_leaves_the_database_as_it_is(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    prepare_database(settings)
    with closing(sqlite3.connect(settings.own_database)) as connection, connection:
        connection.execute("CREATE TABLE kept (word TEXT)")
        connection.execute("INSERT INTO kept VALUES ('still here')")

    prepare_database(settings)

    assert ask(settings.own_database, "SELECT word FROM kept") == [("still here",)]


def test_a_database_may_lie_elsewhere(tmp_path: Path) -> None:
    prepare_database(Settings(data=tmp_path, database_url=f"sqlite://{tmp_path}/elsewhere.db"))

    assert (tmp_path / "elsewhere.db").exists()
    assert not (tmp_path / "nightjar.sqlite3").exists()


async def test_an_app_may_be_stopped_and_started_again(ready: Settings) -> None:
    app = create_app(ready)

    for _ in range(2):
        async with app.router.lifespan_context(app), phone_of(app) as phone:
            assert (await phone.post("/s/new", json={"secret": "k" * 42 + "A"})).status_code == 200

    assert ask(ready.own_database, "SELECT count(*) FROM account") == [(2,)]


async def test_two_apps_in_one_process_have_a_database_each(
    ready: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # Given two hosts
    other = Settings(data=tmp_path_factory.mktemp("other"))
    await asyncio.to_thread(prepare_database, other)
    one_app, other_app = create_app(ready), create_app(other)

    # When both are asked at once
    async with (
        one_app.router.lifespan_context(one_app),
        other_app.router.lifespan_context(other_app),
        phone_of(one_app) as one_phone,
        phone_of(other_app) as other_phone,
    ):
        asked = [phone.post("/s/new", json={"secret": "k" * 42 + "A"}) for phone in [one_phone] * 3 + [other_phone]]
        await asyncio.gather(*asked)

    # Then each has its own accounts
    assert ask(ready.own_database, "SELECT count(*) FROM account") == [(3,)]
    assert ask(other.own_database, "SELECT count(*) FROM account") == [(1,)]


async def test_a_full_disk_is_a_dull_answer_and_leaves_what_was_there(
    ready: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    # Given a phone with an account, and a database that cannot grow
    app = create_app(ready)
    async with app.router.lifespan_context(app), phone_of(app) as phone:
        await phone.post("/s/new", json={"secret": "k" * 42 + "A"})
        await phone.put("/s/save", content=bytes(16 * 1024))
        await connections.get("default").execute_query("PRAGMA max_page_count = 1")

        # When it lays a larger backup by
        answer = await phone.put("/s/save", content=b"x" * 256 * 1024)

        # Then it is told that this failed, no more, and the one before is whole
        assert answer.status_code == 500
        assert (await phone.get("/s/save")).content == bytes(16 * 1024)
    assert [record.getMessage().partition(" at ")[0] for record in caplog.records] == ["fault: OperationalError"]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("a folder that is not there", "No such file"), ("a text", "not a database"), ("a folder", "unable to open")],
)
def test_a_file_that_is_no_database_is_said_in_one_line(kind: str, reason: str, tmp_path: Path) -> None:
    # Given an address that leads to something else
    (tmp_path / "a text").write_text("Dear diary, this is no database at all." * 10)
    (tmp_path / "a folder").mkdir()
    target = tmp_path / kind / "x.db" if "not there" in kind else tmp_path / kind

    # When the host starts
    said = complaint_about(Settings(data=tmp_path, database_url=f"sqlite://{target}"))

    # Then the setting is named
    assert said.startswith("NIGHTJAR_DATABASE_URL: the database cannot be used: ")
    assert reason in said


def test_a_broken_file_in_the_data_folder_is_blamed_on_the_data_folder(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    settings.own_database.write_bytes(b"x" * 4096)

    assert complaint_about(settings).startswith("NIGHTJAR_DATA: the database cannot be used: ")


def test_a_database_server_that_is_not_there_is_said_in_one_line_without_its_password(tmp_path: Path) -> None:
    # Given an address nobody answers at (or, where the driver is not installed, one we could not even ask)
    address = "postgres://nightjar:sesame@127.0.0.1:1/nightjar"

    said = complaint_about(Settings(data=tmp_path, database_url=address))

    assert said.startswith("NIGHTJAR_DATABASE_URL: ")
    assert "sesame" not in said
