"""Asks of the help lines and emergency numbers what loading does not: are they told alike, twice, or of old?"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from server.content_files import Record
from server.content_findings import Finding, Level
from server.content_overlay import Sources
from server.content_records import EmergencyEntry, EmergencyWords, HelplineEntry, LineTranslations, LineWords
from server.help_lines import ALWAYS_OPEN, Directory

# The longest number that can be dialled (ITU-T E.164, section 6), and what the two ways to write one have in common.
_MOST_DIGITS: Final = 15
_SHARED_DIGITS: Final = 7


@dataclass(frozen=True)
class Numbers:
    """The data as it stands in the files, before any language puts it into words."""

    lines: Mapping[str, HelplineEntry]
    emergency: Mapping[str, EmergencyEntry]

    @property
    def countries(self) -> int:
        """How many countries have a help line."""
        return len({line.country for line in self.lines.values()})

    @property
    def checked(self) -> int:
        """How many help lines somebody of the host's has dialled."""
        return sum(line.checked_on is not None for line in self.lines.values())


def read_numbers(sources: Sources) -> Numbers:
    """Read both files, ours and the host's."""
    directory = Directory(sources.layers("helplines.yaml"), sources.layers("emergency_numbers.yaml"))
    return Numbers({line.id: line for line in directory.lines}, directory.emergency)


def read_translations(sources: Sources, language: str) -> LineTranslations:
    """Read what a language says instead of the words inside the data."""
    name = f"{language}/lines.yaml"
    return sources.merged(name, 2).parse(LineTranslations) if sources.exists(name) else LineTranslations()


def doubtful_numbers(numbers: Numbers) -> Iterator[Finding]:
    """Numbers that nobody could dial, that contradict themselves, or that stand twice."""
    seen: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for line in numbers.lines.values():
        digits = re.sub(r"\D", "", line.phone or "")
        if len(digits) > _MOST_DIGITS:
            yield Finding("error", "number", line.id, f"{line.phone} has more than {_MOST_DIGITS} digits")
        if digits and line.phone_e164 and not line.phone_e164.endswith(digits.lstrip("0")[-_SHARED_DIGITS:]):
            yield Finding("error", "number", line.id, f"{line.phone} is not {line.phone_e164}")
        if digits:
            seen[line.country, digits].append(line.id)
    for (country, _), names in seen.items():
        if len(names) > 1:
            says = f"the same number as {', '.join(names[1:])} ({country})"
            yield Finding("warning", "number", names[0], says)


def missing_translations(numbers: Numbers, words: LineTranslations, file: str, level: Level) -> Iterator[Finding]:
    """Hours and remarks in a language one cannot read are noise at the worst moment."""
    for line in numbers.lines.values():
        told = words.lines.get(line.id, LineWords())
        if line.hours not in {None, ALWAYS_OPEN} and not told.hours:
            yield Finding(level, "translation", file, f"{line.id}: hours are not translated")
        if line.silent_or_covert_note and not told.silent_or_covert_note:
            yield Finding(level, "translation", file, f"{line.id}: silent_or_covert_note is not translated")
    for code, entry in numbers.emergency.items():
        told_here = words.emergency.get(code, EmergencyWords())
        for field in EmergencyWords.model_fields:
            if getattr(entry, field) and not getattr(told_here, field):
                yield Finding(level, "translation", file, f"{code}: {field} is not translated")


def changed_numbers(numbers: Numbers, words: LineTranslations, file: str) -> Iterator[Finding]:
    """A translation changes words, never a number or an hour."""
    pairs: list[tuple[str, Record, Record]] = [(key, numbers.lines[key], told) for key, told in words.lines.items()]
    pairs += [(code, numbers.emergency[code], told) for code, told in words.emergency.items()]
    for name, entry, told in pairs:
        for field, text in told.model_dump(exclude_none=True).items():
            original = getattr(entry, field)
            if original is None:
                says = f"{name}: {field} is translated, but the data has none"
                yield Finding("error", "translation", file, says)
            elif _digits(text) != _digits(original):
                says = f"{name}: {field} has other numbers than the data"
                yield Finding("error", "translation", file, says)


def overdue_numbers(numbers: Numbers, before: date) -> Iterator[Finding]:
    """Numbers last dialled, or where nobody did, last seen in a source, before that day."""
    for line in numbers.lines.values():
        if line.checked_on is None:
            if line.seen is None or line.seen < before.isoformat()[: len(line.seen)]:
                says = f"nobody has dialled it, newest source: {line.seen or 'not known'}"
                yield Finding("warning", "overdue", line.id, says)
        elif line.checked_on < before:
            yield Finding("warning", "overdue", line.id, f"checked on {line.checked_on}")
    for code, entry in numbers.emergency.items():
        if entry.checked_on and entry.checked_on < before:
            yield Finding("warning", "overdue", code, f"checked on {entry.checked_on}")


def _digits(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+", text))
