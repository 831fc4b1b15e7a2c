"""Help lines and emergency numbers, put together by country and in the words of one language."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Final, Literal

from babel import Locale
from babel.dates import format_date, format_skeleton

from server.content_files import ContentFile, Place, Record
from server.content_records import (
    EmergencyEntry,
    EmergencyNumbers,
    EmergencyWords,
    HelplineEntry,
    Helplines,
    LineTranslations,
    LineWords,
)
from server.place_names import first_letter, names_to_find

REVIEW_DAYS: Final = 180
CHECK_KEYS: Final = ("checked_on", "checked_long_ago", "not_checked_since", "not_checked", "emergency_not_checked")
ALWAYS_OPEN: Final = "24/7"
_CONFIDENCE_ORDER: Final = ("two_sources", "one_official", "one_secondary")

# Which sentence says how fresh a number is; each is a key of strings.yaml.
CheckKey = Literal["checked_on", "checked_long_ago", "not_checked_since", "not_checked", "emergency_not_checked"]


class Dial(Record):
    """A number as it is shown, and the address that a tap on it opens."""

    number: str
    address: str
    # What to write in a text message, where the service wants one certain word.
    word: str | None = None


class Line(Record):
    """One help line in the words of one language."""

    id: str
    name: str
    kinds: tuple[str, ...]
    regional: bool
    phone: Dial | None
    sms: Dial | None
    chat_url: str | None
    url: str | None
    hours: str | None
    languages: tuple[str, ...]
    free: bool | None
    note: str | None
    # Which of these are in the data's own language, English.
    foreign: frozenset[str]
    sources: tuple[str, ...]
    confidence: str
    check_key: CheckKey
    check_date: str | None


class Emergency(Record):
    """The emergency numbers of one country in the words of one language."""

    police: Dial | None
    ambulance: Dial | None
    general: Dial | None
    text: str | None
    silent: str | None
    # Which of these two are in the data's own language, English.
    foreign: frozenset[str]
    sources: tuple[str, ...]
    confidence: str
    check_key: CheckKey
    check_date: str | None

    @property
    def one_number(self) -> Dial | None:
        """The number that reaches everything, where police, ambulance and general are the same."""
        return self.general if self.general == self.police == self.ambulance else None

    @property
    def first(self) -> Dial:
        """The number to show where there is room for one only."""
        return next(number for number in (self.general, self.police, self.ambulance) if number)


class Country(Record):
    """What can be called from one country."""

    code: str
    name: str
    # Every name it may be looked up by, bare of case and marks, and the letter it stands under.
    names: str
    letter: str
    emergency: Emergency | None
    lines: tuple[Line, ...]


class Directory:
    """The data of all countries, read and checked once, told in as many languages as there are."""

    def __init__(self, helplines: Sequence[ContentFile], emergency: Sequence[ContentFile]) -> None:
        """Take the files of each, ours first: a later one replaces entries of an earlier one, or adds to them."""
        lines: dict[str, HelplineEntry] = {}
        for file in helplines:
            lines |= _lines_of(file)
        self.lines = tuple(lines.values())
        self.emergency: dict[str, EmergencyEntry] = {}
        for file in emergency:
            countries = file.parse(EmergencyNumbers).countries
            for code in countries:
                refuse_unknown_country(code, file, ("countries", code))
            self.emergency |= countries

    def refuse_unknown(self, translations: ContentFile) -> None:
        """Complain about a translation of something that does not exist (any more)."""
        words = translations.parse(LineTranslations)
        ids = {line.id for line in self.lines}
        for line_id in words.lines:
            if line_id not in ids:
                raise translations.error(f"{line_id}: no such help line", ("lines", line_id))
        for code in words.emergency:
            if code not in self.emergency:
                raise translations.error(f"{code}: no emergency numbers for it", ("emergency", code))
        for code in words.also:
            if code not in self.codes:
                raise translations.error(f"{code}: no help line and no emergency number for it", ("also", code))

    @property
    def codes(self) -> set[str]:
        """The countries there is something for."""
        return {*self.emergency, *(line.country for line in self.lines)}

    def told_in(
        self, locale: Locale, words: LineTranslations, strings: Mapping[str, str], *, own: bool, today: date
    ) -> tuple[Country, ...]:
        """All countries, by name as a reader of this language would look for them.

        `own` says that the data's own words are in this language, so that none of them is foreign.
        """
        teller = _Teller(locale, words, strings, today, own=own)
        by_country: defaultdict[str, list[HelplineEntry]] = defaultdict(list)
        for line in self.lines:
            by_country[line.country].append(line)
        countries = [
            Country(
                code=code,
                name=locale.territories[code],
                names=names_to_find(code, locale, words.also.get(code, ())),
                letter=first_letter(locale.territories[code]),
                emergency=teller.emergency(code, self.emergency[code]) if code in self.emergency else None,
                lines=tuple(teller.line(line) for line in sorted(by_country[code], key=_nearest_and_surest_first)),
            )
            for code in self.codes
        ]
        return tuple(sorted(countries, key=lambda country: (without_accents(country.name), country.code)))


class _Teller:
    """Puts entries into the words of one language."""

    def __init__(
        self, locale: Locale, words: LineTranslations, strings: Mapping[str, str], today: date, *, own: bool
    ) -> None:
        self._locale, self._words, self._strings, self._today, self._own = locale, words, strings, today, own

    def line(self, entry: HelplineEntry) -> Line:
        words = self._words.lines.get(entry.id, LineWords())
        key, day = self._freshness(entry.checked_on) or _source_date(entry.seen, self._locale)
        always = entry.hours == ALWAYS_OPEN
        return Line(
            id=entry.id,
            name=words.name or entry.name,
            kinds=entry.kinds,
            regional=entry.regional,
            phone=call_dial(entry.phone, self._locale),
            sms=_text(entry.sms, self._locale),
            chat_url=entry.chat_url,
            url=entry.url,
            hours=self._strings.get("hours_always", entry.hours) if always else words.hours or entry.hours,
            foreign=self._foreign(hours=not always and words.hours is None, note=words.silent_or_covert_note is None),
            languages=tuple(language_name(code, self._locale) for code in entry.languages or ()),
            free=entry.free,
            note=words.silent_or_covert_note or entry.silent_or_covert_note,
            sources=entry.sources,
            confidence=entry.confidence,
            check_key=key,
            check_date=day,
        )

    def emergency(self, code: str, entry: EmergencyEntry) -> Emergency:
        words = self._words.emergency.get(code, EmergencyWords())
        # Nobody rings an emergency number to try it, so its sentence is another one.
        key, day = self._freshness(entry.checked_on) or ("emergency_not_checked", None)
        return Emergency(
            police=call_dial(entry.police, self._locale),
            ambulance=call_dial(entry.ambulance, self._locale),
            general=call_dial(entry.general, self._locale),
            text=words.text_to_emergency or entry.text_to_emergency,
            silent=words.silent_call or entry.silent_call,
            foreign=self._foreign(text=words.text_to_emergency is None, silent=words.silent_call is None),
            sources=entry.sources,
            confidence=entry.confidence,
            check_key=key,
            check_date=day,
        )

    def _foreign(self, **untold: bool) -> frozenset[str]:
        """Name the parts that are in the data's own language instead of the reader's."""
        return frozenset() if self._own else frozenset(name for name, is_untold in untold.items() if is_untold)

    def _freshness(self, checked_on: date | None) -> tuple[CheckKey, str] | None:
        if checked_on is None:
            return None
        overdue = self._today - checked_on > timedelta(days=REVIEW_DAYS)
        return "checked_long_ago" if overdue else "checked_on", format_date(checked_on, "long", self._locale)


def refuse_unknown_country(code: str, file: ContentFile, place: Place) -> None:
    """Complain about a code that is no country's."""
    if code not in _countries_of_the_world():
        raise file.error(f"{code}: unknown country", place)


def _lines_of(file: ContentFile) -> dict[str, HelplineEntry]:
    lines: dict[str, HelplineEntry] = {}
    for index, line in enumerate(file.parse(Helplines).helplines):
        refuse_unknown_country(line.country, file, ("helplines", index, "country"))
        if line.id in lines:
            raise file.error(f"the id {line.id} stands twice", ("helplines", index, "id"))
        lines[line.id] = line
    return lines


def without_accents(text: str) -> str:
    """Sort Österreich beside Osttimor: the bare letters, in one case."""
    return "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark)).casefold()


def _nearest_and_surest_first(line: HelplineEntry) -> tuple[bool, bool, int]:
    return "domestic_abuse" not in line.kinds, line.regional, _CONFIDENCE_ORDER.index(line.confidence)


def call_dial(number: str | None, locale: Locale) -> Dial | None:
    """Give the number as it is shown, and the address that a tap on it opens."""
    if number is None:
        return None
    digits = re.sub(r"[ ()-]", "", number)
    # A hash would begin the fragment of an address (RFC 3986 section 3.5).
    return Dial(number=_as_one(number, locale), address="tel:" + digits.replace("#", "%23"))


def _text(sms: str | None, locale: Locale) -> Dial | None:
    if sms is None:
        return None
    number, _, rest = sms.partition(" (text ")
    word = rest.removesuffix(")") or None
    address = "sms:" + re.sub(r"[ -]", "", number)
    return Dial(number=_as_one(number, locale), address=f"{address}?body={word}" if word else address, word=word)


def _as_one(number: str, locale: Locale) -> str:
    """Keep the groups of a number in their order where text runs from right to left (UAX 9, isolates)."""
    return f"\u2066{number}\u2069" if locale.text_direction == "rtl" else number


def language_name(code: str, locale: Locale) -> str:
    """Give a language's name in another language."""
    return locale.languages.get(code) or _LANGUAGES_WITHOUT_A_NAME.get(code) or code


# CLDR folds these two into others.
_LANGUAGES_WITHOUT_A_NAME: Final = {"tl": "Tagalog", "prs": "Dari"}


def _source_date(seen: str | None, locale: Locale) -> tuple[CheckKey, str | None]:
    return ("not_checked_since", _seen_in_words(seen, locale)) if seen else ("not_checked", None)


def _seen_in_words(seen: str, locale: Locale) -> str:
    """A source dates itself by the day, the month or only the year."""
    year, month, day = (int(part) for part in f"{seen}-1-1".split("-")[:3])
    match seen.count("-"):
        case 2:
            return format_date(date(year, month, day), "long", locale)
        case 1:
            return format_skeleton("yMMMM", date(year, month, day), locale=locale)
        case _:
            return str(year)


@cache
def _countries_of_the_world() -> frozenset[str]:
    # CLDR also names regions (001, EU, QO) and placeholders (ZZ, XA); a country has two letters and is none of these.
    no_countries = {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"}
    codes = (str(code) for code in Locale("en").territories)
    return frozenset(code for code in codes if re.fullmatch("[A-Z]{2}", code)) - no_countries
