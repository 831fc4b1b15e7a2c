"""The content command asks what loading does not: is it plain, whole, looked over, and silent where others can see?

Errors are for whoever writes; what has aged or was never reviewed is listed and does not fail.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from pathlib import Path

from server.content_findings import Finding, Findings, Level, PageFigure
from server.content_groups import missing_group_words
from server.content_numbers import (
    Numbers,
    changed_numbers,
    doubtful_numbers,
    missing_translations,
    overdue_numbers,
    read_numbers,
    read_translations,
)
from server.content_overlay import Sources
from server.errors import ContentError
from server.help_lines import REVIEW_DAYS
from server.library import FIRST_LANGUAGE, Edition, Library, load_library
from server.outside_words import telling_words
from server.reading_age import measure

# Fewer words than this say nothing about how hard a text is.
_FEWEST_WORDS = 40


def check_content(folder: Path, today: date, own: Path | None = None) -> Findings:
    """Load everything, then ask the slower questions."""
    try:
        library = load_library(folder, today, own)
    except ContentError as error:
        return Findings((Finding("error", "broken", "", str(error)),))
    sources = Sources(folder, own)
    numbers = read_numbers(sources)
    findings = [*doubtful_numbers(numbers)]
    for edition in library.editions.values():
        findings += [*_hard_texts(edition), *_telling_names(edition), *_borrowed(edition, library)]
        findings += [*_told_numbers(sources, numbers, edition), *_told_groups(sources, edition)]
        findings += [*_unreviewed(edition), *_overdue_pages(edition)]
    findings += overdue_numbers(numbers, before=today - timedelta(days=REVIEW_DAYS))
    pages = tuple(figure for edition in library.editions.values() for figure in _figures(edition))
    return Findings(tuple(findings), pages, _summary(numbers, library))


def texts_of(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give everything a person reads in one language, part by part; what is borrowed is left out."""
    for page in edition.own_pages:
        yield f"{page.id}.md", (page.title, *_blocks(page.html))
    if "plan" not in edition.lent:
        yield "plan.yaml: opening", edition.plan.opening
        for section in edition.sections:
            yield f"plan.yaml: {section.id}", tuple(_sentences(section.model_dump()))
    yield "grounding.yaml", tuple(_sentences(_own_grounding(edition)))
    if "steps" not in edition.lent:
        yield "steps.yaml", tuple(_sentences(edition.steps.model_dump()))
    if edition.hello_language == edition.language:
        yield "hello.yaml", tuple(_sentences(edition.hello.model_dump()))
    yield "strings.yaml", tuple(edition.strings.values())


def _own_grounding(edition: Edition) -> dict[str, object]:
    told = edition.grounding.model_dump()
    own = (exercise for exercise in edition.exercises if exercise.id not in edition.lent)
    return told | {"exercises": tuple(exercise.model_dump() for exercise in own)}


def _figures(edition: Edition) -> Iterator[PageFigure]:
    for page in edition.own_pages:
        found = measure(edition.language, (page.title, *_blocks(page.html)))
        yield PageFigure(
            language=edition.language,
            page=page.id,
            figure=round(found.figure, 1) if found else None,
            limit=found.limit if found else None,
            words=found.words if found else len(page.html.split()),
            reviewed_on=page.reviewed_on.isoformat(),
            reviewed_by=page.reviewed_by,
        )


def _hard_texts(edition: Edition) -> Iterator[Finding]:
    for name, texts in texts_of(edition):
        found = measure(edition.language, texts)
        if found and found.too_hard and found.words >= _FEWEST_WORDS:
            says = f"hard to read ({found.figure:.1f}, the limit is {found.limit:g})"
            yield Finding("error", "hard", f"{edition.language}/{name}", says)


def _telling_names(edition: Edition) -> Iterator[Finding]:
    """An id becomes part of what a phone keeps, and the title of the first page stands in the browser's history."""
    names = [(f"{page.id}.md", page.id) for page in edition.own_pages] + [("hello.yaml", edition.hello.title)]
    for file, name in names:
        if found := telling_words(name):
            says = f"{name!r} would tell what this is: {', '.join(found)}"
            yield Finding("error", "outside", f"{edition.language}/{file}", says)


def _borrowed(edition: Edition, library: Library) -> Iterator[Finding]:
    for page in edition.pages:
        if page.language != edition.language:
            yield Finding("warning", "borrowed", edition.language, f"{page.id} is shown in {page.language}")
    for view, language in edition.lent.items():
        yield Finding("warning", "borrowed", edition.language, f"{view} is shown in {language}")
    if edition.hello_language != edition.language:
        yield Finding("warning", "borrowed", edition.language, f"hello is shown in {edition.hello_language}")
    missing = library.edition(FIRST_LANGUAGE).strings.keys() - edition.strings.keys()
    if missing:
        says = f"{len(missing)} words are missing, screens that need them are shown in {FIRST_LANGUAGE}"
        yield Finding("warning", "borrowed", f"{edition.language}/strings.yaml", says)


def _told_numbers(sources: Sources, numbers: Numbers, edition: Edition) -> Iterator[Finding]:
    file = f"{edition.language}/lines.yaml"
    words = read_translations(sources, edition.language)
    # The first language is the data's own.
    if edition.language != FIRST_LANGUAGE:
        yield from missing_translations(numbers, words, file, _missing(edition))
    yield from changed_numbers(numbers, words, file)


def _told_groups(sources: Sources, edition: Edition) -> Iterator[Finding]:
    if edition.language != FIRST_LANGUAGE:
        yield from missing_group_words(sources, edition.language, _missing(edition))


def _missing(edition: Edition) -> Level:
    """A whole language says that it has everything; another one has openly not."""
    return "error" if edition.whole else "warning"


def _unreviewed(edition: Edition) -> Iterator[Finding]:
    says = "no reviewed_by"
    for page in edition.own_pages:
        if page.reviewed_by is None:
            yield Finding("warning", "unreviewed", f"{edition.language}/{page.id}.md", says)
    if edition.reviewed_by is None:
        yield Finding("warning", "unreviewed", f"{edition.language}/about.yaml", f"{says} for all that is no page")


def _overdue_pages(edition: Edition) -> Iterator[Finding]:
    for page in edition.own_pages:
        if page.reviewed_by is not None and edition.is_overdue(page):
            says = f"looked over on {page.reviewed_on}"
            yield Finding("warning", "overdue", f"{edition.language}/{page.id}.md", says)


def _summary(numbers: Numbers, library: Library) -> str:
    lines = (
        f"{len(numbers.lines)} help lines in {numbers.countries} countries, {numbers.checked} of them checked by you"
    )
    return f"{', '.join(library.languages)}: {lines}"


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
