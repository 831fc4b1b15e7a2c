"""Check-ins in the database: what the pure code needs of them, sealed, and what a step of the ladder changes.

Only whoever holds the account may write here (`server/holding.py`).
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, ValidationError
from tortoise.expressions import Q

from server.checkins import check_in as ladder
from server.checkins.check_in import BUCKET_SECONDS, HOUR, LadderSettings, Rung, Step, round_up
from server.checkins.schedule import Schedule, next_slot
from server.errors import SealingError
from server.faults import log_fault
from server.models import CheckIn as CheckInRow
from server.models import Schedule as ScheduleRow
from server.models import new_id
from server.sealing import HostSecrets, Place
from server.storage import run_many

# The rungs as numbers in the database; none is used again for another.
_STATES: Final = {
    Rung.LATER: 1,
    Rung.PROMPTED: 2,
    Rung.REMINDED: 3,
    Rung.GRACE_ENDED: 4,
    Rung.NUDGING: 5,
    Rung.ENDED: 6,
}
# All equally long at rest: how far a check-in has come is not to be read from its length.
_TIMES_BYTES: Final = 508
_CHECK_IN_BYTES: Final = 1532
# What cannot be opened is tried again: the file of keys may have been restored meanwhile.
_UNREADABLE_PAUSE_SECONDS: Final = 3600


class Times(BaseModel):
    """What is sealed in a schedule's row: her wishes, and how far they are carried out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schedule: Schedule
    ladder: LadderSettings
    nudge: bool
    # Random, hers alone: nobody else can foretell the minutes by which a prompt is late.
    seed: str
    # All slots up to here were asked, or passed over.
    seen: int
    last_asked: tuple[date, str] | None = None

    @property
    def jitter_seed(self) -> bytes:
        """The seed as bytes."""
        return self.seed.encode()

    def next_due(self) -> int | None:
        """Return when to look again: in steps of five minutes, never late; the very moment is known only unsealed."""
        slot = next_slot(self.schedule, self.seen, self.jitter_seed, self.last_asked)
        return slot and slot.prompt_at // BUCKET_SECONDS * BUCKET_SECONDS


class Kept(BaseModel):
    """What is sealed in a check-in's row."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ladder: ladder.CheckIn
    asked_at: int
    answered_at: int | None = None

    def stepped(self, step: Step) -> Self:
        """Return it as a step of the ladder leaves it."""
        return self.model_copy(update={"ladder": step.check_in})


class OpenedCheckIn(NamedTuple):
    """A check-in that has just begun: whose, on which of her days, and the step that began it."""

    account: str
    day: int
    kept: Kept
    step: Step


class CheckInStore:
    """Reads and writes the rows of held accounts."""

    def __init__(self, host_secrets: HostSecrets) -> None:
        """Take the keys to what is sealed."""
        self.host_secrets = host_secrets

    # --- times ------------------------------------------------------------------------------------------------------

    async def read_times(self, account: str) -> Times | None:
        """Return when she is asked; None where she is not."""
        rows = await ScheduleRow.filter(account_id=account).values_list("id", "sealed")
        return self.open_times(*rows[0]) if rows else None

    def open_times(self, row: str, sealed: bytes) -> Times:
        """Unseal what stands in a schedule's row."""
        return Times.model_validate_json(self.host_secrets.open(_place("schedule", row), bytes(sealed)))

    async def read_all_times(self, accounts: Collection[str]) -> dict[str, Times]:
        """Return when each of some accounts is asked; one that is not, or whose row cannot be opened, is left out."""
        found = {}
        rows = ScheduleRow.filter(account_id__in=list(accounts))
        for row, account, sealed in await rows.values_list("id", "account_id", "sealed"):
            try:
                found[account] = self.open_times(row, sealed)
            except (SealingError, ValidationError) as error:
                log_fault(error)
        return found

    async def write_times(self, account: str, times: Times) -> None:
        """Keep her times instead of any before, and find out when to look next."""
        kept = await ScheduleRow.get_or_none(account_id=account)
        row = kept.id if kept else new_id()
        sealed, next_due = self._seal_times(row, times), times.next_due()
        if kept:
            await ScheduleRow.filter(id=row).update(sealed=sealed, next_due=next_due)
        else:
            await ScheduleRow.create(id=row, account_id=account, sealed=sealed, next_due=next_due)

    async def read_due_times(self, accounts: Sequence[str], now: int) -> list[tuple[str, str, Times]]:
        """Return row, account and times where it is time to look."""
        due = ScheduleRow.filter(account_id__in=list(accounts), next_due__lte=now)
        found = []
        for row, account, sealed in await due.values_list("id", "account_id", "sealed"):
            try:
                found.append((row, account, self.open_times(row, sealed)))
            except (SealingError, ValidationError) as error:
                # One row must not keep all others from being asked.
                log_fault(error)
                await ScheduleRow.filter(id=row).update(next_due=now + _UNREADABLE_PAUSE_SECONDS)
        return found

    async def write_all_times(self, rows: Iterable[tuple[str, Times]]) -> None:
        """Write down how far the times in these rows are carried out."""
        await run_many(
            "UPDATE schedule SET sealed = ?, next_due = ? WHERE id = ?",
            [[self._seal_times(row, times), times.next_due(), row] for row, times in rows],
        )

    # --- check-ins --------------------------------------------------------------------------------------------------

    async def read_check_ins(self, accounts: Sequence[str]) -> dict[str, list[Kept]]:
        """Return every kept check-in of some accounts, oldest first."""
        return await self._read(Q(account_id__in=list(accounts)))

    async def read_due_check_ins(self, accounts: Sequence[str], now: int) -> dict[str, list[Kept]]:
        """Return those whose moment has come; one that cannot be opened is left for later."""
        return await self._read(
            Q(account_id__in=list(accounts), due__lte=now), put_off_until=now + _UNREADABLE_PAUSE_SECONDS
        )

    async def open_check_ins(self, opened: Sequence[OpenedCheckIn]) -> None:
        """Write new ones down, each with the next free number of its day."""
        taken: dict[tuple[str, int], int] = {}
        accounts = [one.account for one in opened]
        for account, day, number in await CheckInRow.filter(account_id__in=accounts).values_list(
            "account_id", "day", "number"
        ):
            taken[account, day] = max(taken.get((account, day), -1), number)
        rows = []
        for one in opened:
            number = taken[one.account, one.day] = taken.get((one.account, one.day), -1) + 1
            rows.append(
                CheckInRow(
                    id=one.kept.ladder.id,
                    account_id=one.account,
                    day=one.day,
                    number=number,
                    **self._columns(one.kept),
                )
            )
        if rows:
            await CheckInRow.bulk_create(rows)

    async def write_check_ins(self, kept: Iterable[Kept]) -> None:
        """Write down what has become of some."""
        await run_many(
            "UPDATE check_in SET state = ?, due = ?, sealed = ?, erase_after = ? WHERE id = ?",
            [[*self._columns(one).values(), one.ladder.id] for one in kept],
        )

    async def _read(self, condition: Q, put_off_until: int | None = None) -> dict[str, list[Kept]]:
        found: dict[str, list[Kept]] = {}
        for row, account, sealed in await CheckInRow.filter(condition).values_list("id", "account_id", "sealed"):
            try:
                plain = self.host_secrets.open(_place("check_in", row), bytes(sealed))
                found.setdefault(account, []).append(Kept.model_validate_json(plain))
            except (SealingError, ValidationError) as error:
                log_fault(error)
                if put_off_until is not None:
                    await CheckInRow.filter(id=row).update(due=put_off_until)
        for kept in found.values():
            kept.sort(key=lambda one: (one.asked_at, one.ladder.id))
        return found

    def _seal_times(self, row: str, times: Times) -> bytes:
        return self.host_secrets.seal(_place("schedule", row), _padded(times, _TIMES_BYTES))

    def _columns(self, kept: Kept) -> dict[str, Any]:
        erase_at = kept.ladder.erase_at
        return {
            "state": _STATES[kept.ladder.rung],
            "due": kept.ladder.due,
            "sealed": self.host_secrets.seal(_place("check_in", kept.ladder.id), _padded(kept, _CHECK_IN_BYTES)),
            # An hour early, since rows are erased once an hour; in steps, or it would tell when she answered.
            "erase_after": None if erase_at is None else round_up(erase_at - HOUR - BUCKET_SECONDS),
        }


def _place(table: str, row: str) -> Place:
    return Place(table, "sealed", row)


def _padded(value: BaseModel, length: int) -> bytes:
    return value.model_dump_json().encode().ljust(length)
