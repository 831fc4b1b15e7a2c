"""Lets each request ask the app's own database: web servers answer requests in tasks that know nothing of the start.

While one is being answered, the worker of the same process holds back.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

from server.courtesy import Courtesy
from server.storage import Database


class DatabaseInUse:
    """Puts one database to use for the length of a request."""

    def __init__(self, app: ASGIApp, *, database: Database, courtesy: Courtesy) -> None:
        """Wrap the app."""
        self._app = app
        self._database = database
        self._courtesy = courtesy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request with the database at hand."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        self._database.use()
        with self._courtesy.guest():
            await self._app(scope, receive, send)
