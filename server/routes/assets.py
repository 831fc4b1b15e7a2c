"""Built scripts and styles, under names that change with their content."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from server.routes.replies import reply, site_of


async def asset(request: Request) -> Response:
    """Serve one script or style."""
    document = site_of(request).assets.get(request.path_params["name"])
    if document is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return reply(request, document)
