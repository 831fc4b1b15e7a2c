"""Who is signed in: devices of an account, and the random tokens in their cookies."""

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from tortoise.transactions import in_transaction

from server.clock import day_number, week_number
from server.errors import FullError, NotFoundError
from server.holding import hold_account
from server.models import Account, Device, Session

SESSION_DAYS: Final = 90
# Written anew at most once a month, so that the row does not tell when she was here.
_RENEWED_AFTER_DAYS: Final = 30
DEVICES_AT_MOST: Final = 10
_TOKEN_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Visitor:
    """A device that has shown its token. `ages` says that its cookie should be set anew."""

    account: str
    device: str
    ages: bool = False


@dataclass(frozen=True, slots=True)
class Begun:
    """A session that has just begun; the token is known to the cookie alone."""

    account: str
    device: str
    token: str


async def begin_session(account: str, today: date, device: str | None = None) -> Begun:
    """Sign a device in: the one named, if it is this account's, else a new one. FullError if there are too many."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    async with in_transaction():
        await hold_account(account)
        known = await Device.get_or_none(id=device, account_id=account) if device else None
        if known is None:
            await _make_room(account)
            known = await Device.create(account_id=account)
        await Session.filter(device_id=known.id).delete()
        await Session.create(
            token_digest=digest_of(token), device_id=known.id, ends_day=day_number(today) + SESSION_DAYS
        )
    return Begun(account, known.id, token)


async def find_visitor(token: str, today: date) -> Visitor | None:
    """Return whose token it is; None where it is nobody's, or has ended."""
    rows = await Session.filter(token_digest=digest_of(token), ends_day__gt=day_number(today)).values_list(
        "device_id", "device__account_id", "ends_day", "device__account__active_week"
    )
    if not rows:
        return None
    device, account, ends_day, active_week = rows[0]
    if active_week != week_number(today):
        await Account.filter(id=account).update(active_week=week_number(today))
    return Visitor(account, device, ages=ends_day - day_number(today) <= SESSION_DAYS - _RENEWED_AFTER_DAYS)


async def renew_session(token: str, today: date) -> None:
    """Let a session that is in use go on."""
    await Session.filter(token_digest=digest_of(token)).update(ends_day=day_number(today) + SESSION_DAYS)


async def devices_of(account: str) -> list[str]:
    """Return the ids of an account's devices, in no order that would mean anything."""
    return [
        str(device) for device in await Device.filter(account_id=account).order_by("id").values_list("id", flat=True)
    ]


async def sign_out(account: str, device: str) -> None:
    """Forget a device with its session and its subscription; NotFoundError if it is not this account's."""
    if not await Device.filter(id=device, account_id=account).delete():
        raise NotFoundError


async def sign_out_others(account: str, device: str) -> None:
    """Forget every device of an account but one."""
    await Device.filter(account_id=account).exclude(id=device).delete()


def digest_of(token: str) -> str:
    """Return what the database keeps of a token. It is random, so that a plain digest gives nothing away."""
    return urlsafe_b64encode(sha256(token.encode()).digest()).rstrip(b"=").decode()


async def _make_room(account: str) -> None:
    """Phones that are long gone make way; those that are signed in do not."""
    if await Device.filter(account_id=account).count() < DEVICES_AT_MOST:
        return
    if not await Device.filter(account_id=account, session__token_digest__isnull=True).delete():
        raise FullError
