"""Seals every sealed column anew under the newest secret, while the server runs."""

from typing import Final

from tortoise.models import Model
from tortoise.transactions import in_transaction

from server.models import BuddyWishes, CheckIn, Nudge, Report, Schedule, Slip, Subscription, Tie
from server.sealing import HostSecrets, Place

# Every sealed column there is; a test holds this against the models.
SEALED: Final[tuple[tuple[type[Model], str], ...]] = (
    (Subscription, "sealed"),
    (Schedule, "sealed"),
    (CheckIn, "sealed"),
    (Slip, "sealed"),
    (Tie, "sealed"),
    (BuddyWishes, "sealed"),
    (Nudge, "sealed"),
    (Report, "sealed"),
)
_AT_ONCE: Final = 500


def place_of(model: type[Model], row: str, column: str = "sealed") -> Place:
    """Return the place of a row's sealed column."""
    return Place(model._meta.db_table, column, row)  # noqa: SLF001 - the one place where Tortoise keeps the name


async def rotate_sealing(host_secrets: HostSecrets) -> int:
    """Begin a new secret and seal everything anew under it; return how many values. The server may run meanwhile.

    The secret before stays in the file until the next time, for a value that a running server sealed at this moment.
    """
    # First what an earlier run, or that one moment, has left: what it needs is about to go.
    await reseal_everything(host_secrets)
    host_secrets.begin_new()
    return await reseal_everything(host_secrets)


async def reseal_everything(host_secrets: HostSecrets) -> int:
    """Seal anew what an older secret has sealed; return how many values. May be broken off and run again."""
    return sum([await _reseal_column(host_secrets, model, column) for model, column in SEALED])


async def _reseal_column(host_secrets: HostSecrets, model: type[Model], column: str) -> int:
    count, last, key = 0, "", model._meta.pk_attr  # noqa: SLF001 - the one place where Tortoise keeps the name
    while rows := await model.filter(pk__gt=last).order_by(key).limit(_AT_ONCE).values_list(key, column):
        async with in_transaction():
            for row, sealed in rows:
                if host_secrets.is_sealed_by_the_newest(sealed):
                    continue
                place = place_of(model, row, column)
                anew = host_secrets.seal(place, host_secrets.open(place, sealed))
                # Only if nobody has written the row since it was read: what they wrote is sealed anew already.
                count += await model.filter(pk=row, **{column: sealed}).update(**{column: anew})
        last = rows[-1][0]
    return count
