"""One change of an account after the other: two phones that ask at the same moment must not trip over each other."""

from tortoise.expressions import F

from server.errors import NotSignedInError
from server.models import Account


async def hold_account(account: str) -> None:
    """Keep others from changing what belongs to an account until the transaction ends; NotSignedInError if it is gone.

    It must come first in the transaction. It writes what is there already: PostgreSQL locks the row for that, and
    SQLite waits for its turn, which it does not where a transaction has read before it writes (SQLITE_BUSY_SNAPSHOT).
    """
    if not await Account.filter(id=account).update(active_week=F("active_week")):
        raise NotSignedInError
