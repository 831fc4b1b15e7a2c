"""Reads content/<language>/words.txt: the words that eleven random bits at a time are written down as.

Position is meaning: a word that moves makes every row of words written down before unreadable. So the order is checked
here, and the tests hold each list against the digest it was released with.
"""

import re
import unicodedata
from pathlib import Path
from typing import Final

from server.content_files import complaint, read_lines
from server.errors import ContentError

COUNT: Final = 2048
# So many letters tell a word from all others of its list, and are all that has to be typed.
TELLING_LETTERS: Final = 4

_WORD: Final = re.compile(r"[^\W\d_]{3,8}")


def bare(word: str) -> str:
    """Give a word as somebody types it who leaves out the accents."""
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


def read_word_list(path: Path) -> tuple[str, ...]:
    """Read one list, or name the first line that makes it unusable."""
    words = read_lines(path)
    seen: dict[str, str] = {}
    before = ""
    for line, word in enumerate(words, start=1):
        if fault := _fault(word, before, seen):
            raise complaint(path, line, f"{word!r}: {fault}")
        before = bare(word)
        seen[before[:TELLING_LETTERS]] = word
    if len(words) != COUNT:
        raise _miscounted(path, len(words))
    return tuple(words)


def _fault(word: str, before: str, seen: dict[str, str]) -> str:
    if not _WORD.fullmatch(word) or word != word.lower() or word != unicodedata.normalize("NFC", word):
        return "a word is three to eight lower case letters and nothing else"
    key = bare(word)
    if not key.isascii():
        return "a letter of this word cannot be typed without its accent"
    if (same := seen.get(key[:TELLING_LETTERS])) is not None:
        return f"begins with the same {TELLING_LETTERS} letters as {same!r}"
    return "" if key > before else "out of order: words are sorted as they are without accents"


def _miscounted(path: Path, count: int) -> ContentError:
    return complaint(path, max(count, 1), f"the list has {count} words, it needs {COUNT}")
