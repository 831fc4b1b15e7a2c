"""Library to fragments to one pack per language, and the same fragments as plain pages for people without script."""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from babel.dates import format_date
from markupsafe import Markup

from server import addresses
from server.documents import Caching, Document
from server.help_lines import Country
from server.library import KEEPING_VIEWS, Edition, Page
from server.rendering import Renderer

FORMAT: Final = 1
# Tags after which a space may be dropped: between inline elements it would be a word space.
_BLOCK: Final = r"(?:section|div|ul|ol|li|p|h[1-3]|details|summary|main|form|select|option|label)"
_SPACE_AROUND_BLOCKS: Final = re.compile(rf"\s*(</?{_BLOCK}\b[^>]*>)\s*")


@dataclass(frozen=True, slots=True)
class Way:
    """How views lead to one another: by links on plain pages, by buttons in the pack (see components/go.html)."""

    plain: bool
    to: Callable[[str], str]


def build_pack(edition: Edition, renderer: Renderer) -> Document:
    """Return one language's pack: gzip bytes without a name or a date, so equal content makes equal bytes."""
    fragments = _Fragments(edition, renderer, Way(plain=False, to=_no_address))
    pack = {
        "format": FORMAT,
        "views": dict(fragments.views()),
        "countries": {
            country.code: {"html": fragments.country(country), "dial": _first_number(country)}
            for country in edition.countries
        },
        "words": edition.words,
    }
    body = gzip.compress(json.dumps(pack, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0)
    return Document(body, "application/octet-stream", Caching.NEVER, compressible=False)


def plain_views(edition: Edition, renderer: Renderer) -> dict[str, Markup]:
    """Return each view as a fragment for a plain page."""
    way = Way(plain=True, to=lambda view: addresses.plain_page(view, edition.language))
    return {view: Markup(html) for view, html in _Fragments(edition, renderer, way).views()}  # noqa: S704 - our own


def _no_address(view: str) -> str:
    raise LookupError(f"{view}: views of a pack have no address")


def _first_number(country: Country) -> str | None:
    return country.emergency.first.address.removeprefix("tel:") if country.emergency else None


class _Fragments:
    """Renders the views of one language in one way."""

    def __init__(self, edition: Edition, renderer: Renderer, way: Way) -> None:
        self._edition, self._renderer, self._way = edition, renderer, way

    def views(self) -> Iterator[tuple[str, str]]:
        edition = self._edition
        yield "start", self._render("start")
        yield "lines", self._render("lines", countries=edition.countries, numbers_of=self._numbers_of)
        yield "plan", self._render("plan", plan=edition.plan)
        if not self._way.plain:
            # Right after the plan, whose words one of them holds again: nearby, they cost next to nothing when packed.
            yield from self._keeping_views()
        yield "steady", self._render("steady", grounding=edition.grounding)
        yield "read", self._render("read", groups=edition.pages_by_topic(plain=self._way.plain))
        for exercise in edition.grounding.exercises:
            yield exercise.id, self._render("exercise", exercise=exercise, closing=edition.grounding.closing)
        for page in edition.pages_to_read(plain=self._way.plain):
            yield (
                page.view,
                self._render(
                    "page",
                    page=page,
                    html=Markup(self._linked(page)),  # noqa: S704 - our own
                    reviewed_on=format_date(page.reviewed_on, "long", edition.language),
                ),
            )

    def _keeping_views(self) -> Iterator[tuple[str, str]]:
        """The views that are empty without script, and so stand in the pack alone."""
        for view in KEEPING_VIEWS:
            yield view, self._render(view, plan=self._edition.plan, steps=self._edition.steps)

    def _numbers_of(self, country: Country) -> Markup:
        return Markup(self.country(country))  # noqa: S704 - our own

    def country(self, country: Country) -> str:
        return self._render("country", country=country)

    def _linked(self, page: Page) -> str:
        if self._way.plain:
            return page.html_with(lambda view: f'href="{self._way.to(view)}"')
        return page.html_with(lambda view: f'role="link" tabindex="0" data-go="{view}"')

    def _render(self, view: str, **values: object) -> str:
        html = self._renderer.render(f"inside/{view}.html", u=self._edition.strings, way=self._way, **values)
        return _SPACE_AROUND_BLOCKS.sub(r"\1", html).strip()
