"""The reader of closed profiles finds a planted word wherever a browser could have put it."""

import gzip
import sqlite3
from pathlib import Path

import pytest

from tests.promises.browser_profile import (
    Hit,
    Visit,
    chromium_history,
    files_with,
    firefox_history,
    kind_of,
    scan,
    unpack_lz4,
    without_baseline,
)

HEADERS = b"HTTP/1.1 200 OK\0Content-Encoding: gzip\0\0"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Sessions/Tabs_133", "My hotline".encode("utf-16-le")),
        ("Cache_Data/0a1b2c3d4e5f_0", b"\x30\x5c" + gzip.compress(b"<p>hotline</p>") + HEADERS),
        ("sessionstore.jsonlz4", b"mozLz40\0" + (7).to_bytes(4, "little") + b"\x70hotline"),
        ("IndexedDB/myHotline.leveldb/LOCK", b""),
    ],
    ids=["a tab's title", "a packed answer", "a packed session", "a file's name"],
)
def test_a_planted_word_is_found(tmp_path: Path, name: str, content: bytes) -> None:
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    assert ("hotline") in {word for _, word in scan(tmp_path)}


def test_a_compressed_body_without_a_word_about_it_stays_closed(tmp_path: Path) -> None:
    (tmp_path / "blob").write_bytes(gzip.compress(b"hotline"))
    assert scan(tmp_path) == set()


@pytest.mark.parametrize("spelling", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_planted_sentence_is_found_however_it_is_spelled(tmp_path: Path, spelling: str) -> None:
    (tmp_path / "Session").write_bytes(b"\0" + "zebra under the stairs".encode(spelling))
    assert files_with(tmp_path, "quince", "zebra under") == ["Session"]
    assert files_with(tmp_path, "quince", b"\1\2") == []


def test_what_the_browser_brings_along_is_left_out_by_kind_of_file_and_word() -> None:
    baseline = {Hit(kind_of("Words/12.dic"), "rape")}
    found = {Hit(kind_of("Words/13.dic"), "rape"), Hit(kind_of("History"), "rape")}
    assert without_baseline(found, baseline) == [Hit("History", "rape")]


def test_packed_json_is_unpacked_with_its_repetitions() -> None:
    # Four plain bytes, then nine copied from four back; then one plain byte.
    assert unpack_lz4(b"\x45abcd\x04\x00\x10!") == b"abcdabcdabcda!"
    # Lengths of fifteen and more go on in the next bytes.
    assert unpack_lz4(b"\xf0\x01" + b"x" * 16) == b"x" * 16
    assert unpack_lz4(b"\x1fx\x01\x00\xff\x02\x10y") == b"x" * (1 + 15 + 255 + 2 + 4) + b"y"


def test_history_is_read_with_titles(tmp_path: Path) -> None:
    (tmp_path / "Default").mkdir()
    tables = {
        "Default/History": "create table urls (url, title)",
        "Default/Favicons": "create table icon_mapping (page_url)",
        "places.sqlite": "create table moz_places (url, title, visit_count)",
    }
    rows = {
        "Default/History": "insert into urls values ('/a', 'A')",
        "Default/Favicons": "insert into icon_mapping values ('/b')",
        "places.sqlite": "insert into moz_places values ('/c', null, 1), ('/bookmark', null, 0)",
    }
    for name, table in tables.items():
        connection = sqlite3.connect(tmp_path / name)
        connection.execute(table)
        connection.execute(rows[name])
        connection.commit()
        connection.close()
    assert chromium_history(tmp_path) == [Visit("/a", "A"), Visit("/b", "")]
    assert firefox_history(tmp_path) == [Visit("/c", "")]
