"""Every route in one table: address, handler, and who may call it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import addresses
from server.middleware.signed_in import SignedIn
from server.routes import accounts, assets, backups, cards, checkins, circle, covers, health, packs, pages, push

Handler = Callable[[Request], Awaitable[Response]]


class Access(Enum):
    """Who may call a route."""

    ANYONE = "anyone: the answer is the same for everybody"
    PHONE = "a phone that is not signed in: the answer never tells what it did not know before"
    SIGNED_IN = "a signed-in device, for its own account alone"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table."""

    path: str
    handler: Handler
    access: Access
    methods: tuple[str, ...] = ("GET",)


ROUTES: tuple[Entry, ...] = (
    Entry(addresses.HOME, covers.home, Access.ANYONE),
    Entry(addresses.HEALTH, health.up, Access.ANYONE),
    Entry(addresses.ASSET, assets.asset, Access.ANYONE),
    Entry(addresses.PACK, packs.pack, Access.ANYONE),
    Entry(addresses.PLAIN_PAGE, pages.plain_page, Access.ANYONE),
    Entry(addresses.ACCOUNT_NEW, accounts.open_new, Access.PHONE, ("POST",)),
    Entry(addresses.SIGN_IN, accounts.enter, Access.PHONE, ("POST",)),
    Entry(addresses.SIGN_IN_WITH_WORDS, accounts.enter_with_words, Access.PHONE, ("POST",)),
    Entry(addresses.HANDOVER_TAKE, accounts.take, Access.PHONE, ("POST",)),
    Entry(addresses.HANDOVER_LAY, accounts.lay, Access.SIGNED_IN, ("POST",)),
    Entry(addresses.SIGN_IN_RENEWED, accounts.renew_secret, Access.SIGNED_IN, ("POST",)),
    Entry(addresses.RECOVERY, accounts.keep_words, Access.SIGNED_IN, ("POST",)),
    Entry(addresses.DEVICES, accounts.list_devices, Access.SIGNED_IN),
    Entry(addresses.SIGN_OUT, accounts.leave, Access.SIGNED_IN, ("POST",)),
    Entry(addresses.ACCOUNT_ERASE, accounts.erase, Access.SIGNED_IN, ("POST",)),
    Entry(addresses.BACKUP, backups.backup, Access.SIGNED_IN, backups.METHODS),
    Entry(addresses.TIMES, checkins.times, Access.SIGNED_IN, checkins.METHODS),
    Entry(addresses.NOTE, checkins.note, Access.SIGNED_IN, ("POST",)),
    Entry(addresses.WAIT, checkins.wait, Access.SIGNED_IN, ("POST",)),
    Entry(addresses.SLIPS, checkins.lay_by, Access.SIGNED_IN, ("POST",)),
    Entry(addresses.SLIP_TAKEN, checkins.tick, Access.PHONE, ("POST",)),
    Entry(addresses.REACH, push.reach, Access.SIGNED_IN, push.METHODS),
    Entry(addresses.REHEARSAL, push.rehearse, Access.SIGNED_IN, ("POST",)),
    Entry(addresses.CARD, cards.lay, Access.SIGNED_IN, ("POST",)),
    Entry(addresses.CARD_READ, cards.read, Access.PHONE, ("POST",)),
    Entry(addresses.CARD_TAKEN, cards.take, Access.SIGNED_IN, ("POST",)),
    Entry(addresses.CARD_PASSED, cards.pass_by, Access.PHONE, ("POST",)),
    Entry(addresses.CARD_LOOK, cards.look, Access.SIGNED_IN, ("POST",)),
    Entry(addresses.CARD_SHOWN, cards.show, Access.SIGNED_IN, ("POST",)),
    Entry(addresses.CARD_DONE, cards.finish, Access.SIGNED_IN, ("POST",)),
    Entry(addresses.CARD_OFF, cards.take_back, Access.SIGNED_IN, ("POST",)),
    Entry(addresses.CIRCLE, circle.circle, Access.SIGNED_IN, circle.METHODS),
    Entry(addresses.CIRCLE_STOP, circle.stop, Access.SIGNED_IN, ("POST",)),
    Entry(addresses.CIRCLE_NOTES, circle.keep_notes, Access.SIGNED_IN, ("POST",)),
    Entry(addresses.CIRCLE_AGREED, circle.agree_anew, Access.SIGNED_IN, ("POST",)),
    Entry(addresses.CIRCLE_SAID, circle.answer, Access.SIGNED_IN, ("POST",)),
    Entry(addresses.REPORT, circle.report, Access.SIGNED_IN, ("POST",)),
    Entry(addresses.COVER_MANIFEST, covers.manifest, Access.ANYONE),
    Entry(addresses.COVER_WORKER, covers.worker, Access.ANYONE),
    Entry(addresses.COVER, covers.cover_page, Access.ANYONE),
    Entry(addresses.COVER_PART, covers.cover_part, Access.ANYONE),
)


def starlette_routes(hello_path: str) -> list[Route]:
    """Return the table for Starlette, with the page whose address the host chooses before all others."""
    table = (Entry(hello_path, pages.hello, Access.ANYONE), *ROUTES)
    return [
        Route(entry.path, entry.handler, methods=list(entry.methods), middleware=_guards(entry.access))
        for entry in table
    ]


def _guards(access: Access) -> list[Middleware] | None:
    # What the table says is what stands before the handler, so that no handler can forget it.
    return [Middleware(SignedIn)] if access is Access.SIGNED_IN else None
