"""What a country is called, so that whoever types any of its names finds it, in bare letters."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

# The article before most names of countries; who looks one up may well leave it out.
_ARTICLE: Final = {"ar": "ال"}
# Pairs of letters at a word's end that are often typed one for the other.
_TYPED_FOR: Final = {"ar": str.maketrans("ةى", "هي")}


def bare(text: str) -> str:
    """Give letters only, small and without marks, words apart, as recovery-words.ts does with what is typed."""
    letters = (sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.category(sign).startswith("M"))
    return " ".join(re.findall(r"[^\W\d_]+", "".join(letters).lower()))


def without_article(name: str, locale: Locale) -> str:
    """Give what remains of a name when its article is left out."""
    return name.removeprefix(_ARTICLE.get(locale.language, ""))


def names_to_find(code: str, locale: Locale, also: Iterable[str]) -> str:
    """Everything a country may be looked up by, bare, in one string; `also` are names of parts, older and other names.

    Names in the reader's language, in English and in its own languages come from CLDR; two letters are ISO 3166-1's.
    """
    name = locale.territories[code]
    shown = [name, without_article(name, locale), *also, *_everywhere(code), code]
    letters = _TYPED_FOR.get(locale.language, {})
    found = [bare(text) for text in (*shown, *(text.translate(letters) for text in shown))]
    return " ".join(dict.fromkeys(text for text in found if text))


@cache
def _everywhere(code: str) -> tuple[str, ...]:
    languages = ("en", *get_official_languages(code, de_facto=True))
    return tuple(name for language in languages if (name := _name_in(language, code)))


def _name_in(language: str, code: str) -> str | None:
    try:
        return Locale.parse(language).territories.get(code)
    except UnknownLocaleError:
        return None


def first_letter(name: str) -> str:
    """The letter that a name stands under in an alphabet of its own language."""
    return bare(name)[:1].upper()
