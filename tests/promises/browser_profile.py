"""Reads what a closed browser left on disk: tell-tale words in any file, addresses and titles in its history."""

import re
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tests.promises.telltale import find_words


class Hit(NamedTuple):
    """A word in a kind of file: names that browsers number or hash count as one."""

    file: str
    word: str


class Visit(NamedTuple):
    address: str
    title: str


# --- tell-tale words ---------------------------------------------------------------------------------------------


def scan(profile: Path) -> set[Hit]:
    """Find every tell-tale word in the names and the contents of a closed profile's files."""
    hits = set()
    for file in sorted(profile.rglob("*")):
        name = str(file.relative_to(profile))
        found = find_words(name)
        if file.is_file() and not file.is_symlink():
            for content in readings(file.read_bytes()):
                found |= find_words(content)
        hits |= {Hit(kind_of(name), word) for word in found}
    return hits


def kind_of(name: str) -> str:
    return re.sub(r"[0-9a-fA-F]{8,}|\d+", "#", name)


def readings(data: bytes) -> Iterator[bytes]:
    """Give a file as it is, and what a browser would read out of it: answers sent compressed, Mozilla's packed JSON.

    A body that says nothing of compression stays closed: it is data to the browser too, and can be searched by nobody
    who does not know what it is.
    """
    yield data
    if data.startswith(b"mozLz40\0"):
        yield unpack_lz4(data[12:])
    if re.search(rb"content-encoding:\s*(gzip|deflate)", data, re.IGNORECASE):
        for start in re.finditer(rb"\x1f\x8b\x08", data):
            yield _inflate(data[start.start() :])


def _inflate(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(data)
    except zlib.error:
        return b""


def unpack_lz4(packed: bytes) -> bytes:
    """Unpack one LZ4 block: runs of plain bytes, each followed by a copy from what is already unpacked."""
    plain, place = bytearray(), 0

    def length(nibble: int) -> int:
        nonlocal place
        total, more = nibble, nibble == 15
        while more:
            total += packed[place]
            more = packed[place] == 255
            place += 1
        return total

    while place < len(packed):
        token = packed[place]
        place += 1
        run = length(token >> 4)
        plain += packed[place : place + run]
        place += run
        if place >= len(packed):
            break
        back = int.from_bytes(packed[place : place + 2], "little")
        place += 2
        for _ in range(length(token & 15) + 4):
            plain.append(plain[-back])
    return bytes(plain)


# --- planted text ------------------------------------------------------------------------------------------------


def files_with(profile: Path, *planted: str | bytes) -> list[str]:
    """Give the files of a closed profile that hold any of these: bytes as they are, text in UTF-8 or UTF-16."""
    needles = [needle for it in planted for needle in _spellings(it)]
    return [
        str(file.relative_to(profile))
        for file in sorted(profile.rglob("*"))
        if file.is_file() and not file.is_symlink()
        if any(needle in content for content in readings(_content(file)) for needle in needles)
    ]


def _content(file: Path) -> bytes:
    """What the file holds; nothing where an open browser has done away with it in this very moment."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""


def _spellings(planted: str | bytes) -> tuple[bytes, ...]:
    if isinstance(planted, bytes):
        return (planted,)
    return planted.encode(), planted.encode("utf-16-le"), planted.encode("utf-16-be")


# --- history -----------------------------------------------------------------------------------------------------


def chromium_history(profile: Path) -> list[Visit]:
    """Give every address and title in the history, and every address a page's icon was kept for."""
    kept = _ask(profile / "Default" / "History", "select url, title from urls")
    return kept + _ask(profile / "Default" / "Favicons", "select page_url, '' from icon_mapping")


def firefox_history(profile: Path) -> list[Visit]:
    """Give every address and title in the history."""
    return _ask(profile / "places.sqlite", "select url, coalesce(title, '') from moz_places where visit_count > 0")


def _ask(database: Path, question: str) -> list[Visit]:
    # A copy with its journal: reading must not change what another test looks at.
    with tempfile.TemporaryDirectory() as folder:
        for part in database.parent.glob(database.name + "*"):
            shutil.copy(part, folder)
        with closing(sqlite3.connect(Path(folder) / database.name)) as connection:
            return [Visit(*row) for row in connection.execute(question)]


def without_baseline(hits: Iterable[Hit], baseline: Iterable[Hit]) -> list[Hit]:
    """Leave out what the browser brings along itself, such as its dictionaries and lists of sites."""
    return sorted(set(hits) - set(baseline))
