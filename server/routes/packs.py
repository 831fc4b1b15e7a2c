"""The packs: every word of the inside, as gzip bytes."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from server.routes.replies import reply, site_of


async def pack(request: Request) -> Response:
    """Serve one language's pack."""
    document = site_of(request).packs.get(request.path_params["language"])
    if document is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return reply(request, document)
