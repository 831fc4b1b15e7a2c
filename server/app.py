"""Wires the app together; decides nothing."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from http import HTTPStatus
from typing import Final, cast

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Scope

from server.addresses import BACKUP, REPORT
from server.assets import load_assets
from server.attempts import Attempts, count_in_memory, count_together
from server.backups import SIZES_BYTES
from server.clock import epoch_seconds, today
from server.courtesy import Courtesy
from server.covers import load_covers, load_frame_texts
from server.errors import RefusedError
from server.invites import Limits
from server.library import load_library
from server.middleware.body_limit import BodyLimit
from server.middleware.database_in_use import DatabaseInUse
from server.middleware.dull_errors import DullErrors
from server.middleware.same_origin import SameOrigin
from server.middleware.security_headers import SecurityHeaders
from server.parting import stopping_in
from server.push.endpoints import PushServices
from server.push.vapid import KeyFile
from server.recovery_words import RecoveryWords
from server.report_box import read_public_key
from server.reports import LARGEST_BYTES
from server.routes import starlette_routes
from server.routes.phones import refuse
from server.routes.replies import cover_of, language_of, reply, site_of
from server.sealing import HostSecrets
from server.settings import CONTENT, Settings
from server.site import Site, build_site
from server.storage import Database
from server.worker import Worker

# Base64 is a third longer, and stands in a little JSON.
_REPORT_BYTES: Final = LARGEST_BYTES * 4 // 3 + 1024


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


def _count_attempts(settings: Settings, host_secrets: HostSecrets) -> Attempts:
    if settings.counters_url is None:
        return count_in_memory()
    return count_together(settings.counters_url, host_secrets.for_purpose("attempts"))


def create_app(settings: Settings, *, with_worker: bool = False) -> Starlette:
    """Load, render and wire everything; NightjarError where something the host must mend is wrong.

    `with_worker`: the app is also the one that asks, sends and erases.
    """
    covers = load_covers(settings.covers, settings.own_covers)
    site = build_site(
        settings,
        load_library(CONTENT, today(), settings.content),
        covers,
        load_frame_texts(),
        load_assets(settings.build, covers),
    )
    return wire_app(settings, site, with_worker=with_worker)


def wire_app(settings: Settings, site: Site, *, with_worker: bool = False) -> Starlette:
    """Put an app around what has been rendered; the database is opened when the app is started."""
    database = Database(settings)
    host_secrets = HostSecrets(settings.secret_file)
    keys = KeyFile(settings.data, settings.contact)
    courtesy = Courtesy()
    stopping = stopping_in(settings, host_secrets)

    @asynccontextmanager
    async def open_database(_: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as opened:
            opened.push_async_callback(database.stop)
            await database.start()
            await stopping.stop_again(epoch_seconds())
            if with_worker:
                worker = Worker(settings, host_secrets, keys)
                opened.push_async_callback(worker.stop)
                worker.start(courtesy)
            yield

    app = Starlette(
        lifespan=open_database,
        routes=starlette_routes(settings.hello_path),
        exception_handlers={HTTPException: _refused, RefusedError: refuse},
        middleware=[
            Middleware(SecurityHeaders, served_over_https=settings.served_over_https),
            Middleware(DullErrors, page=_dull_page),
            Middleware(SameOrigin),
            Middleware(BodyLimit, larger={BACKUP: max(SIZES_BYTES), REPORT: _REPORT_BYTES}),
            Middleware(DatabaseInUse, database=database, courtesy=courtesy),
        ],
    )
    app.router.redirect_slashes = False
    app.state.site = site
    app.state.database = database
    app.state.host_secrets = host_secrets
    app.state.keys = keys
    app.state.push_services = PushServices(settings.own_push_service)
    app.state.attempts = _count_attempts(settings, host_secrets)
    app.state.stopping = stopping
    app.state.limits = Limits(settings.buddies, settings.people)
    app.state.report_key = read_public_key(settings.data)
    app.state.recovery_words = RecoveryWords()
    return app
