"""Wires the app together; decides nothing."""

from http import HTTPStatus
from typing import cast

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Scope

from server.assets import load_assets
from server.clock import today
from server.covers import load_covers, load_frame_texts
from server.library import load_library
from server.middleware.body_limit import BodyLimit
from server.middleware.dull_errors import DullErrors
from server.middleware.same_origin import SameOrigin
from server.middleware.security_headers import SecurityHeaders
from server.routes import starlette_routes
from server.routes.replies import cover_of, language_of, reply, site_of
from server.settings import Settings
from server.site import build_site


def _dull_reply(request: Request, status: HTTPStatus) -> Response:
    site = site_of(request)
    pages = site.broken if status >= HTTPStatus.INTERNAL_SERVER_ERROR else site.missing
    return reply(request, pages[cover_of(request), language_of(request)], status=status, varies_by_language=True)


def _dull_page(scope: Scope, status: HTTPStatus) -> ASGIApp:
    return _dull_reply(Request(scope), status)


async def _refused(request: Request, error: Exception) -> Response:
    refusal = cast(HTTPException, error)
    answer = _dull_reply(request, HTTPStatus(refusal.status_code))
    # Such as Allow, without which a 405 would be malformed (RFC 9110 section 15.5.6).
    answer.headers.update(refusal.headers or {})
    return answer


def create_app(settings: Settings) -> Starlette:
    """Load, render and wire everything; NightjarError where something the host must mend is wrong."""
    covers = load_covers(settings.covers, settings.own_covers)
    site = build_site(
        settings,
        load_library(settings.content, today()),
        covers,
        load_frame_texts(),
        load_assets(settings.build, covers),
    )
    app = Starlette(
        routes=starlette_routes(settings.hello_path),
        exception_handlers={HTTPException: _refused},
        middleware=[
            Middleware(SecurityHeaders, served_over_https=settings.served_over_https),
            Middleware(DullErrors, page=_dull_page),
            Middleware(SameOrigin),
            Middleware(BodyLimit),
        ],
    )
    app.router.redirect_slashes = False
    app.state.site = site
    return app
