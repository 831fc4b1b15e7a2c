"""One change of an account after the other: two phones that ask at the same moment must not trip over each other."""

from collections.abc import Iterable

from tortoise.expressions import F

from server.errors import NotSignedInError
from server.models import Account
from server.storage import take_turn


async def hold_account(account: str) -> None:
    """Keep others from changing what belongs to an account until the transaction ends; NotSignedInError if it is gone.

    It must come first in the transaction. It writes what is there already: PostgreSQL locks the row for that, and
    SQLite waits for its turn, which it does not where a transaction has read before it writes (SQLITE_BUSY_SNAPSHOT).
    """
    if not await Account.filter(id=account).update(active_week=F("active_week")):
        raise NotSignedInError


async def hold_accounts(accounts: Iterable[str], *, wait: bool = False) -> list[str]:
    """Keep others from changing several accounts, as above; return those that nobody else holds, or wait for all.

    What belongs to an account is only ever changed by whoever holds it, so that phone and worker cannot deadlock. The
    worker leaves what is held by others for its next look. It must come first in the transaction.
    """
    await take_turn()
    free = Account.filter(id__in=list(accounts)).order_by("id").select_for_update(skip_locked=not wait, no_key=True)
    return [account.id for account in await free.only("id")]
