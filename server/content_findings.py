"""What the content command found, for a person in a terminal and for a program."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Final, Literal

# An error fails the command. A warning never does: the day alone would break a good build.
Level = Literal["error", "warning"]
Kind = Literal["broken", "hard", "outside", "number", "translation", "borrowed", "unreviewed", "overdue"]

# A terminal shows so many of one kind; a program gets all.
_SHOWN: Final = 12
_HEADINGS: Final[dict[Kind, str]] = {
    "broken": "Does not load",
    "hard": "Hard to read",
    "outside": "Words that would tell, where others can see them",
    "number": "Numbers to look at",
    "translation": "Not translated, or translated into something else",
    "borrowed": "Shown in another language, and marked as such",
    "unreviewed": "Nobody who knows the subject has looked this over; the app says so",
    "overdue": "Not looked at for 180 days; the app says so",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: where (a file of the content, or the id of an entry), and what."""

    level: Level
    kind: Kind
    where: str
    says: str

    def __str__(self) -> str:
        """Say it in one line, as editors and terminals expect it."""
        return f"{self.where}: {self.says}" if self.where else self.says


@dataclass(frozen=True, slots=True)
class PageFigure:
    """How hard one page is to read (server/reading_age.py says by which formula), and who looked it over."""

    language: str
    page: str
    figure: float | None
    limit: float | None
    words: int
    reviewed_on: str
    reviewed_by: str | None


@dataclass(frozen=True)
class Findings:
    """All that the command says."""

    all: tuple[Finding, ...]
    pages: tuple[PageFigure, ...] = ()
    summary: str = ""

    @property
    def errors(self) -> tuple[str, ...]:
        """What fails the command, a line each."""
        return tuple(str(finding) for finding in self.all if finding.level == "error")

    def of(self, kind: Kind) -> tuple[str, ...]:
        """Everything of one kind, a line each."""
        return tuple(str(finding) for finding in self.all if finding.kind == kind)

    @property
    def lines(self) -> Iterator[str]:
        """Everything in the order in which it is read in a terminal: the errors last, where the eye ends."""
        yield from _figures(self.pages)
        for level in ("warning", "error"):
            yield from _grouped(finding for finding in self.all if finding.level == level)
        yield ""
        if self.summary:
            yield self.summary
        errors = len(self.errors)
        yield f"{errors} to mend, {len(self.all) - errors} to know"

    @property
    def json(self) -> str:
        """The same for a program."""
        return json.dumps(
            {
                "ok": not self.errors,
                "summary": self.summary,
                "findings": [asdict(finding) for finding in self.all],
                "pages": [asdict(page) for page in self.pages],
            },
            ensure_ascii=False,
            indent=1,
        )


def _figures(pages: Iterable[PageFigure]) -> Iterator[str]:
    by_language: defaultdict[str, list[PageFigure]] = defaultdict(list)
    for page in pages:
        by_language[page.language].append(page)
    for language, found in by_language.items():
        measured = [page for page in found if page.figure is not None]
        if measured:
            yield f"How hard the pages are, {language} (the limit is {measured[0].limit:g}):"
            yield from (f"  {page.figure:6.1f}  {page.page} ({page.words} words)" for page in measured)


def _grouped(findings: Iterable[Finding]) -> Iterator[str]:
    by_kind: defaultdict[Kind, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_kind[finding.kind].append(finding)
    for kind, found in by_kind.items():
        yield f"\n{found[0].level}: {_HEADINGS[kind]} ({len(found)}):"
        yield from (f"  {finding}" for finding in found[:_SHOWN])
        if len(found) > _SHOWN:
            yield f"  and {len(found) - _SHOWN} more (--json lists all)"
