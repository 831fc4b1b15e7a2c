"""A limit on what may be sent here, judged by what arrives and not only by what was announced."""

from collections.abc import Mapping
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.errors import BodyTooLargeError

BODY_LIMIT_BYTES: Final = 64 * 1024
_MANY_DIGITS: Final = 20


def _is_within_limit(announced: str, limit: int) -> bool:
    # Python refuses to read a number of thousands of digits, so the length is looked at first.
    return announced.isdecimal() and len(announced) < _MANY_DIGITS and int(announced) <= limit


class BodyLimit:
    """Refuses bodies over the limit."""

    def __init__(self, app: ASGIApp, *, larger: Mapping[str, int]) -> None:
        """Wrap the app; `larger` gives the limit of each address that takes more than others."""
        self._app = app
        self._larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the bytes as they come."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        limit = self._larger.get(scope["path"], BODY_LIMIT_BYTES)
        if not _is_within_limit(announced, limit):
            raise BodyTooLargeError
        received = 0

        async def receive_within_limit() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise BodyTooLargeError
            return message

        await self._app(scope, receive_within_limit, send)
