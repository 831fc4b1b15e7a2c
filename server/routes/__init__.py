"""Every route in one table: address, handler, and who may call it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import addresses
from server.routes import assets, covers, health, packs, pages

Handler = Callable[[Request], Awaitable[Response]]


class Access(Enum):
    """Who may call a route."""

    ANYONE = "anyone: the answer is the same for everybody"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table."""

    path: str
    handler: Handler
    access: Access
    methods: tuple[str, ...] = ("GET",)


ROUTES: tuple[Entry, ...] = (
    Entry(addresses.HOME, covers.home, Access.ANYONE),
    Entry(addresses.HEALTH, health.up, Access.ANYONE),
    Entry(addresses.ASSET, assets.asset, Access.ANYONE),
    Entry(addresses.PACK, packs.pack, Access.ANYONE),
    Entry(addresses.PLAIN_PAGE, pages.plain_page, Access.ANYONE),
    Entry(addresses.COVER_MANIFEST, covers.manifest, Access.ANYONE),
    Entry(addresses.COVER_WORKER, covers.worker, Access.ANYONE),
    Entry(addresses.COVER, covers.cover_page, Access.ANYONE),
    Entry(addresses.COVER_PART, covers.cover_part, Access.ANYONE),
)


def starlette_routes(hello_path: str) -> list[Route]:
    """Return the table for Starlette, with the page whose address the host chooses before all others."""
    table = (Entry(hello_path, pages.hello, Access.ANYONE), *ROUTES)
    return [Route(entry.path, entry.handler, methods=list(entry.methods)) for entry in table]
