"""The file of what was stopped: every line of it counts, also after a power cut, and none for longer than it must."""

import multiprocessing
from pathlib import Path

import pytest

from server.errors import StorageError
from server.stopped import KEPT_DAYS, StoppedFile

DAY = 20_000


@pytest.fixture
def stopped(tmp_path: Path) -> StoppedFile:
    return StoppedFile(tmp_path / "stopped")


def test_what_was_stopped_is_found_and_nothing_else(stopped: StoppedFile) -> None:
    assert not stopped.finder()("a" * 22)

    stopped.note(["a" * 22, "b" * 22], DAY)
    stopped.note(["c" * 22], DAY + 1)

    was_cut = stopped.finder()
    assert [was_cut(letter * 22) for letter in "abcd"] == [True, True, True, False]


def test_the_file_tells_no_id_and_nobody_else_may_read_it(stopped: StoppedFile) -> None:
    stopped.note(["a" * 22], DAY)

    assert "a" * 22 not in stopped.file.read_text()
    assert stopped.file.stat().st_mode & 0o777 == 0o600


def test_half_a_line_swallows_no_other(stopped: StoppedFile) -> None:
    # Given a power cut in the middle of a line
    stopped.note(["a" * 22, "b" * 22], DAY)
    stopped.file.write_bytes(stopped.file.read_bytes()[:-20])

    # When the next one is written
    stopped.note(["c" * 22], DAY)

    # Then it is found, as is what was whole
    was_cut = stopped.finder()
    assert [was_cut(letter * 22) for letter in "abc"] == [True, False, True]


def test_lines_are_dropped_after_their_days_and_not_before(stopped: StoppedFile) -> None:
    stopped.note(["a" * 22], DAY)
    stopped.note(["b" * 22], DAY + 1)

    stopped.drop_old(DAY + KEPT_DAYS)
    assert stopped.finder()("a" * 22)

    stopped.drop_old(DAY + KEPT_DAYS + 1)
    was_cut = stopped.finder()
    assert (was_cut("a" * 22), was_cut("b" * 22)) == (False, True)
    assert stopped.file.stat().st_mode & 0o777 == 0o600


def note_many(file: Path, name: str) -> None:
    for number in range(50):
        StoppedFile(file).note([f"{name}{number}"], DAY)
        StoppedFile(file).drop_old(DAY)


def test_processes_that_write_at_once_lose_no_line(stopped: StoppedFile) -> None:
    # Given old lines, which each process wants to drop
    stopped.note([f"old{number}" for number in range(20)], DAY - KEPT_DAYS - 1)

    # When several write at once
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=note_many, args=(stopped.file, name)) for name in "abc"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    # Then every line is there, but for the old ones
    was_cut = stopped.finder()
    assert all(was_cut(f"{name}{number}") for name in "abc" for number in range(50))
    assert not was_cut("old0")


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        StoppedFile(tmp_path / "nowhere" / "stopped").note(["a"], DAY)
