"""Accounts: opening one, signing in with the secret or with words, adding and removing devices, erasing all."""

from starlette.requests import Request
from starlette.responses import Response

from server.accounts import erase_account, open_account, replace_secret, sign_in
from server.attempts import FOR_AN_ACCOUNT
from server.clock import epoch_seconds, today
from server.handovers import lay_down, take_up
from server.middleware.signed_in import visitor_of
from server.routes.phones import (
    Asked,
    Id,
    Key,
    Text,
    attempts_of,
    count_attempt,
    from_text,
    network_asking,
    read_body,
    recovery_words_of,
    say,
    say_nothing,
    say_signed_in,
    say_signed_out,
    stopping_of,
    to_text,
)
from server.sessions import begin_session, devices_of, sign_out

_OPENING = "open"
_ENTERING = "enter"
_TAKING = "take"


class _Secret(Asked):
    secret: Key


class _SignIn(Asked):
    account: Id
    secret: Key
    device: Id | None = None


class _Words(Asked):
    lookup: Id
    proof: Key


class _SignInWithWords(_Words):
    device: Id | None = None


class _Recovery(Asked):
    words: _Words | None


class _SignOut(Asked):
    device: Id | None = None


class _Handover(Asked):
    lookup: Id
    content: Text


class _Lookup(Asked):
    lookup: Id


class _Nothing(Asked):
    pass


async def open_new(request: Request) -> Response:
    """Open an account for a phone."""
    body = await read_body(request, _Secret)
    await count_attempt(request, _OPENING)
    return say_signed_in(request, await open_account(from_text(body.secret), today()))


async def enter(request: Request) -> Response:
    """Sign a phone in with id and secret."""
    body = await read_body(request, _SignIn)
    await _count(request, body.account)
    begun = await sign_in(body.account, from_text(body.secret), today(), device=body.device)
    await _forget(request, body.account)
    return say_signed_in(request, begun)


async def enter_with_words(request: Request) -> Response:
    """Sign a new phone in with what its words prove."""
    body = await read_body(request, _SignInWithWords)
    await _count(request, body.lookup)
    account = await recovery_words_of(request).find_account(body.lookup, from_text(body.proof))
    begun = await begin_session(account, today(), body.device)
    await _forget(request, body.lookup)
    return say_signed_in(request, begun)


async def leave(request: Request) -> Response:
    """Sign out this device, or another of the same account."""
    body, visitor = await read_body(request, _SignOut), visitor_of(request)
    await sign_out(visitor.account, body.device or visitor.device)
    return say_signed_out(request) if body.device in {None, visitor.device} else say_nothing()


async def list_devices(request: Request) -> Response:
    """Say which devices there are; what they are called only the phone knows."""
    visitor = visitor_of(request)
    return say({"devices": await devices_of(visitor.account), "here": visitor.device})


async def renew_secret(request: Request) -> Response:
    """Let another secret sign in from now on, and this device alone stay."""
    body, visitor = await read_body(request, _Secret), visitor_of(request)
    await replace_secret(visitor.account, from_text(body.secret), device=visitor.device)
    return say_nothing()


async def keep_words(request: Request) -> Response:
    """Let words sign in, or no words any more."""
    body, visitor = await read_body(request, _Recovery), visitor_of(request)
    words = recovery_words_of(request)
    if body.words is None:
        await words.take_back(visitor.account)
    else:
        await attempts_of(request).count("words", visitor.account, FOR_AN_ACCOUNT)
        await words.keep(visitor.account, body.words.lookup, from_text(body.words.proof))
    return say_nothing()


async def lay(request: Request) -> Response:
    """Lay down what a new device needs, encrypted under the code it will be told."""
    body, visitor = await read_body(request, _Handover), visitor_of(request)
    await lay_down(visitor.account, body.lookup, from_text(body.content), epoch_seconds())
    return say_nothing()


async def take(request: Request) -> Response:
    """Take up what another device laid down."""
    body = await read_body(request, _Lookup)
    await count_attempt(request, _TAKING)
    content = await take_up(body.lookup, epoch_seconds())
    await attempts_of(request).forgive(_TAKING, network_asking(request))
    return say({"content": to_text(content)})


async def erase(request: Request) -> Response:
    """Erase the account and all that belongs to it."""
    await read_body(request, _Nothing)
    await erase_account(stopping_of(request), visitor_of(request).account, epoch_seconds())
    return say_signed_out(request)


async def _count(request: Request, name: str) -> None:
    await count_attempt(request, _ENTERING)
    await attempts_of(request).count(_ENTERING, name, FOR_AN_ACCOUNT)


async def _forget(request: Request, name: str) -> None:
    await attempts_of(request).forgive(_ENTERING, network_asking(request))
    await attempts_of(request).forget(_ENTERING, name)
