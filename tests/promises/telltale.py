"""Finds tell-tale words by the rules at the head of tests/telltale.txt, in text and in the raw bytes of any file.

Bytes are read as UTF-8 and as UTF-16, since browsers keep titles and addresses in either. Speed matters, for a closed
profile has tens of megabytes: so all words share one expression that begins with plain letters, and what stands before
a match is judged afterwards.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

LIST = Path(__file__).resolve().parent.parent / "telltale.txt"

_GAP = rb"(?:[\s\-_+.]|%20|\xc2\xa0)?"
_GAP_WIDE = rb"(?:[ \-_+.]\x00)?"
_APOSTROPHE = rb"(?:'|\xe2\x80\x99)"

# Each byte of a Latin-1 text as the letter it is without its accent.
_BARE_LATIN = bytes(ord(unicodedata.normalize("NFD", chr(byte))[0]) & 0xFF for byte in range(256))
_ACCENTED = re.compile(rb"\xc3([\x80-\xbf])|\xcc[\x80-\xbf]|\xcd[\x80-\xaf]")

Tree = dict[bytes, Any]


def words(source: Path = LIST) -> list[str]:
    """Read the list."""
    lines = (line.partition("#")[0].strip() for line in source.read_text("utf-8").splitlines())
    return [line for line in lines if line]


def find_words(text: str | bytes) -> set[str]:
    """Give the tell-tale words in a text or in the bytes of a file, without accents and gaps."""
    if isinstance(text, str):
        return _in_utf8(unicodedata.normalize("NFC", text).encode("utf-8", "replace"))
    return _in_utf8(text) | _in_utf16(text)


def _in_utf8(data: bytes) -> set[str]:
    bare = _without_accents(data)
    return _latin(bare, lambda _: True) | {_key(found.decode()) for found in _arabic()[0].findall(data)}


def _in_utf16(data: bytes) -> set[str]:
    found = {_key(wide.decode("utf-16-le")) for wide in _arabic()[1].findall(data)}
    # Latin letters have an empty second byte, so that every other byte of such a text is readable on its own.
    for start in (0, 1):
        bare = data[start::2].translate(_BARE_LATIN)
        rest = data[start + 1 :: 2]
        found |= _latin(bare, lambda match, rest=rest: not any(rest[match.start() : match.end()]))  # type: ignore[misc]
    return found


def _latin(bare: bytes, is_text: Callable[[re.Match[bytes]], bool]) -> set[str]:
    lower, found, place = bare.lower(), set(), 0
    pattern = _latin_pattern()
    while match := pattern.search(lower, place):
        fits = _starts_a_word(bare, match.start()) and is_text(match)
        if fits:
            found.add(_key(match.group().decode()))
        place = match.end() if fits else match.start() + 1
    return found


def _starts_a_word(bare: bytes, place: int) -> bool:
    """No letter stands before, unless a capital starts a part of a camelCase name there."""
    before, first, second = bare[place - 1 : place], bare[place : place + 1], bare[place + 1 : place + 2]
    if place == 0 or not before.isalpha():
        return True
    return first.isupper() and (before.islower() or second.islower())


def _without_accents(data: bytes) -> bytes:
    def bare(match: re.Match[bytes]) -> bytes:
        last = match.group(1)
        # The second byte of a Latin-1 letter in UTF-8 is 64 less than its byte in Latin-1.
        letter = _BARE_LATIN[last[0] + 0x40 : last[0] + 0x41] if last else b""
        return letter if not last or letter.isalpha() else match.group()

    return data if data.isascii() else _ACCENTED.sub(bare, data)


def _key(word: str) -> str:
    """Give what all spellings of a word share."""
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not "\u0300" <= c <= "\u036f")
    return re.sub(r"[\s\-_+.]|%20", "", unicodedata.normalize("NFC", bare).lower()).replace("’", "'")


def _is_arabic(word: str) -> bool:
    return word[0] >= "\u0600"


@cache
def _latin_pattern() -> re.Pattern[bytes]:
    tree: Tree = {}
    for word in words():
        if not _is_arabic(word):
            _plant(tree, _letters(word))
    return re.compile(_expression(tree))


def _letters(word: str) -> Iterable[bytes]:
    """Split a word into what the expression has to match one after the other; a gap stays with the letter after it."""
    gap = b""
    for letter in _without_accents(word.lower().encode()).decode():
        if letter in " -":
            gap = _GAP
        else:
            yield gap + (_APOSTROPHE if letter == "'" else re.escape(letter.encode()))
            gap = b""


def _plant(tree: Tree, letters: Iterable[bytes]) -> None:
    for letter in letters:
        if b"" in tree:
            return  # a shorter word matches already, and anything may follow it
        tree = tree.setdefault(letter, {})
    tree.clear()
    tree[b""] = {}


def _expression(tree: Tree) -> bytes:
    branches = [letter + _expression(rest) for letter, rest in sorted(tree.items()) if letter]
    if not branches:
        return b""
    return branches[0] if len(branches) == 1 else b"(?:" + b"|".join(branches) + b")"


@cache
def _arabic() -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    listed = [re.split("[ -]", unicodedata.normalize("NFC", word)) for word in words() if _is_arabic(word)]

    def pattern(encoding: str, gap: bytes) -> re.Pattern[bytes]:
        return re.compile(b"|".join(gap.join(re.escape(part.encode(encoding)) for part in parts) for parts in listed))

    return pattern("utf-8", _GAP), pattern("utf-16-le", _GAP_WIDE)
