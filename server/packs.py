"""Library to fragments to one pack per language, and the same fragments as plain pages for people without script."""

import gzip
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from babel.dates import format_date
from markupsafe import Markup

from server import addresses
from server.content_records import GROUP_KINDS, GROUP_WAYS
from server.documents import Caching, Document
from server.help_lines import Country
from server.library import KEEPING_VIEWS, Edition, Page
from server.rendering import MissingWordError, Renderer, WordsOfSome

FORMAT: Final = 1
# Tags after which a space may be dropped: between inline elements it would be a word space.
_BLOCK: Final = r"(?:section|div|ul|ol|li|p|h[1-3]|details|summary|main|form|select|option|label)"
_SPACE_AROUND_BLOCKS: Final = re.compile(rf"\s*(</?{_BLOCK}\b[^>]*>)\s*")


@dataclass(frozen=True, slots=True)
class Way:
    """How views lead to one another: by links on plain pages, by buttons in the pack (see components/go.html)."""

    plain: bool
    to: Callable[[str], str]


def build_pack(
    edition: Edition, renderer: Renderer, lenders: Mapping[str, Edition], languages: Mapping[str, str]
) -> Document:
    """Return one language's pack: gzip bytes without a name or a date, so equal content makes equal bytes.

    `languages` names those there are packs of, each in itself.
    """
    fragments = _Fragments(edition, renderer, Way(plain=False, to=_no_address), lenders, languages)
    pack = {
        "format": FORMAT,
        "language": edition.language,
        "direction": edition.direction,
        "views": dict(fragments.views()),
        "countries": {
            country.code: {"html": fragments.country(country), "dial": _first_number(country)}
            for country in edition.countries
        },
        "words": edition.words,
    }
    body = gzip.compress(json.dumps(pack, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0)
    return Document(body, "application/octet-stream", Caching.NEVER, compressible=False)


def plain_views(edition: Edition, renderer: Renderer, lenders: Mapping[str, Edition]) -> dict[str, Markup]:
    """Return each view as a fragment for a plain page."""
    way = Way(plain=True, to=lambda view: addresses.plain_page(view, edition.language))
    fragments = _Fragments(edition, renderer, way, lenders)
    return {view: Markup(html) for view, html in fragments.views()}  # noqa: S704 - our own


def _no_address(view: str) -> str:
    raise LookupError(f"{view}: views of a pack have no address")


def _first_number(country: Country) -> str | None:
    return country.emergency.first.address.removeprefix("tel:") if country.emergency else None


class _Fragments:
    """Renders the views of one language in one way; what it does not have, it borrows, and says in which language."""

    def __init__(
        self,
        edition: Edition,
        renderer: Renderer,
        way: Way,
        lenders: Mapping[str, Edition],
        languages: Mapping[str, str] | None = None,
    ) -> None:
        self._edition, self._renderer, self._way, self._lenders = edition, renderer, way, lenders
        self._languages = languages or {}
        self._strings = edition.strings if edition.whole else WordsOfSome(edition.strings)

    def views(self) -> Iterator[tuple[str, str]]:
        for view in self._names():
            yield view, self._own_or_lent(view)

    def _names(self) -> Iterator[str]:
        edition = self._edition
        yield from ("start", "lines", "plan")
        if not self._way.plain:
            # Right after the plan, whose words one of them holds again: nearby, they cost next to nothing when packed.
            # They are empty without script, and so stand in the pack alone.
            yield from KEEPING_VIEWS
        yield from ("steady", "read", "circles")
        yield from (exercise.id for exercise in edition.grounding.exercises)
        yield from (page.view for page in edition.pages_to_read(plain=self._way.plain))

    def _own_or_lent(self, view: str) -> str:
        lender = self._lender_of(view)
        if lender is None:
            try:
                return self.view(view)
            except MissingWordError:
                lender = self._first_lender()
        html = _Fragments(lender, self._renderer, self._way, {}, self._languages).view(view)
        return f'<div class="stack" lang="{lender.language}" dir="{lender.direction}">{html}</div>'

    def _lender_of(self, view: str) -> Edition | None:
        page = self._page_of(view)
        language = page.language if page else self._edition.lent.get(view, self._edition.language)
        return None if language == self._edition.language else self._lenders[language]

    def _first_lender(self) -> Edition:
        return next(iter(self._lenders.values()))

    def _page_of(self, view: str) -> Page | None:
        pages = self._edition.pages_to_read(plain=self._way.plain)
        return next((page for page in pages if page.view == view), None)

    def view(self, view: str) -> str:
        """Render one view in the words of this edition."""
        edition = self._edition
        if page := self._page_of(view):
            return self._page(page)
        if exercise := next((exercise for exercise in edition.grounding.exercises if exercise.id == view), None):
            return self._render("exercise", exercise=exercise, closing=edition.grounding.closing)
        values: dict[str, dict[str, object]] = {
            "start": {"languages": self._languages},
            "lines": {"countries": edition.countries, "numbers_of": self._numbers_of},
            "steady": {"grounding": edition.grounding, "lent": self._lent},
            "read": {"groups": edition.pages_by_topic(plain=self._way.plain), "lent": self._lent},
            "circles": {"groups": edition.groups, "kinds": GROUP_KINDS, "ways": GROUP_WAYS},
        }
        return self._render(view, **values.get(view, {"plan": edition.plan, "steps": edition.steps}))

    def _page(self, page: Page) -> str:
        return self._render(
            "page",
            page=page,
            html=Markup(self._linked(page)),  # noqa: S704 - our own
            reviewed_on=format_date(page.reviewed_on, "long", self._edition.language),
            reviewed_long_ago=self._edition.is_overdue(page),
        )

    def _lent(self, view: str) -> Markup:
        """What a title needs whose view is in another language; nothing where it is in this one."""
        lender = self._lender_of(view)
        if lender is None:
            return Markup()
        return Markup(' lang="{}" dir="{}"').format(lender.language, lender.direction)

    def _numbers_of(self, country: Country) -> Markup:
        return Markup(self.country(country))  # noqa: S704 - our own

    def country(self, country: Country) -> str:
        return self._render("country", country=country)

    def _linked(self, page: Page) -> str:
        if self._way.plain:
            return page.html_with(lambda view: f'href="{self._way.to(view)}"')
        return page.html_with(lambda view: f'role="link" tabindex="0" data-go="{view}"')

    def _render(self, view: str, **values: object) -> str:
        html = self._renderer.render(
            f"inside/{view}.html", u=self._strings, way=self._way, edition=self._edition, **values
        )
        return _SPACE_AROUND_BLOCKS.sub(r"\1", html).strip()
