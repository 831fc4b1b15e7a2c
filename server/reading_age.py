"""How hard a text is to read, by the published formula of its language. Rough, but the same for everybody.

English: Flesch-Kincaid grade (Kincaid and others, 1975); grade plus five is the age of the reader.
Spanish: Szigriszt-Pazos perspicuity on the INFLESZ scale (Barrio-Cantalejo and others, 2008): above 65 is "quite easy",
what primary-school texts reach.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

ENGLISH_AGE_LIMIT: Final = 11.5
SPANISH_EASE_LIMIT: Final = 65.0

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END: Final = re.compile(r"[.!?]+(?:\s|$)")
_ENGLISH_VOWELS: Final = re.compile(r"[aeiouy]+")
# Two strong vowels, or a weak one with an accent beside a strong one, are two syllables; all other neighbours are one.
_SPANISH_BREAK: Final = re.compile(r"(?<=[aeoáéó])(?=[aeoáéóíú])|(?<=[íú])(?=[aeoáéó])")
_SPANISH_VOWELS: Final = re.compile(r"[aeiouáéíóúü]+")


@dataclass(frozen=True)
class Difficulty:
    """One measured text."""

    figure: float
    limit: float
    too_hard: bool
    words: int


def measure(language: str, texts: Iterable[str]) -> Difficulty | None:
    """Measure paragraphs, list items and headings of one page; None where we have no formula for the language."""
    formula = _FORMULAS.get(language)
    if formula is None:
        return None
    sentences = [words for text in texts for part in _SENTENCE_END.split(text) if (words := _WORD.findall(part))]
    return formula(sentences)


def syllables_in_english(word: str) -> int:
    """Count groups of vowels, without the silent endings."""
    bare = re.sub(r"[^a-z]", "", word.lower())
    count = len(_ENGLISH_VOWELS.findall(bare))
    if re.search(r"[^aeiouy]e$", bare) and not re.search(r"[^aeiouy]le$", bare):
        count -= 1  # "phone", "there", but not "table"
    if re.search(r"[^aeiouytd]ed$", bare) or re.search(r"[^aeiouysxzcg]es$", bare):
        count -= 1  # "picked", "makes", but not "wanted", "boxes"
    return max(count, 1)


def syllables_in_spanish(word: str) -> int:
    """Count vowel groups, divided where two vowels do not sound together."""
    # The u is silent in "que", "guía"; the y is a vowel at the end of a word only.
    bare = re.sub(r"y$", "i", re.sub(r"(?<=[gq])u(?=[eiéí])", "", word.lower()))
    return max(sum(len(_SPANISH_BREAK.split(group)) for group in _SPANISH_VOWELS.findall(bare)), 1)


def _english_age(sentences: list[list[str]]) -> Difficulty:
    words = sum(map(len, sentences))
    syllables = sum(syllables_in_english(word) for sentence in sentences for word in sentence)
    age = 0.39 * words / len(sentences) + 11.8 * syllables / words - 15.59 + 5 if words else 0.0
    return Difficulty(age, ENGLISH_AGE_LIMIT, age > ENGLISH_AGE_LIMIT, words)


def _spanish_ease(sentences: list[list[str]]) -> Difficulty:
    words = sum(map(len, sentences))
    syllables = sum(syllables_in_spanish(word) for sentence in sentences for word in sentence)
    ease = 206.835 - 62.3 * syllables / words - words / len(sentences) if words else 100.0
    return Difficulty(ease, SPANISH_EASE_LIMIT, ease < SPANISH_EASE_LIMIT, words)


_FORMULAS: Final[dict[str, Callable[[list[list[str]]], Difficulty]]] = {"en": _english_age, "es": _spanish_ease}
