"""Cards: what two phones lay down and take up while they become a pair. The server cannot read any of it.

Each answer takes equally long, whether or not there was anything: neither words can be guessed, nor can anybody find
out by the clock what another has done with a card.
"""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from server.attempts import Patience
from server.clock import epoch_seconds
from server.invites import Invites, pass_on, read_invite
from server.middleware.signed_in import visitor_of
from server.routes.phones import (
    Asked,
    Id,
    Text,
    attempts_of,
    count_attempt,
    from_text,
    host_secrets_of,
    limits_of,
    network_asking,
    read_body,
    say,
    say_nothing,
    taking,
    to_text,
)

_GUESSING: Final = "card"
_LAYING: Final = "lay"
# Far more than anybody asks, or steps through, in a day.
_MANY_A_DAY: Final = Patience(free=100, longest_seconds=15 * 60)
_SECONDS: Final = 0.2


class _Lookup(Asked):
    lookup: Id


class _Card(_Lookup):
    content: Text


class _Reply(_Lookup):
    reply: Text


class _Shown(_Lookup):
    shown: Text


class _Notes(_Lookup):
    notes: Text


async def lay(request: Request) -> Response:
    """Lay down what somebody asks of whoever has the words."""
    body, account = await read_body(request, _Card), visitor_of(request).account
    await _count(request, account)
    async with taking(_SECONDS):
        await _invites_of(request).lay(account, body.lookup, from_text(body.content), epoch_seconds())
    return say_nothing()


async def read(request: Request) -> Response:
    """Give what is asked to whoever has the words."""
    body = await read_body(request, _Lookup)
    await count_attempt(request, _GUESSING)
    async with taking(_SECONDS):
        content = await read_invite(body.lookup, epoch_seconds())
        await _forgive(request)
    return say({"content": to_text(content)})


async def take(request: Request) -> Response:
    """Accept what is asked."""
    body, account = await read_body(request, _Reply), visitor_of(request).account
    await count_attempt(request, _GUESSING)
    await _count(request, account)
    async with taking(_SECONDS):
        await _invites_of(request).take(account, body.lookup, from_text(body.reply), epoch_seconds())
        await _forgive(request)
    return say_nothing()


async def pass_by(request: Request) -> Response:
    """Answer "not right now"; the same is said whether anybody asked."""
    body = await read_body(request, _Lookup)
    await count_attempt(request, _GUESSING)
    async with taking(_SECONDS):
        await pass_on(body.lookup, epoch_seconds())
    return say_nothing()


async def look(request: Request) -> Response:
    """Say how a card stands, to its two sides."""
    body, account = await read_body(request, _Lookup), visitor_of(request).account
    await count_attempt(request, _GUESSING)
    async with taking(_SECONDS):
        found = await _invites_of(request).look(account, body.lookup, epoch_seconds())
        # Who waits for the other looks again and again.
        await _forgive(request)
    return say({"state": found.state, "reply": _text(found.reply), "shown": _text(found.shown)})


async def show(request: Request) -> Response:
    """Lay her half of the keys down."""
    body, account = await read_body(request, _Shown), visitor_of(request).account
    await _count(request, account)
    async with taking(_SECONDS):
        await _invites_of(request).show(account, body.lookup, from_text(body.shown), epoch_seconds())
    return say_nothing()


async def finish(request: Request) -> Response:
    """Make the pair: she has compared four words by voice."""
    body, account = await read_body(request, _Notes), visitor_of(request).account
    await _count(request, account)
    async with taking(_SECONDS):
        made = await _invites_of(request).finish(account, body.lookup, from_text(body.notes), epoch_seconds())
    return say({"id": made})


async def take_back(request: Request) -> Response:
    """Take it back, hers or the guest's yes; the same is said whether there was any."""
    body, account = await read_body(request, _Lookup), visitor_of(request).account
    async with taking(_SECONDS):
        await _invites_of(request).take_back(account, body.lookup, epoch_seconds())
    return say_nothing()


def _invites_of(request: Request) -> Invites:
    return Invites(host_secrets_of(request), limits_of(request))


async def _count(request: Request, account: str) -> None:
    await attempts_of(request).count(_LAYING, account, _MANY_A_DAY)


async def _forgive(request: Request) -> None:
    await attempts_of(request).forgive(_GUESSING, network_asking(request))


def _text(content: bytes | None) -> str | None:
    return None if content is None else to_text(content)
