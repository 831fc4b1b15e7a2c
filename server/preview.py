"""Shows whoever writes the content how it will look, and again after every change. Never the public server.

It listens on this machine alone, keeps nothing, and draws the plain pages: what stands in them stands in the app.
"""

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from server import addresses
from server.assets import Assets, load_assets
from server.clock import today
from server.covers import Cover, Texts, load_covers, load_frame_texts
from server.errors import NightjarError
from server.library import Edition, Library, load_library
from server.settings import CONTENT, Settings
from server.site import Site, build_site

LOOPBACK: Final = "127.0.0.1"
_STATE: Final = "/state"
_BANNER: Final = """
<p style="position:fixed;inset:auto 0 0;margin:0;padding:.3em 1em;background:#ffd54a;color:#000">
Preview. Only this machine can see it. It changes when you save a file. <a href="/">All pages</a></p>
"""
_POLL: Final = """<script type="module">
const state = async () => (await fetch("/state")).text();
const before = "{state}";
setInterval(async () => {{ if ((await state().catch(() => before)) !== before) location.reload(); }}, 1000);
</script>"""


class _Desk:
    """Draws everything anew when a file has changed, and says what is wrong where it cannot."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folders = [CONTENT, *([settings.content] if settings.content else [])]
        self._covers: dict[str, Cover] = load_covers(settings.covers, settings.own_covers)
        self._frame: dict[str, Texts] = load_frame_texts()
        self._assets: Assets = load_assets(settings.build, self._covers)
        self._drawn: tuple[str, Library, Site] | None = None

    def state(self) -> str:
        """A text that changes with any file."""
        files = (file for folder in self._folders for file in folder.rglob("*") if file.is_file())
        return "-".join(map(str, _sum_of(sorted(files))))

    def draw(self) -> tuple[str, Library, Site]:
        """Give what is to be shown; NightjarError where a file is broken."""
        state = self.state()
        if self._drawn is None or self._drawn[0] != state:
            library = load_library(CONTENT, today(), self._settings.content)
            site = build_site(self._settings, library, self._covers, self._frame, self._assets)
            self._drawn = state, library, site
        return self._drawn


def create_preview(settings: Settings) -> Starlette:
    """Wire the preview; NightjarError where the build is missing or a cover is broken."""
    desk = _Desk(settings)

    async def state(_: Request) -> Response:
        return PlainTextResponse(desk.state())

    async def index(_: Request) -> Response:
        return _shown(desk, lambda library, site: "".join(_contents(library.edition(name)) for name in site.languages))

    async def page(request: Request) -> Response:
        number, language = request.path_params["number"], request.query_params.get("l", "en")

        def found(_: Library, site: Site) -> str:
            document = site.plain_pages.get((number, language))
            return (
                document.body.decode() if document else '<p>There is no such page (any more). <a href="/">All</a></p>'
            )

        return _shown(desk, found)

    async def asset(request: Request) -> Response:
        document = desk.draw()[2].assets[request.path_params["name"]]
        return Response(document.body, media_type=document.media_type)

    return Starlette(
        routes=[
            Route("/", index),
            Route(_STATE, state),
            Route(addresses.PLAIN_PAGE, page),
            Route(addresses.ASSET, asset),
        ]
    )


def _shown(desk: _Desk, draw: Callable[[Library, Site], str]) -> Response:
    try:
        state, library, site = desk.draw()
        html = draw(library, site)
    except NightjarError as error:
        state, html = desk.state(), f"<h1>Not yet</h1><p>{escape(str(error))}</p>"
    return HTMLResponse(html + _BANNER + _POLL.format(state=state), headers={"cache-control": "no-store"})


def _contents(edition: Edition) -> str:
    titles = {page.view: page.title for page in edition.pages_to_read(plain=True)}
    titles |= {exercise.id: exercise.title for exercise in edition.exercises}
    links = "".join(
        f'<li><a href="{addresses.plain_page(view, edition.language)}">{escape(titles.get(view, view))}</a></li>'
        for view in edition.views
    )
    return f'<h1>{edition.language}</h1><ul dir="{edition.direction}">{links}</ul>'


def _sum_of(files: list[Path]) -> tuple[int, int, int]:
    stats = [file.stat() for file in files]
    return len(stats), sum(stat.st_size for stat in stats), max((stat.st_mtime_ns for stat in stats), default=0)
