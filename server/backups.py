"""Backups: bytes that only the eight words open, of a few sizes, one an account."""

from typing import Final

from tortoise.transactions import in_transaction

from server.errors import NotFoundError, UnreadableError
from server.holding import hold_account
from server.models import Backup
from server.storage import forget_for_good

# The phone fills up to one of these (docs/VAULT.md pads records alike): the size tells little of how much she wrote.
SIZES_BYTES: Final = (16 * 1024, 64 * 1024, 256 * 1024, 1024 * 1024)


async def keep_backup(account: str, content: bytes) -> None:
    """Keep these bytes instead of any before; UnreadableError if they are of no size that a phone sends."""
    if len(content) not in SIZES_BYTES:
        raise UnreadableError
    async with in_transaction():
        await hold_account(account)
        await Backup.filter(account_id=account).delete()
        await Backup.create(account_id=account, content=content)


async def read_backup(account: str) -> bytes:
    """Return the bytes as they came; NotFoundError if there are none."""
    backup = await Backup.get_or_none(account_id=account)
    if backup is None:
        raise NotFoundError
    return bytes(backup.content)


async def erase_backup(account: str) -> None:
    """Erase the bytes for good; nothing happens if there are none."""
    await Backup.filter(account_id=account).delete()
    await forget_for_good()
