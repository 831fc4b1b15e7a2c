"""Finds words that would tell what this app is, for texts that others can see: ids and titles.

The list and its rules are those that the tests hold everything shipped against (tests/telltale.txt).
"""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

_LIST: Final = Path(__file__).resolve().parent.parent / "tests" / "telltale.txt"
_GAP: Final = r"[\s\-_+.]?"


def telling_words(text: str) -> list[str]:
    """Give the telling words in a text, each as it stands there."""
    return [match.group() for match in _pattern().finditer(_bare(text))]


def _bare(text: str) -> str:
    """Case and accents do not count."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f").casefold()


@cache
def _pattern() -> re.Pattern[str]:
    words = [line.partition("#")[0].strip() for line in _LIST.read_text("utf-8").splitlines()]
    return re.compile("|".join(_expression(_bare(word)) for word in words if word))


def _expression(word: str) -> str:
    parts = _GAP.join(re.escape(part) for part in re.split("[ -]", word)).replace("'", "['’]")
    # In Arabic, articles and prepositions are joined to the word.
    return parts if word[0] >= "\u0600" else rf"(?<![a-z]){parts}"
