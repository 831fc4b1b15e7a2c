"""Asks of the groups what loading does not: does each language say how to join?"""

from collections.abc import Iterator

from server.content_findings import Finding, Level
from server.content_overlay import Sources
from server.content_records import Groups, GroupTranslations, GroupWords


def missing_group_words(sources: Sources, language: str, level: Level) -> Iterator[Finding]:
    """How to join, and what is worth knowing before, helps only those who can read it. A name may stay as it is."""
    file = f"{language}/groups.yaml"
    words = sources.merged(file, 2).parse(GroupTranslations) if sources.exists(file) else GroupTranslations()
    # A later layer's entry stands in the place of an earlier one, as it does when the app loads them.
    layers = sources.layers("groups.yaml")
    entries = {entry.id: entry for layer in layers for entry in layer.parse(Groups).groups}
    for entry in entries.values():
        if entry.join and not words.groups.get(entry.id, GroupWords()).join:
            yield Finding(level, "translation", file, f"{entry.id}: join is not translated")
