"""Pages that work without script: the inside's plain pages, and the page that explains the app."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from server.routes.replies import language_of, reply, site_of


async def plain_page(request: Request) -> Response:
    """Serve one inside view as a page of its own."""
    document = site_of(request).plain_pages.get((request.path_params["number"], language_of(request)))
    if document is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return reply(request, document, varies_by_language=True)


async def hello(request: Request) -> Response:
    """Serve the page that says what this is; a host sends people here."""
    return reply(request, site_of(request).hellos[language_of(request)], varies_by_language=True)
