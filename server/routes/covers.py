"""The covers: page, manifest, worker and icons."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.routes.replies import language_of, reply, site_of


async def home(request: Request) -> Response:
    """Lead to the default cover, and tell nothing."""
    target = site_of(request).default_cover.address
    return RedirectResponse(target, HTTPStatus.SEE_OTHER, {"cache-control": "no-store"})


async def cover_page(request: Request) -> Response:
    """Serve a cover in the reader's language."""
    site = site_of(request)
    document = site.cover_pages.get((request.path_params["cover"], language_of(request)))
    if document is None:
        # An unknown cover, such as one the host no longer offers, leads to the default one.
        return RedirectResponse(site.default_cover.address, HTTPStatus.SEE_OTHER, {"cache-control": "no-store"})
    return reply(request, document, varies_by_language=True)


async def cover_part(request: Request) -> Response:
    """Serve an icon, or the cover's page in a fixed language, which only its worker asks for."""
    site = site_of(request)
    key = (request.path_params["cover"], request.path_params["part"])
    document = site.pictures.get(key) or site.cover_pages.get(key)
    if document is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return reply(request, document)


async def manifest(request: Request) -> Response:
    """Serve a cover's manifest."""
    document = site_of(request).manifests.get(request.path_params["cover"])
    if document is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return reply(request, document)


async def worker(request: Request) -> Response:
    """Serve a cover's service worker."""
    document = site_of(request).workers.get(request.path_params["cover"])
    if document is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return reply(request, document)
