"""Adds a device: one phone lays down what another of the same person's takes, once, within minutes, unread by us."""

from typing import Final

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from server.errors import FullError, NotFoundError, UnreadableError
from server.holding import hold_account
from server.models import Handover

# Account id, secret and pair keys, padded by the phone: always the same.
CONTENT_BYTES: Final = 4096
LIFETIME_SECONDS: Final = 10 * 60


async def lay_down(account: str, lookup: str, content: bytes, now: int) -> None:
    """Lay ciphertext down under what both phones derive from the code, instead of what the account laid down before."""
    if len(content) != CONTENT_BYTES:
        raise UnreadableError
    try:
        async with in_transaction():
            await hold_account(account)
            await Handover.filter(account_id=account).delete()
            await Handover.create(
                lookup=lookup, account_id=account, content=content, erase_after=now + LIFETIME_SECONDS
            )
    except IntegrityError:
        raise FullError from None


async def take_up(lookup: str, now: int) -> bytes:
    """Return what lies there and erase it; NotFoundError if nothing does, or not any more, or somebody was quicker."""
    handover = await Handover.get_or_none(lookup=lookup)
    if handover is None or not await Handover.filter(lookup=lookup).delete() or handover.erase_after <= now:
        raise NotFoundError
    return bytes(handover.content)
