"""Reports: what a phone encrypts, the host alone opens; it names an account by its id, and nothing comes by itself."""

import os
from base64 import urlsafe_b64decode
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from server.errors import SealingError
from server.models import Report
from server.report_box import STEP_BYTES, ReportKey, make_report_key, read_public_key
from server.reports import LARGEST_BYTES, printable
from server.settings import Settings
from tests.sealed_box import seal_to
from tests.server.people import Someone, answer_at_once, as_text, pair, someone
from tests.server.terminal import nightjar, refusal_of
from tests.server.test_sealed_box import kept, private_key

WORDS = "They write to me at night. – Ella ✎"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    answer_at_once(monkeypatch)


@pytest.fixture
async def her(serving_app: Starlette) -> AsyncIterator[Someone]:
    async with someone(serving_app, 1) as her:
        yield her


@pytest.fixture
async def buddy(serving_app: Starlette) -> AsyncIterator[Someone]:
    async with someone(serving_app, 2) as buddy:
        yield buddy


async def boxed(someone: Someone, text: str) -> str:
    key = (await someone.circle())["report"]
    return as_text(seal_to(from_text(key), text.encode()))


def from_text(text: str) -> bytes:
    return urlsafe_b64decode(text + "=")


# --- from a phone to the host's terminal ------------------------------------------------------------------------------


async def test_what_she_tells_the_host_is_read_at_the_hosts_terminal_and_nowhere_else(
    her: Someone, buddy: Someone, ready: Settings
) -> None:
    # Given a pair, and a report of hers about it
    hers, _ = await pair(her, buddy)
    assert (await her.asks("/s/report", id=hers, content=await boxed(her, WORDS))).status_code == 204

    # When the host looks
    listed = nightjar("reports", data=ready.data)

    # Then it is there, with the account it is about, and nothing of hers
    row = str((await Report.all().values_list("id", flat=True))[0])
    head, words, count = listed.stdout.splitlines()
    assert head == f"--- {row} about {buddy.account}"
    assert (words.strip(), count) == (WORDS, "reports: 1")
    assert her.account not in listed.stdout

    # And no byte of the database holds any of it
    content = b"".join(file.read_bytes() for file in ready.data.glob("nightjar.sqlite3*"))
    assert WORDS.encode() not in content
    sealed = bytes((await Report.get(id=row)).sealed)
    assert buddy.account.encode() not in sealed

    # When the host has dealt with it
    assert nightjar(f"reports remove {row}", data=ready.data).stdout == "removed\n"
    assert nightjar("reports", data=ready.data).stdout == "reports: 0\n"
    gone = nightjar(f"reports remove {row}", data=ready.data)
    assert (gone.returncode, gone.stdout) == (1, "there is no report of that id\n")


async def test_a_report_about_a_pair_that_is_over_or_about_none_names_nobody(
    her: Someone, buddy: Someone, ready: Settings
) -> None:
    hers, theirs = await pair(her, buddy)
    await buddy.stops(theirs)
    for tie in (hers, theirs, None, "x" * 22):
        assert (await her.asks("/s/report", id=tie, content=await boxed(her, WORDS))).status_code == 204

    listed = nightjar("reports", data=ready.data).stdout.splitlines()

    assert sum("about nobody who could be found any more" in line for line in listed) == 4
    lengths = {len(bytes(sealed)) for sealed in await Report.all().values_list("sealed", flat=True)}
    assert len(lengths) == 1


async def test_nobody_can_report_by_an_end_that_is_not_theirs(her: Someone, buddy: Someone, ready: Settings) -> None:
    hers, _ = await pair(her, buddy)

    await buddy.asks("/s/report", id=hers, content=await boxed(her, WORDS))

    assert her.account not in nightjar("reports", data=ready.data).stdout
    assert buddy.account not in nightjar("reports", data=ready.data).stdout


async def test_a_report_of_no_size_that_a_phone_sends_is_refused(her: Someone) -> None:
    for length in (1, 4095, 4097, 60_000, LARGEST_BYTES - 1):
        assert (await her.asks("/s/report", id=None, content=as_text(bytes(length)))).status_code == 400
    for length in (4096, 16_384, 65_536, LARGEST_BYTES):
        assert (await her.asks("/s/report", id=None, content=as_text(bytes(length)))).status_code == 204
    assert (await her.asks("/s/report", id=None, content=as_text(bytes(LARGEST_BYTES + 2000)))).status_code == 413


async def test_nobody_fills_the_hosts_disk_with_reports(her: Someone, monkeypatch: pytest.MonkeyPatch) -> None:
    at = 1_000_000_000.0
    monkeypatch.setattr("time.time", lambda: at)
    monkeypatch.setattr("server.attempts.now", lambda: datetime.fromtimestamp(at, UTC))
    begun = at
    while at < begun + 23 * 3600:
        answer = await her.asks("/s/report", id=None, content=as_text(bytes(4096)))
        at += int(answer.headers.get("retry-after", 0))

    assert await Report.all().count() <= 22


async def test_what_is_no_box_spoils_no_other_report(her: Someone, ready: Settings) -> None:
    await her.asks("/s/report", id=None, content=as_text(os.urandom(4096)))
    await her.asks("/s/report", id=None, content=as_text(b"\x01" + bytes(4095)))
    await her.asks("/s/report", id=None, content=await boxed(her, WORDS))

    listed = nightjar("reports", data=ready.data)

    assert listed.returncode == 0
    assert WORDS in listed.stdout
    assert listed.stdout.endswith("reports: 3\n")


# --- the key ----------------------------------------------------------------------------------------------------------


async def test_a_host_may_keep_the_private_key_elsewhere(her: Someone, ready: Settings) -> None:
    # Given a host who has moved it to another machine
    await her.asks("/s/report", id=None, content=await boxed(her, WORDS))
    private = (ready.data / "report.key").rename(ready.data.parent / "elsewhere.key")

    # Then no new one is made, reports still come, and the host is told what is missing
    before = read_public_key(ready.data)
    assert nightjar("keys", data=ready.data).returncode == 0
    assert read_public_key(ready.data) == before
    assert not (ready.data / "report.key").exists()
    assert (await her.asks("/s/report", id=None, content=await boxed(her, WORDS))).status_code == 204
    assert "report.key" in refusal_of("reports", data=ready.data)

    # And with the key back, both are read
    private.rename(ready.data / "report.key")
    assert nightjar("reports", data=ready.data).stdout.count(WORDS) == 2


def test_both_files_are_the_servers_alone_and_fit(tmp_path: Path) -> None:
    make_report_key(tmp_path)

    assert {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {
        "report.key": 0o600,
        "report.pub": 0o600,
    }
    public = read_public_key(tmp_path)
    assert public
    assert ReportKey(tmp_path).open(seal_to(from_text(public), b"x")) == b"x"


def test_a_start_that_was_cut_off_between_the_two_files_is_made_good(tmp_path: Path) -> None:
    make_report_key(tmp_path)
    before = read_public_key(tmp_path)
    (tmp_path / "report.pub").unlink()

    make_report_key(tmp_path)

    assert read_public_key(tmp_path) == before


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n"])
def test_a_key_that_is_none_is_said_in_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "report.key").write_bytes(content)
    with pytest.raises(SealingError, match=r"report\.key"):
        ReportKey(tmp_path)


def test_the_box_that_the_phone_makes_opens_here(tmp_path: Path) -> None:
    fixture = kept()
    key = private_key(fixture["privateKey"])
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "report.key").write_bytes(pem)

    assert ReportKey(tmp_path).open(fixture["box"]) == fixture["bytes"]


@pytest.fixture(scope="module")
def key_and_box(tmp_path_factory: pytest.TempPathFactory) -> tuple[ReportKey, bytes]:
    folder = tmp_path_factory.mktemp("data")
    make_report_key(folder)
    return ReportKey(folder), seal_to(from_text(read_public_key(folder) or ""), b"x")


@given(at=st.integers(0, 94 + STEP_BYTES - 1), bit=st.integers(0, 7))
def test_no_box_that_was_changed_opens(key_and_box: tuple[ReportKey, bytes], at: int, bit: int) -> None:
    key, box = key_and_box
    changed = bytearray(box)
    changed[at] ^= 1 << bit
    with pytest.raises(SealingError):
        key.open(bytes(changed))


# --- the terminal -----------------------------------------------------------------------------------------------------


@given(st.binary(max_size=200))
def test_nothing_that_was_written_moves_the_cursor_or_looks_like_our_own_lines(content: bytes) -> None:
    for line in printable(content).split("\n"):
        assert line.isprintable()
        assert not line.startswith("---")
