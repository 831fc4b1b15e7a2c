"""The backup of a signed-in device's account, as bytes."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from server.backups import erase_backup, keep_backup, read_backup
from server.middleware.signed_in import visitor_of
from server.routes.phones import say_nothing

METHODS: Final = ("GET", "PUT", "DELETE")


async def backup(request: Request) -> Response:
    """Give the bytes back, keep other ones, or erase them."""
    account = visitor_of(request).account
    if request.method == "PUT":
        await keep_backup(account, await request.body())
    elif request.method == "DELETE":
        await erase_backup(account)
    else:
        content = await read_backup(account)
        return Response(content, headers={"cache-control": "no-store"}, media_type="application/octet-stream")
    return say_nothing()
