"""Whatever goes wrong, a visitor sees the same few dull words in the cover's dress: no stack, no path, no reason."""

from collections.abc import Callable
from http import HTTPStatus

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.errors import RequestError, VisitorGoneError
from server.faults import log_fault

DullPage = Callable[[Scope, HTTPStatus], ASGIApp]


class DullErrors:
    """Catches what the rest raised; the only broad catch on the way of a request."""

    def __init__(self, app: ASGIApp, *, page: DullPage) -> None:
        """Wrap the app; `page` gives the answer for a status."""
        self._app = app
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer dully when the app fails before it has begun to answer."""
        begun = False

        async def watch(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            try:
                await send(message)
            except Exception as error:
                raise VisitorGoneError from error

        try:
            await self._app(scope, receive, watch)
        except RequestError as error:
            await self._answer(error.status, scope, receive, send, begun=begun)
        except (VisitorGoneError, ClientDisconnect):
            # Not logged either: anybody could fill a host's disk by hanging up.
            return
        except Exception as error:  # noqa: BLE001 - the edge: a fault must end here, in a dull page and one quiet line
            log_fault(error)
            await self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, scope, receive, send, begun=begun)

    async def _answer(self, status: HTTPStatus, scope: Scope, receive: Receive, send: Send, *, begun: bool) -> None:
        # A half-sent answer cannot be called back.
        if scope["type"] == "http" and not begun:
            await self._page(scope, status)(scope, receive, send)
