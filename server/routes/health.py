"""Whether the server is up, for the host's own watch."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response


async def up(request: Request) -> Response:  # noqa: ARG001 - every handler takes the request
    """Say that the server answers."""
    return PlainTextResponse("ok", headers={"cache-control": "no-store"})
