"""Accounts: opened by a phone that says nothing about anybody, entered with a secret that only it knows."""

import hmac
from datetime import date
from hashlib import sha256
from typing import Final

from tortoise.transactions import in_transaction

from server.clock import week_number
from server.errors import NotSignedInError
from server.models import Account
from server.sessions import Begun, begin_session, sign_out_others
from server.stopping import Stopping
from server.storage import forget_for_good

SECRET_BYTES: Final = 32
# Compared with where there is no such account, so that both take the same work.
_NOBODYS_DIGEST: Final = bytes(sha256().digest_size)


async def open_account(secret: bytes, today: date) -> Begun:
    """Make an account for a phone's random secret, and sign the phone in."""
    async with in_transaction():
        account = await Account.create(secret_digest=_digest_of(secret), active_week=week_number(today))
        return await begin_session(account.id, today)


async def sign_in(account: str, secret: bytes, today: date, *, device: str | None) -> Begun:
    """Sign a phone in; NotSignedInError if there is no such account or that is not its secret, never which."""
    kept = await Account.filter(id=account).values_list("secret_digest", flat=True)
    fits = hmac.compare_digest(bytes(kept[0]) if kept else _NOBODYS_DIGEST, _digest_of(secret))
    if not (fits and kept):
        raise NotSignedInError
    return await begin_session(account, today, device)


async def replace_secret(account: str, secret: bytes, *, device: str) -> None:
    """Let another secret sign in from now on; every other device is signed out, since a lost one is why one does it."""
    async with in_transaction():
        await Account.filter(id=account).update(secret_digest=_digest_of(secret))
        await sign_out_others(account, device)


async def erase_account(stopping: Stopping, account: str, now: int) -> bool:
    """Erase an account and all that belongs to it, now and for good; False if there is none.

    Whoever had a pair with it learns of nothing, as when it had stopped.
    """
    async with stopping.leaving(account, now):
        erased = await Account.filter(id=account).delete()
    await forget_for_good()
    return bool(erased)


def _digest_of(secret: bytes) -> bytes:
    # 32 random bytes cannot be guessed, so that a slow hash would protect nothing.
    return sha256(secret).digest()
