"""How somebody wants to ask, and to be asked, as a buddy: limits, a pause, quiet hours, and whose turn it is."""

from collections.abc import Collection
from datetime import date
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from tortoise.transactions import in_transaction

from server.checkins.schedule import ClockTime, Day
from server.checkins.wall_clock import zone_names
from server.errors import SealingError, UnreadableError
from server.faults import log_fault
from server.holding import hold_account
from server.models import BuddyWishes, new_id
from server.sealing import HostSecrets, Place
from server.settings import MOST

# All equally long at rest.
_WISHES_BYTES: Final = 508

REST: Final = ("paused_until", "zone", "quiet_from", "quiet_to")
"""Of the wishes, when somebody is not to be nudged."""

Limit = Annotated[int, Field(ge=1, le=MOST)]


class AskedWishes(BaseModel):
    """What a phone may say of it, exactly so. Limits are softer ones below the host's own."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    most_buddies: Limit = MOST
    most_people: Limit = MOST
    together: bool = False
    paused_until: Day | Literal["turned_on"] | None = None
    zone: str | None = Field(None, max_length=64)
    quiet_from: ClockTime | None = None
    quiet_to: ClockTime | None = None

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        """Read what a phone sent; UnreadableError if it is anything else."""
        try:
            return cls.model_validate_json(text)
        except ValidationError:
            # Its message quotes the body.
            raise UnreadableError from None

    @field_validator("zone")
    @classmethod
    def _zone_is_known(cls, name: str | None) -> str | None:
        if name is not None and name not in zone_names():
            raise ValueError("this host knows no time zone of that name")
        return name

    @model_validator(mode="after")
    def _hours_have_two_ends_and_a_zone(self) -> Self:
        if (self.quiet_from is None) != (self.quiet_to is None):
            raise ValueError("quiet hours have two ends")
        if self.zone is None and (self.quiet_from is not None or isinstance(self.paused_until, date)):
            raise ValueError("hours and days are those of a zone")
        if self.quiet_from is not None and self.quiet_from == self.quiet_to:
            raise ValueError("quiet hours that never end are a pause")
        return self


class Wishes(AskedWishes):
    """What is sealed: the same, and the end of hers that was asked first last time; the rota goes on after it."""

    turn: str | None = None


async def read_wishes(host_secrets: HostSecrets, accounts: Collection[str]) -> dict[str, Wishes]:
    """Return the wishes of each of these accounts; who has said nothing wants what everybody gets.

    What cannot be opened is left out, so that nobody takes it for nothing said, and writes that over it.
    """
    found = dict.fromkeys(accounts, Wishes())
    rows = await BuddyWishes.filter(account_id__in=list(found)).values_list("id", "account_id", "sealed")
    for row, account, sealed in rows:
        try:
            found[account] = Wishes.model_validate_json(host_secrets.open(_place(row), bytes(sealed)))
        except (SealingError, ValidationError) as error:
            # One row must not keep all others from being asked.
            log_fault(error)
            del found[account]
    return found


async def write_asked(host_secrets: HostSecrets, account: str, asked: AskedWishes) -> None:
    """Keep what a phone asked for; whose turn it is stays as it was."""
    async with in_transaction():
        await hold_account(account)
        turn = (await read_wishes(host_secrets, [account])).get(account, Wishes()).turn
        await write(host_secrets, account, Wishes(**asked.model_dump(), turn=turn))


async def write(host_secrets: HostSecrets, account: str, wishes: Wishes) -> None:
    """Keep these wishes instead of any before; for whoever holds the account."""
    kept = await BuddyWishes.get_or_none(account_id=account)
    row = kept.id if kept else new_id()
    sealed = host_secrets.seal(_place(row), wishes.model_dump_json().encode().ljust(_WISHES_BYTES))
    if kept:
        await BuddyWishes.filter(id=row).update(sealed=sealed)
    else:
        await BuddyWishes.create(id=row, account_id=account, sealed=sealed)


def _place(row: str) -> Place:
    return Place("buddy_wishes", "sealed", row)
