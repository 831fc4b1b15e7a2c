"""Loads and validates content/ at start-up: pages, plan, exercises, steps, words of the screens, and help lines.

Reads files and today's date, nothing else. Whatever is wrong is a `ContentError` naming file and line, so a server with
broken content never starts. `content_check.py` asks the slower questions (overdue reviews, reading age, names).
"""

import re
import string
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError
from markdown_it import MarkdownIt
from markdown_it.token import Token

from server import addresses
from server.content_files import ContentFile, Place, Record, TextFile, complaint, read_markdown, read_yaml
from server.content_records import (
    TOPICS,
    Exercise,
    FrontMatter,
    Grounding,
    Hello,
    LineTranslations,
    Plan,
    PlanSection,
    ScreenWords,
    SmallSteps,
    Topic,
)
from server.help_lines import CHECK_KEYS, Country, Directory
from server.word_lists import read_word_list

# The first language is the one that all others are held against.
FIRST_LANGUAGE: Final = "en"
FIXED_VIEWS: Final = ("start", "lines", "plan", "steady", "read")
# What she keeps herself. They live in the pack alone, so no page of reading, which plain pages show too, links to them.
KEEPING_VIEWS: Final = (
    *("reading", "notes", "days", "steps", "asking", "safe", "remove", "keep"),
    *("elsewhere", "back", "phones"),
)

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False})
_VIEW_LINK: Final = re.compile(r'href="view:([^"]*)"')


class Page(FrontMatter):
    """One reading page, as HTML that holds no raw HTML of its author and no links but to other views."""

    html: str

    @property
    def view(self) -> str:
        """The view that this page fills: its own, or on plain pages that of the page it stands in for."""
        return self.plain_for or self.id

    def html_with(self, link: Callable[[str], str]) -> str:
        """Put real attributes where a link names a view: `link("lines")` gives what replaces `href="view:lines"`."""
        return _VIEW_LINK.sub(lambda match: link(match[1]), self.html)


class Edition(Record):
    """All content of one language."""

    language: str
    direction: str
    pages: tuple[Page, ...]
    plan: Plan
    grounding: Grounding
    steps: SmallSteps
    strings: dict[str, str]
    hello: Hello
    countries: tuple[Country, ...]
    # The list that recovery words are drawn from; position is meaning.
    words: tuple[str, ...]

    def page(self, page_id: str) -> Page:
        """Give the page of this id."""
        return next(page for page in self.pages if page.id == page_id)

    def pages_to_read(self, *, plain: bool) -> tuple[Page, ...]:
        """The reading pages as the app shows them, or as plain pages do: some of those have a page of their own."""
        stand_ins = {page.plain_for: page for page in self.pages if page.plain_for}
        pages = (page for page in self.pages if not page.plain_for)
        return tuple(stand_ins.get(page.id, page) if plain else page for page in pages)

    def pages_by_topic(self, *, plain: bool) -> tuple[tuple[Topic, tuple[Page, ...]], ...]:
        """The same pages under their headings; a heading without pages is left out."""
        pages = self.pages_to_read(plain=plain)
        groups = ((topic, tuple(page for page in pages if page.topic == topic)) for topic in TOPICS)
        return tuple((topic, found) for topic, found in groups if found)

    @property
    def sections(self) -> tuple[PlanSection, ...]:
        """The parts of the plan."""
        return self.plan.sections

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises, outward ones first."""
        return self.grounding.exercises

    @property
    def views(self) -> tuple[str, ...]:
        """The id of every view that this edition fills."""
        return _views(self.grounding, self.pages)


class Library(Record):
    """Everything under content/."""

    editions: dict[str, Edition]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages, the first one first."""
        return tuple(self.editions)

    def edition(self, language: str) -> Edition:
        """Give the content of one language."""
        return self.editions[language]


def load_library(folder: Path, today: date) -> Library:
    """Load all of content/, or raise the first `ContentError`."""
    directory = Directory(read_yaml(folder / "helplines.yaml"), read_yaml(folder / "emergency_numbers.yaml"))
    shelves = [_Shelf(folder / language) for language in _languages(folder)]
    for shelf in shelves:
        shelf.refuse_dead_links()
        shelf.agree_with(shelves[0])
        shelf.refuse_missing_labels(directory)
    return Library(editions={shelf.language: shelf.edition(directory, today) for shelf in shelves})


class _Shelf:
    """The files of one language, each still knowing its lines."""

    def __init__(self, folder: Path) -> None:
        self.language = folder.name
        self.locale = _locale(folder)
        self.strings_file = read_yaml(folder / "strings.yaml")
        self.strings = self.strings_file.parse(ScreenWords).strings
        self.hello = read_yaml(folder / "hello.yaml").parse(Hello)
        self.plan_file = read_yaml(folder / "plan.yaml")
        self.plan = self.plan_file.parse(Plan)
        self.grounding_file = read_yaml(folder / "grounding.yaml")
        self.grounding = self.grounding_file.parse(Grounding)
        self.steps_file = read_yaml(folder / "steps.yaml")
        self.steps = self.steps_file.parse(SmallSteps)
        self.words = read_word_list(folder / "words.txt")
        self.lines_file = read_yaml(folder / "lines.yaml") if (folder / "lines.yaml").exists() else None
        self.page_files = [read_markdown(path) for path in sorted(folder.glob("*.md"))]
        self.pages = [_page(file) for file in self.page_files]
        self._refuse_bad_page_ids()
        self._refuse_lost_stand_ins()

    def edition(self, directory: Directory, today: date) -> Edition:
        """Put the language together."""
        words = LineTranslations()
        if self.lines_file:
            directory.refuse_unknown(self.lines_file)
            words = self.lines_file.parse(LineTranslations)
        return Edition(
            language=self.language,
            direction=self.locale.text_direction,
            pages=tuple(sorted(self.pages, key=lambda page: page.order)),
            plan=self.plan,
            grounding=self.grounding,
            steps=self.steps,
            strings=self.strings,
            hello=self.hello,
            countries=directory.told_in(self.locale, words, self.strings, today=today),
            words=self.words,
        )

    def refuse_dead_links(self) -> None:
        """Complain about a link to anything but a view that exists; links out would need their own warning."""
        views = _views(self.grounding, self.pages)
        for file in self.page_files:
            for token, line in _links(file):
                target = str(token.attrs.get("href", token.attrs.get("src", "")))
                if token.type == "image" or not target.startswith("view:"):
                    raise complaint(file.front.path, line, f"{target}: a page links to views only ([text](view:lines))")
                if target.removeprefix("view:") not in views:
                    raise complaint(file.front.path, line, f"{target}: there is no such view")

    def agree_with(self, first: "_Shelf") -> None:
        """Complain where this language lacks what the first one has, or has what it lacks."""
        self._agree_on_strings(first)
        _agree(self.plan_file, _plan_ids(self.plan), _plan_ids(first.plan))
        _agree(self.grounding_file, _exercise_ids(self.grounding), _exercise_ids(first.grounding))
        _agree(self.steps_file, _step_ids(self.steps), _step_ids(first.steps))
        extra = {page.id for page in first.pages} ^ {page.id for page in self.pages}
        if extra:
            file = self.strings_file.path.parent / f"{min(extra)}.md"
            raise complaint(file, 1, f"this page is not in both {first.language} and {self.language}")
        for text, page in zip(self.page_files, self.pages, strict=True):
            other = next(other for other in first.pages if other.id == page.id)
            for key in ("topic", "order", "plain_for"):
                if getattr(page, key) != getattr(other, key):
                    raise text.front.error(f"{key}: {first.language} has {getattr(other, key)}", (key,))

    def refuse_missing_labels(self, directory: Directory) -> None:
        """The data decides which of these are asked for, so no template would miss them before a reader does."""
        wanted = {"hours_always", *CHECK_KEYS, *(f"topic_{page.topic}" for page in self.pages)}
        for line in directory.lines:
            wanted |= {f"for_{kind}" for kind in line.kinds} | {f"confidence_{line.confidence}"}
        wanted |= {f"confidence_{entry.confidence}" for entry in directory.emergency.values()}
        for key in sorted(wanted - set(self.strings)):
            raise self.strings_file.error(f"{key}: this key is missing", ("strings",))

    def _agree_on_strings(self, first: "_Shelf") -> None:
        for key in sorted(first.strings.keys() - self.strings.keys()):
            raise self.strings_file.error(f"{key}: this key is missing, {first.language} has it", ("strings",))
        for key, text in self.strings.items():
            place = ("strings", key)
            if key not in first.strings:
                raise self.strings_file.error(f"{key}: {first.language} has no such key", place)
            expected, found = placeholders(first.strings[key]), self._placeholders(text, place)
            if found != expected:
                raise self.strings_file.error(f"{key}: placeholders should be {_braced(expected)}", place)

    def _placeholders(self, text: str, place: Place) -> frozenset[str]:
        try:
            return placeholders(text)
        except ValueError as error:
            raise self.strings_file.error(f"{place[-1]}: {error}", place) from error

    def _refuse_bad_page_ids(self) -> None:
        taken = {*_views(self.grounding, []), *KEEPING_VIEWS}
        for file, page in zip(self.page_files, self.pages, strict=True):
            if page.id in taken:
                raise file.front.error(f"the id {page.id} is taken", ("id",))
            if not page.plain_for and not addresses.has_plain_number(page.id):
                raise file.front.error(f"the page {page.id} has no number yet (server/addresses.py)", ("id",))
            taken.add(page.id)

    def _refuse_lost_stand_ins(self) -> None:
        replaced: set[str] = set()
        whole = {page.id for page in self.pages if not page.plain_for}
        for file, page in zip(self.page_files, self.pages, strict=True):
            if page.plain_for and (page.plain_for not in whole or page.plain_for in replaced):
                raise file.front.error(f"plain_for: there is no page {page.plain_for} to stand in for", ("plain_for",))
            replaced |= {page.plain_for} if page.plain_for else set()


def placeholders(text: str) -> frozenset[str]:
    """The names in braces, as `str.format` reads them."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def _languages(folder: Path) -> list[str]:
    names = sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    if FIRST_LANGUAGE not in names:
        raise complaint(folder / FIRST_LANGUAGE, 1, "this language is missing, the others are held against it")
    return sorted(names, key=lambda name: name != FIRST_LANGUAGE)


def _locale(folder: Path) -> Locale:
    try:
        return Locale.parse(folder.name)
    except (UnknownLocaleError, ValueError) as error:
        raise complaint(folder, 1, "this folder is not named after a language (such as en or pt_BR)") from error


def _page(file: TextFile) -> Page:
    front = file.front.parse(FrontMatter)
    if front.id != file.front.path.stem:
        raise file.front.error(f"id: the file is named {file.front.path.stem}.md", ("id",))
    if not file.text.strip():
        raise complaint(file.front.path, file.first_text_line, "the page has no text")
    for token in _MARKDOWN.parse(file.text):
        if token.type == "heading_open" and token.tag == "h1" and token.map:
            line = file.first_text_line + token.map[0]
            raise complaint(file.front.path, line, "the title is the only heading of the first level; use ##")
    return Page(**dict(front), html=_MARKDOWN.render(file.text))


def _links(file: TextFile) -> Iterable[tuple[Token, int]]:
    for block in _MARKDOWN.parse(file.text):
        for token in block.children or ():
            if token.type in {"link_open", "image"}:
                yield token, file.first_text_line + (block.map[0] if block.map else 0)


def _views(grounding: Grounding, pages: Iterable[Page]) -> tuple[str, ...]:
    to_read = (page.id for page in pages if not page.plain_for)
    return (*FIXED_VIEWS, *(exercise.id for exercise in grounding.exercises), *to_read)


def _agree(file: ContentFile, found: list[tuple[str, Place]], expected: list[tuple[str, Place]]) -> None:
    """Answers will hang on these ids, so each language has the same ones, of the same kind, in the same order."""
    for (name, place), (wanted, _) in zip(found, expected, strict=False):
        if name != wanted:
            raise file.error(f"{name}: {FIRST_LANGUAGE} has {wanted} here", place)
    if len(found) != len(expected):
        odd = (found if len(found) > len(expected) else expected)[min(len(found), len(expected))]
        raise file.error(f"{odd[0]}: not in both this language and {FIRST_LANGUAGE}", odd[1])


def _plan_ids(plan: Plan) -> list[tuple[str, Place]]:
    ids: list[tuple[str, Place]] = []
    for number, section in enumerate(plan.sections):
        ids.append((section.id, ("sections", number)))
        for index, prompt in enumerate(section.prompts):
            place: Place = ("sections", number, "prompts", index)
            ids.append((f"{section.id}.{prompt.id} ({prompt.kind})", place))
            ids += [(f"{section.id}.{prompt.id}.{item.id}", place) for item in prompt.items]
    return ids


def _exercise_ids(grounding: Grounding) -> list[tuple[str, Place]]:
    return [
        (f"{exercise.id} ({exercise.kind})", ("exercises", number))
        for number, exercise in enumerate(grounding.exercises)
    ]


def _step_ids(steps: SmallSteps) -> list[tuple[str, Place]]:
    return [
        (f"{band.id}.{step.id}", ("bands", number, "steps", index))
        for number, band in enumerate(steps.bands)
        for index, step in enumerate(band.steps)
    ]


def _braced(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "none"
