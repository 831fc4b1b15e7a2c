"""State may be changed by our own pages only (ASVS 3.5.1): a request from elsewhere is refused before it is read."""

from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from server.errors import CrossSiteError

_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def comes_from_own_pages(headers: Headers) -> bool:
    """Judge by Sec-Fetch-Site where the browser sends it, else by Origin against Host; neither is a refusal."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin", "")
    return bool(origin) and origin.partition("://")[2] == headers.get("host")


class SameOrigin:
    """Refuses state-changing requests that other sites, or no page at all, have sent."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let reading through, and writing from our own pages."""
        if (
            scope["type"] == "http"
            and scope["method"] not in _READING
            and not comes_from_own_pages(Headers(scope=scope))
        ):
            raise CrossSiteError
        await self._app(scope, receive, send)
