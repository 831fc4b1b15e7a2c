"""Check-ins in the database: what the pure code needs of them, sealed, and what a step of the ladder changes.

Only whoever holds the account may write here (`server/holding.py`).
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, Self

from pydantic import BaseModel, ConfigDict
from tortoise.expressions import Q

from server.checkins import check_in as ladder
from server.checkins.check_in import BUCKET_SECONDS, HOUR, LadderSettings, Rung, Step, round_up
from server.checkins.schedule import Schedule, next_slot
from server.models import CheckIn as CheckInRow
from server.models import Schedule as ScheduleRow
from server.models import new_id
from server.push.outbox import Note, make_messages, withdraw
from server.push.payloads import Kind
from server.sealing import HostSecrets, Place

# The rungs as numbers in the database; none is used again for another.
_STATES: Final = {
    Rung.LATER: 1,
    Rung.PROMPTED: 2,
    Rung.REMINDED: 3,
    Rung.GRACE_ENDED: 4,
    Rung.NUDGING: 5,
    Rung.ENDED: 6,
}
_KINDS: Final = {
    ladder.Kind.PROMPT: Kind.PROMPT,
    ladder.Kind.REMINDER: Kind.REMINDER,
    ladder.Kind.NUDGE: Kind.NUDGE,
    ladder.Kind.ALL_CLEAR: Kind.ALL_CLEAR,
}
# All equally long at rest: how far a check-in has come is not to be read from its length.
_TIMES_BYTES: Final = 508
_CHECK_IN_BYTES: Final = 1020


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


class CheckInStore:
    """Reads and writes the rows of held accounts."""

    def __init__(self, host_secrets: HostSecrets) -> None:
        """Take the keys to what is sealed."""
        self._secrets = host_secrets

    # --- times ------------------------------------------------------------------------------------------------------

    async def read_times(self, account: str) -> Times | None:
        """Return when she is asked; None where she is not."""
        rows = await ScheduleRow.filter(account_id=account).values_list("id", "sealed")
        return self.open_times(*rows[0]) if rows else None

    def open_times(self, row: str, sealed: bytes) -> Times:
        """Unseal what stands in a schedule's row."""
        return Times.model_validate_json(self._secrets.open(_place("schedule", row), bytes(sealed)))

    async def write_times(self, account: str, times: Times) -> None:
        """Keep her times instead of any before, and find out when to look next."""
        row = (await ScheduleRow.filter(account_id=account).values_list("id", flat=True) or [new_id()])[0]
        sealed = self._secrets.seal(_place("schedule", str(row)), _padded(times, _TIMES_BYTES))
        changed = {"sealed": sealed, "next_due": times.next_due()}
        if not await ScheduleRow.filter(id=row).update(**changed):
            await ScheduleRow.create(id=row, account_id=account, **changed)

    # --- check-ins --------------------------------------------------------------------------------------------------

    async def read_check_ins(self, accounts: Sequence[str]) -> dict[str, list[Kept]]:
        """Return every kept check-in of some accounts, oldest first."""
        return await self._read(Q(account_id__in=list(accounts)))

    async def read_due_check_ins(self, accounts: Sequence[str], now: int) -> dict[str, list[Kept]]:
        """Return those whose moment has come."""
        return await self._read(Q(account_id__in=list(accounts), due__lte=now))

    async def open_check_in(self, account: str, day: int, kept: Kept) -> None:
        """Write a new one down."""
        numbers = await CheckInRow.filter(account_id=account, day=day).values_list("number", flat=True)
        number = max((int(str(number)) for number in numbers), default=-1) + 1
        await CheckInRow.create(id=kept.ladder.id, account_id=account, day=day, number=number, **self._columns(kept))

    async def write_check_in(self, kept: Kept) -> None:
        """Write down what has become of one."""
        await CheckInRow.filter(id=kept.ladder.id).update(**self._columns(kept))

    async def take_step(self, kept: Kept, step: Step, subscriptions: Sequence[str], now: int) -> Kept:
        """Write down what a step leaves, call back what it calls back, and make its messages."""
        stepped = kept.stepped(step)
        if stepped != kept:
            await self.write_check_in(stepped)
        await send_messages(step, subscriptions, now)
        return stepped

    async def _read(self, condition: Q) -> dict[str, list[Kept]]:
        found: dict[str, list[Kept]] = {}
        for row, account, sealed in await CheckInRow.filter(condition).values_list("id", "account_id", "sealed"):
            plain = self._secrets.open(_place("check_in", row), bytes(sealed))
            found.setdefault(account, []).append(Kept.model_validate_json(plain))
        for kept in found.values():
            kept.sort(key=lambda one: (one.asked_at, one.ladder.id))
        return found

    def _columns(self, kept: Kept) -> dict[str, object]:
        erase_at = kept.ladder.erase_at
        return {
            "state": _STATES[kept.ladder.rung],
            "due": kept.ladder.due,
            "sealed": self._secrets.seal(_place("check_in", kept.ladder.id), _padded(kept, _CHECK_IN_BYTES)),
            # An hour early, since rows are erased once an hour; in steps, or it would tell when she answered.
            "erase_after": None if erase_at is None else round_up(erase_at - HOUR - BUCKET_SECONDS),
        }


async def send_messages(step: Step, subscriptions: Sequence[str], due: int) -> None:
    """Call back what a step calls back, and put its messages to her into the outbox.

    Nobody accepts to be a buddy yet, so that the ladder has no message for anybody else.
    """
    if step.withdraw:
        await withdraw(step.check_in.id)
    notes = [
        Note(_KINDS[message.kind], " ".join(message.key), message.key.check_in, due, message.good_until)
        for message in step.messages
        if message.to is None
    ]
    await make_messages(notes, subscriptions)


def _place(table: str, row: str) -> Place:
    return Place(table, "sealed", row)


def _padded(value: BaseModel, length: int) -> bytes:
    return value.model_dump_json().encode().ljust(length)
