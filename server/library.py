"""Loads and validates content/ at start-up: pages, plan, exercises, steps, words of the screens, and help lines.

Reads files and today's date, nothing else. Whatever is wrong is a `ContentError` naming file and line, so a server with
broken content never starts. `content_check.py` asks the slower questions (overdue reviews, reading age, names).
"""

import re
import string
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from babel import Locale, UnknownLocaleError
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import Field

from server import addresses
from server.content_files import ContentFile, Place, Record, TextFile, complaint, read_markdown, read_yaml
from server.content_overlay import Sources
from server.content_records import (
    TOPICS,
    About,
    Exercise,
    FrontMatter,
    Grounding,
    GroupTranslations,
    Hello,
    LineTranslations,
    Plan,
    PlanSection,
    ScreenWords,
    SmallSteps,
    Topic,
)
from server.groups import Group, GroupDirectory
from server.help_lines import CHECK_KEYS, REVIEW_DAYS, Country, Directory
from server.word_lists import read_word_list

# The first language is the one that all others are held against.
FIRST_LANGUAGE: Final = "en"
FIXED_VIEWS: Final = ("start", "lines", "plan", "steady", "read", "circles")
# What she keeps herself. They live in the pack alone, so no page of reading, which plain pages show too, links to them.
KEEPING_VIEWS: Final = (
    *("reading", "notes", "days", "steps", "asking", "safe", "remove", "keep"),
    *("elsewhere", "back", "phones", "buddies", "invite"),
    *("invited", "people"),
)

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False})
_VIEW_LINK: Final = re.compile(r'href="view:([^"]*)"')


class Page(FrontMatter):
    """One reading page, as HTML that holds no raw HTML of its author and no links but to other views."""

    html: str
    language: str
    direction: str

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
    groups: tuple[Group, ...]
    # The list that recovery words are drawn from; position is meaning.
    words: tuple[str, ...]
    # Whether all of it is there. What is not, `lent` names by view, with the language it comes from instead.
    whole: bool = True
    lent: dict[str, str] = Field(default_factory=dict)
    hello_language: str
    # Who knows subject and language and has looked over all that is no page; None where nobody has.
    reviewed_by: str | None = None
    # Pages looked over before this day may have aged; the app says so.
    aged_before: date

    def is_overdue(self, page: Page) -> bool:
        """Whether the last look at a page is so long ago that it may not be true any more."""
        return page.reviewed_on < self.aged_before

    def page(self, page_id: str) -> Page:
        """Give the page of this id."""
        return next(page for page in self.pages if page.id == page_id)

    @property
    def own_pages(self) -> tuple[Page, ...]:
        """The pages that are in this language, not borrowed."""
        return tuple(page for page in self.pages if page.language == self.language)

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


def load_library(folder: Path, today: date, own: Path | None = None) -> Library:
    """Load all of content/ and the host's overlay, or raise the first `ContentError`."""
    sources = Sources(folder, own)
    sources.refuse_strays()
    directory = Directory(sources.layers("helplines.yaml"), sources.layers("emergency_numbers.yaml"))
    groups = GroupDirectory(sources.layers("groups.yaml"), directory)
    shelves = _shelves(sources)
    pages = _one_of_each(shelves)
    for shelf in shelves:
        shelf.refuse_lost_stand_ins(pages)
        shelf.refuse_dead_links({page.view for page in pages.values()})
        shelf.agree_with(shelves[0], pages)
        shelf.refuse_missing_labels(directory, groups)
    data = _Data(directory, groups, today)
    return Library(editions={shelf.language: shelf.edition(data, shelves[0], pages) for shelf in shelves})


class _Data(NamedTuple):
    """What is the same in every language, until one puts it into words."""

    directory: Directory
    groups: GroupDirectory
    today: date


def _shelves(sources: Sources) -> list["_Shelf"]:
    first, *others = _languages(sources)
    first_shelf = _Shelf(sources, first)
    return [first_shelf, *(_Shelf(sources, folder, first_shelf) for folder in others)]


def _one_of_each(shelves: list["_Shelf"]) -> dict[str, Page]:
    """Every page once, in the first language that has it."""
    pages: dict[str, Page] = {}
    for shelf in shelves:
        for page in shelf.pages:
            pages.setdefault(page.id, page)
    return pages


class _Shelf:
    """The files of one language, each still knowing its lines."""

    def __init__(self, sources: Sources, folder: Path, first: "_Shelf | None" = None) -> None:
        """Read them; a language that is not whole borrows from the first one what it lacks."""
        self.language = folder.name
        self.folder = folder
        self.locale = _locale(folder)
        self._sources = sources
        self.about = self._read("about.yaml").parse(About) if self._has("about.yaml") else About()
        if not self.about.whole and first is None:
            raise self._read("about.yaml").error("whole: the first language lends to all others", ("whole",))
        lender = None if self.about.whole else first
        self.strings_file = sources.merged(f"{self.language}/strings.yaml", 2)
        self.strings = self.strings_file.parse(ScreenWords).strings
        self.hello, self.hello_language = self._hello(lender)
        self.borrows_plan = lender is not None and not self._has("plan.yaml")
        self.plan_file: ContentFile = lender.plan_file if lender and self.borrows_plan else self._read("plan.yaml")
        self.plan = self.plan_file.parse(Plan)
        self.grounding_file = self._read("grounding.yaml")
        self.grounding = self.grounding_file.parse(Grounding)
        self.borrows_steps = lender is not None and not self._has("steps.yaml")
        self.steps_file: ContentFile = lender.steps_file if lender and self.borrows_steps else self._read("steps.yaml")
        self.steps = self.steps_file.parse(SmallSteps)
        self.words = self._words(lender)
        self.lines_file = sources.merged(self._name("lines.yaml"), 2) if self._has("lines.yaml") else None
        self.page_files = [read_markdown(path) for path in sources.pages(self.language)]
        self.pages = [_page(file, self.locale) for file in self.page_files]
        self._refuse_bad_page_ids()

    def _name(self, file: str) -> str:
        return f"{self.language}/{file}"

    def _has(self, file: str) -> bool:
        return self._sources.exists(self._name(file))

    def _read(self, file: str) -> ContentFile:
        return read_yaml(self._sources.uppermost(self._name(file)))

    def _hello(self, lender: "_Shelf | None") -> tuple[Hello, str]:
        if lender and not self._has("hello.yaml"):
            return lender.hello, lender.language
        return self._sources.merged(self._name("hello.yaml"), 1).parse(Hello), self.language

    def _words(self, lender: "_Shelf | None") -> tuple[str, ...]:
        if lender and not self._has("words.txt"):
            return lender.words
        return read_word_list(self._sources.uppermost(self._name("words.txt")))

    def edition(self, data: _Data, first: "_Shelf", pages: Mapping[str, Page]) -> Edition:
        """Put the language together, and borrow what it has not."""
        own_pages = {page.id: page for page in self.pages}
        own_exercises = {exercise.id: exercise for exercise in self.grounding.exercises}
        exercises = tuple(own_exercises.get(other.id, other) for other in first.grounding.exercises)
        lent = dict.fromkeys(
            (exercise.id for exercise in exercises if exercise.id not in own_exercises), first.language
        )
        if self.borrows_plan:
            lent |= dict.fromkeys(("plan", "reading"), first.language)
        if self.borrows_steps:
            lent["steps"] = first.language
        line_words = self._line_words(data)
        return Edition(
            language=self.language,
            direction=self.locale.text_direction,
            pages=tuple(sorted({**pages, **own_pages}.values(), key=lambda page: (page.order, page.id))),
            plan=self.plan,
            grounding=self.grounding.model_copy(update={"exercises": exercises}),
            steps=self.steps,
            strings=self.strings,
            hello=self.hello,
            countries=self._countries(data, line_words),
            groups=self._groups(data, line_words),
            words=self.words,
            whole=self.about.whole,
            lent=lent,
            hello_language=self.hello_language,
            reviewed_by=self.about.reviewed_by,
            aged_before=data.today - timedelta(days=REVIEW_DAYS),
        )

    def _line_words(self, data: _Data) -> LineTranslations:
        if not self.lines_file:
            return LineTranslations()
        data.directory.refuse_unknown(self.lines_file)
        return self.lines_file.parse(LineTranslations)

    def _countries(self, data: _Data, words: LineTranslations) -> tuple[Country, ...]:
        own = self.language == FIRST_LANGUAGE
        return data.directory.told_in(self.locale, words, self.strings, own=own, today=data.today)

    def _groups(self, data: _Data, line_words: LineTranslations) -> tuple[Group, ...]:
        words = GroupTranslations()
        if self._has("groups.yaml"):
            file = self._sources.merged(self._name("groups.yaml"), 2)
            data.groups.refuse_unknown(file)
            words = file.parse(GroupTranslations)
        own = self.language == FIRST_LANGUAGE
        return data.groups.told_in(self.locale, words, line_words, own=own, today=data.today)

    def refuse_dead_links(self, pages: Collection[str]) -> None:
        """Complain about a link to anything but a view that exists; links out would need their own warning."""
        views = {*FIXED_VIEWS, *(exercise.id for exercise in self.grounding.exercises), *pages}
        for file in self.page_files:
            for token, line in _links(file):
                target = str(token.attrs.get("href", token.attrs.get("src", "")))
                if token.type == "image" or not target.startswith("view:"):
                    raise complaint(file.front.path, line, f"{target}: a page links to views only ([text](view:lines))")
                if target.removeprefix("view:") not in views:
                    raise complaint(file.front.path, line, f"{target}: there is no such view")

    def refuse_lost_stand_ins(self, pages: Mapping[str, Page]) -> None:
        """Complain about a page that stands in for none, or for one that has a stand-in already."""
        replaced: set[str] = set()
        for file, page in zip(self.page_files, self.pages, strict=True):
            stands_for = pages.get(page.plain_for or "")
            if page.plain_for and (stands_for is None or stands_for.plain_for or page.plain_for in replaced):
                raise file.front.error(f"plain_for: there is no page {page.plain_for} to stand in for", ("plain_for",))
            replaced |= {page.plain_for} if page.plain_for else set()

    def agree_with(self, first: "_Shelf", pages: Mapping[str, Page]) -> None:
        """Complain where this language lacks what the first one has, or has what it lacks."""
        self._agree_on_strings(first)
        _agree(self.plan_file, _plan_ids(self.plan), _plan_ids(first.plan))
        _agree(self.steps_file, _step_ids(self.steps), _step_ids(first.steps))
        self._agree_on_exercises(first)
        self._refuse_missing_pages(first)
        for text, page in zip(self.page_files, self.pages, strict=True):
            other = pages[page.id]
            for key in ("topic", "order", "plain_for"):
                if getattr(page, key) != getattr(other, key):
                    raise text.front.error(f"{key}: {other.language} has {getattr(other, key)}", (key,))

    def _agree_on_exercises(self, first: "_Shelf") -> None:
        found, expected = _exercise_ids(self.grounding), _exercise_ids(first.grounding)
        if not self.about.whole:
            found_names = {name for name, _ in found}
            expected = [(name, place) for name, place in expected if name in found_names]
        _agree(self.grounding_file, found, expected)

    def _refuse_missing_pages(self, first: "_Shelf") -> None:
        """Of our own pages a whole language has all; what a host adds in one language, the others borrow."""
        if not self.about.whole:
            return
        missing = self._ours(first) ^ self._ours(self)
        if missing - {page.id for page in self.pages} or missing - {page.id for page in first.pages}:
            file = self.folder / f"{min(missing)}.md"
            raise complaint(file, 1, f"this page is not in both {first.language} and {self.language}")

    def _ours(self, shelf: "_Shelf") -> set[str]:
        files = zip(shelf.page_files, shelf.pages, strict=True)
        return {page.id for file, page in files if not self._sources.is_own(file.front.path)}

    def refuse_missing_labels(self, directory: Directory, groups: GroupDirectory) -> None:
        """The data decides which of these are asked for, so no template would miss them before a reader does."""
        if not self.about.whole:
            return
        wanted = {"hours_always", *CHECK_KEYS, *(f"topic_{page.topic}" for page in self.pages)}
        for line in directory.lines:
            wanted |= {f"for_{kind}" for kind in line.kinds} | {f"confidence_{line.confidence}"}
        wanted |= {f"confidence_{entry.confidence}" for entry in directory.emergency.values()}
        for group in groups.groups.values():
            wanted |= {f"circle_{group.kind}", *(f"whom_{who}" for who in group.whom)}
        for key in sorted(wanted - set(self.strings)):
            raise self.strings_file.error(f"{key}: this key is missing", ("strings",))

    def _agree_on_strings(self, first: "_Shelf") -> None:
        for key in sorted(first.strings.keys() - self.strings.keys()) if self.about.whole else ():
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
                self._refuse_bad_number(file, page.id, taken)
            taken.add(page.id)

    def _refuse_bad_number(self, file: TextFile, page: str, others: Iterable[str]) -> None:
        if not self._sources.is_own(file.front.path):
            raise file.front.error(f"the page {page} has no number yet (server/addresses.py)", ("id",))
        if addresses.own_number(page) in {addresses.own_number(other) for other in others}:
            raise file.front.error(f"the number made from {page} is taken: another id gives another one", ("id",))


def placeholders(text: str) -> frozenset[str]:
    """The names in braces, as `str.format` reads them."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def _languages(sources: Sources) -> list[Path]:
    folders = sorted(sources.languages(), key=lambda folder: (folder.name != FIRST_LANGUAGE, folder.name))
    if not folders or folders[0].name != FIRST_LANGUAGE:
        place = sources.ours / FIRST_LANGUAGE
        raise complaint(place, 1, "this language is missing, the others are held against it")
    return folders


def _locale(folder: Path) -> Locale:
    try:
        return Locale.parse(folder.name)
    except (UnknownLocaleError, ValueError) as error:
        raise complaint(folder, 1, "this folder is not named after a language (such as en or pt_BR)") from error


def _page(file: TextFile, locale: Locale) -> Page:
    front = file.front.parse(FrontMatter)
    if front.id != file.front.path.stem:
        raise file.front.error(f"id: the file is named {file.front.path.stem}.md", ("id",))
    if not file.text.strip():
        raise complaint(file.front.path, file.first_text_line, "the page has no text")
    for token in _MARKDOWN.parse(file.text):
        if token.type == "heading_open" and token.tag == "h1" and token.map:
            line = file.first_text_line + token.map[0]
            raise complaint(file.front.path, line, "the title is the only heading of the first level; use ##")
    return Page(
        **dict(front),
        html=_MARKDOWN.render(file.text),
        language=file.front.path.parent.name,
        direction=locale.text_direction,
    )


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
