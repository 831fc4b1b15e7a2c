"""The content command asks what loading does not: reading age, overdue reviews, and whether a translation is whole.

Errors are for whoever writes; overdue dates are listed and do not fail, since the day alone would break a good build.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape
from pathlib import Path

from server.content_files import Record, read_yaml
from server.content_records import (
    EmergencyEntry,
    EmergencyNumbers,
    EmergencyWords,
    HelplineEntry,
    Helplines,
    LineTranslations,
    LineWords,
)
from server.errors import ContentError
from server.help_lines import ALWAYS_OPEN, REVIEW_DAYS
from server.library import Edition, load_library
from server.reading_age import measure

# Fewer words than this say nothing about how hard a text is.
_FEWEST_WORDS = 40


@dataclass(frozen=True)
class Findings:
    """What the command says: errors fail it, the rest is to know."""

    errors: tuple[str, ...]
    overdue: tuple[str, ...] = ()
    summary: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """Everything in the order in which it is read in a terminal: the errors last, where the eye ends."""
        overdue = (f"overdue: {line}" for line in self.overdue)
        return (*overdue, *([self.summary] if self.summary else ()), *(f"error: {line}" for line in self.errors))


@dataclass(frozen=True)
class _Numbers:
    """The data as it stands in the files, before any language puts it into words."""

    lines: Mapping[str, HelplineEntry]
    emergency: Mapping[str, EmergencyEntry]


def check_content(folder: Path, today: date) -> Findings:
    """Load everything, then ask the slower questions."""
    try:
        library = load_library(folder, today)
    except ContentError as error:
        return Findings(errors=(str(error),))
    numbers = _read_numbers(folder)
    errors = [error for edition in library.editions.values() for error in _hard_texts(edition)]
    for language in library.languages:
        words = _read_translations(folder / language / "lines.yaml")
        # The first language is the data's own.
        missing = () if language == library.languages[0] else _missing_translations(numbers, words)
        errors += [f"{language}/lines.yaml: {error}" for error in (*missing, *_changed_numbers(numbers, words))]
    overdue = _overdue(numbers, library.editions.values(), before=today - timedelta(days=REVIEW_DAYS))
    return Findings(tuple(errors), tuple(overdue), _summary(numbers, library.languages))


def texts_of(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give everything a person reads in one language, part by part, as plain sentences."""
    for page in edition.pages:
        yield f"{page.id}.md", (page.title, *_blocks(page.html))
    yield "plan.yaml: opening", edition.plan.opening
    for section in edition.sections:
        yield f"plan.yaml: {section.id}", tuple(_sentences(section.model_dump()))
    yield "grounding.yaml", tuple(_sentences(edition.grounding.model_dump()))
    yield "steps.yaml", tuple(_sentences(edition.steps.model_dump()))
    yield "hello.yaml", tuple(_sentences(edition.hello.model_dump()))
    yield "strings.yaml", tuple(edition.strings.values())


def _hard_texts(edition: Edition) -> Iterator[str]:
    for name, texts in texts_of(edition):
        found = measure(edition.language, texts)
        if found and found.too_hard and found.words >= _FEWEST_WORDS:
            yield f"{edition.language}/{name}: hard to read ({found.figure:.1f}, the limit is {found.limit:g})"


def _missing_translations(numbers: _Numbers, words: LineTranslations) -> Iterator[str]:
    """Hours and remarks in a language one cannot read are noise at the worst moment."""
    for line in numbers.lines.values():
        told = words.lines.get(line.id, LineWords())
        if line.hours not in {None, ALWAYS_OPEN} and not told.hours:
            yield f"{line.id}: hours are not translated"
        if line.silent_or_covert_note and not told.silent_or_covert_note:
            yield f"{line.id}: silent_or_covert_note is not translated"
    for code, entry in numbers.emergency.items():
        told_here = words.emergency.get(code, EmergencyWords())
        for field in EmergencyWords.model_fields:
            if getattr(entry, field) and not getattr(told_here, field):
                yield f"{code}: {field} is not translated"


def _changed_numbers(numbers: _Numbers, words: LineTranslations) -> Iterator[str]:
    """A translation changes words, never a number or an hour."""
    pairs: list[tuple[str, Record, Record]] = [(key, numbers.lines[key], told) for key, told in words.lines.items()]
    pairs += [(code, numbers.emergency[code], told) for code, told in words.emergency.items()]
    for name, entry, told in pairs:
        for field, text in told.model_dump(exclude_none=True).items():
            original = getattr(entry, field)
            if original is None:
                yield f"{name}: {field} is translated, but the data has none"
            elif _digits(text) != _digits(original):
                yield f"{name}: {field} has other numbers than the data"


def _overdue(numbers: _Numbers, editions: Iterable[Edition], *, before: date) -> Iterator[str]:
    for edition in editions:
        for page in edition.pages:
            if page.reviewed_on < before:
                yield f"{edition.language}/{page.id}.md: reviewed on {page.reviewed_on}"
    dates = [(line.id, line.checked_on) for line in numbers.lines.values()]
    dates += [(code, entry.checked_on) for code, entry in numbers.emergency.items()]
    for name, checked_on in dates:
        if checked_on and checked_on < before:
            yield f"{name}: checked on {checked_on}"


def _summary(numbers: _Numbers, languages: Iterable[str]) -> str:
    lines = numbers.lines.values()
    checked = sum(line.checked_on is not None for line in lines)
    countries = len({line.country for line in lines})
    return f"{', '.join(languages)}: {len(lines)} help lines in {countries} countries, {checked} of them checked by you"


def _read_numbers(folder: Path) -> _Numbers:
    lines = read_yaml(folder / "helplines.yaml").parse(Helplines).helplines
    emergency = read_yaml(folder / "emergency_numbers.yaml").parse(EmergencyNumbers).countries
    return _Numbers({line.id: line for line in lines}, emergency)


def _read_translations(path: Path) -> LineTranslations:
    return read_yaml(path).parse(LineTranslations) if path.exists() else LineTranslations()


def _digits(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+", text))


def _blocks(html: str) -> Iterator[str]:
    for block in re.split(r"</?(?:p|li|ul|ol|h[2-6]|blockquote)>", html):
        if text := unescape(re.sub(r"<[^>]+>", "", block)).strip():
            yield text


def _sentences(value: object, key: str = "") -> Iterator[str]:
    """Walk down to every text, past ids and kinds."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _sentences(inner, name)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _sentences(inner, key)
    elif isinstance(value, str) and key not in {"id", "kind", "phase", "count"}:
        yield value
