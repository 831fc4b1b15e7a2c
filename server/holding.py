"""One change of an account after the other: two phones that ask at the same moment must not trip over each other."""

from server.errors import NotSignedInError
from server.models import Account


async def hold_account(account: str) -> None:
    """Keep others from changing what belongs to an account until the transaction ends; NotSignedInError if it is gone.

    PostgreSQL locks the row. SQLite needs no lock, since it lets one transaction at a time write.
    """
    if await Account.filter(id=account).select_for_update().first() is None:
        raise NotSignedInError
