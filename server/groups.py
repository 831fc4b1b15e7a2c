"""Groups and services, put together from groups.yaml in the words of one language."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from babel import Locale
from babel.dates import format_date

from server.content_files import ContentFile, Record
from server.content_records import (
    GroupEntry,
    GroupKind,
    Groups,
    GroupTranslations,
    GroupWay,
    GroupWords,
    LineTranslations,
    LineWords,
    Whom,
)
from server.help_lines import (
    REVIEW_DAYS,
    Dial,
    Directory,
    call_dial,
    language_name,
    refuse_unknown_country,
    without_accents,
)


class Group(Record):
    """One group or service in the words of one language."""

    id: str
    name: str
    kind: GroupKind
    whom: tuple[Whom, ...]
    country: str | None
    country_name: str | None
    ways: tuple[GroupWay, ...]
    languages: tuple[str, ...]
    join: str | None
    # Whether the remark is in the reader's language.
    join_is_told: bool
    free: bool | None
    phone: Dial | None
    url: str | None
    sources: tuple[str, ...]
    reviewed_on: str | None
    reviewed_long_ago: bool


class GroupDirectory:
    """All groups, read and checked once, told in as many languages as there are."""

    def __init__(self, files: Sequence[ContentFile], lines: Directory) -> None:
        """Take the files, ours first: a later one replaces entries of an earlier one, or adds to them."""
        self._lines = {line.id: line for line in lines.lines}
        self.groups: dict[str, GroupEntry] = {}
        for file in files:
            self.groups |= self._groups_of(file)

    def _groups_of(self, file: ContentFile) -> dict[str, GroupEntry]:
        groups: dict[str, GroupEntry] = {}
        for index, group in enumerate(file.parse(Groups).groups):
            if group.country is not None:
                refuse_unknown_country(group.country, file, ("groups", index, "country"))
            if group.line is not None and group.line not in self._lines:
                raise file.error(f"{group.line}: no such help line", ("groups", index, "line"))
            if group.id in groups:
                raise file.error(f"the id {group.id} stands twice", ("groups", index, "id"))
            groups[group.id] = group
        return groups

    def refuse_unknown(self, translations: ContentFile) -> None:
        """Complain about a translation of something that does not exist (any more)."""
        for name in translations.parse(GroupTranslations).groups:
            if name not in self.groups:
                raise translations.error(f"{name}: no such group", ("groups", name))

    def told_in(
        self, locale: Locale, words: GroupTranslations, lines: LineTranslations, *, own: bool, today: date
    ) -> tuple[Group, ...]:
        """All groups, by country and name; `own` says that the data's own words are in this language.

        `lines` are the same language's words for the help lines, whose names some groups share.
        """
        told = [
            self._told(entry, self._words_for(entry, words.groups, lines.lines), locale, own, today)
            for entry in self.groups.values()
        ]
        return tuple(sorted(told, key=_by_country_and_name))

    def _words_for(
        self, entry: GroupEntry, words: Mapping[str, GroupWords], lines: Mapping[str, LineWords]
    ) -> GroupWords:
        """A group under the name of its help line is called what the line is called there: a caution stands in that."""
        found = words.get(entry.id, GroupWords())
        # A host's group that only shares the number keeps its own name.
        if found.name or entry.line is None or entry.name != self._lines[entry.line].name:
            return found
        return found.model_copy(update={"name": lines.get(entry.line, LineWords()).name})

    def _told(self, entry: GroupEntry, words: GroupWords, locale: Locale, own: bool, today: date) -> Group:  # noqa: FBT001
        checked = entry.reviewed_on
        return Group(
            id=entry.id,
            name=words.name or entry.name,
            kind=entry.kind,
            whom=entry.whom,
            country=entry.country,
            country_name=locale.territories[entry.country] if entry.country else None,
            ways=entry.ways,
            languages=tuple(language_name(code, locale) for code in entry.languages),
            join=words.join or entry.join,
            join_is_told=own or words.join is not None,
            free=entry.free,
            phone=call_dial(self._lines[entry.line].phone, locale) if entry.line else None,
            url=entry.url,
            sources=entry.sources,
            reviewed_on=format_date(checked, "long", locale) if checked else None,
            reviewed_long_ago=checked is not None and today - checked > timedelta(days=REVIEW_DAYS),
        )


def _by_country_and_name(group: Group) -> tuple[bool, str, str]:
    return group.country_name is None, without_accents(group.country_name or ""), without_accents(group.name)
