"""Lets signed-in devices through, by the one cookie there is, and nobody else."""

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.clock import today
from server.errors import NotSignedInError
from server.sessions import SESSION_DAYS, Visitor, find_visitor, renew_session

_NAME: Final = "s"
# With it a browser insists on https, the whole site and no other subdomain (RFC 6265bis section 4.1.3.2).
_HOST_PREFIX: Final = "__Host-"
_SECONDS_A_DAY: Final = 24 * 3600
# WebKit drops a cookie with that prefix on http, even here, where a host tries the server out.
_OWN_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class SignedIn:
    """Stands before each route that is for signed-in devices; they find their visitor in the request's state."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the route."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find out whose token it is; NotSignedInError if it is nobody's."""
        request = Request(scope)
        token = request.cookies.get(cookie_name(request), "")
        visitor = await find_visitor(token, today()) if token else None
        if visitor is None:
            raise NotSignedInError
        scope.setdefault("state", {})["visitor"] = visitor
        if not visitor.ages:
            await self._app(scope, receive, send)
            return
        await renew_session(token, today())

        async def send_with_cookie(message: Message) -> None:
            # Unless the answer takes the cookie away, or brings another.
            if message["type"] == "http.response.start" and "set-cookie" not in Headers(raw=message["headers"]):
                MutableHeaders(scope=message)["set-cookie"] = session_cookie(request, token)
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def visitor_of(request: Request) -> Visitor:
    """Return who asks, on a route that is for signed-in devices."""
    visitor: Visitor = request.state.visitor
    return visitor


def session_cookie(request: Request, token: str) -> str:
    """Return the header that makes a browser keep a token, out of reach of every script and every other site."""
    secure = "" if _is_own_machine(request) else "; Secure"
    lifetime = SESSION_DAYS * _SECONDS_A_DAY if token else 0
    return f"{cookie_name(request)}={token}; Max-Age={lifetime}; Path=/; HttpOnly; SameSite=Strict{secure}"


def cookie_name(request: Request) -> str:
    """Return the cookie's name, which is the same for every cover and says nothing."""
    return _NAME if _is_own_machine(request) else _HOST_PREFIX + _NAME


def _is_own_machine(request: Request) -> bool:
    return request.url.scheme == "http" and request.url.hostname in _OWN_MACHINE
