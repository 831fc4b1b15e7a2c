"""Lets each request ask the app's own database: web servers answer requests in tasks that know nothing of the start."""

from starlette.types import ASGIApp, Receive, Scope, Send

from server.storage import Database


class DatabaseInUse:
    """Puts one database to use for the length of a request."""

    def __init__(self, app: ASGIApp, *, database: Database) -> None:
        """Wrap the app."""
        self._app = app
        self._database = database

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request with the database at hand."""
        if scope["type"] == "http":
            self._database.use()
        await self._app(scope, receive, send)
