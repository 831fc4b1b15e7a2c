"""Nudges in the database: what a buddy was asked, the note as it was encrypted for them, and what they said to it.

A row is made in the transaction of the step that asks, under an id made of check-in, round and her end of the pair: so
none is made twice, and the rows of a check-in are found without a search.
"""

from base64 import urlsafe_b64encode
from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError
from tortoise.expressions import Q

from server.checkins.check_in import DAY, HOUR, CheckIn, Key, Kind
from server.errors import SealingError
from server.faults import log_fault
from server.models import Nudge, Outbox, Tie
from server.push.outbox import message_name, subscriptions_of
from server.sealing import HostSecrets, Place
from server.storage import run_many

KEEP_SECONDS: Final = 7 * DAY
# All equally long at rest: with or without a note, answered or not.
_CONTENTS_BYTES: Final = 2044

Which = Literal["silence", "company", "quiet"]
State = Literal["open", "handed", "well"]


class NudgeContents(BaseModel):
    """What is sealed: her end of the pair, the check-in and its round, the note's copy, and what came of it.

    `said` are the buddy's replies, each with its day. `pushes` is how many messages were made for it, and `seen`
    whether the buddy's phone has fetched it: what has not reached anybody can still be taken back. Nobody is told.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    check_in: str
    round: int
    which: Which
    note: str | None
    state: State = "open"
    said: tuple[tuple[int, int], ...] = ()
    pushes: int = 0
    seen: bool = False

    @property
    def key(self) -> Key:
        """The key of its messages, as the ladder made it."""
        return Key(self.check_in, f"{Kind.NUDGE}.{self.round}", self.source)


class NudgeRow(NamedTuple):
    """One nudge as it stands in the database, opened; `tie` is the buddy's own end of the pair."""

    id: str
    tie: str
    contents: NudgeContents
    erase_after: int
    sealed: bytes

    def changed(self, **changes: object) -> "NudgeRow":
        """Return it with what is sealed changed so."""
        return self._replace(contents=self.contents.model_copy(update=changes))


def nudge_id(check_in: str, number: int, her_tie: str) -> str:
    """Return the id of what a buddy is asked in one round."""
    digest = sha256(f"{check_in} {number} {her_tie}".encode()).digest()
    return urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()


def ids_of(check_in: CheckIn, her_ties: Iterable[str]) -> list[str]:
    """Return the ids that nudges for a check-in may have, of all its rounds."""
    ties = list(her_ties)
    return [nudge_id(check_in.id, number, tie) for tie in ties for number in range(1, check_in.rounds + 1)]


def keys_to(check_in: CheckIn, her_tie: str) -> list[str]:
    """Return the keys of all that may have been made for a buddy because of a check-in."""
    rungs = [f"{kind}.{number}" for kind in (Kind.NUDGE, Kind.ALL_CLEAR) for number in range(1, check_in.rounds + 1)]
    return [" ".join(Key(check_in.id, rung, her_tie)) for rung in rungs]


def newest(rows: Iterable[NudgeRow]) -> NudgeRow | None:
    """Return the one to show: an open one before others, then the latest."""
    return max(
        rows, key=lambda row: (row.contents.state == "open", row.erase_after, row.contents.round, row.id), default=None
    )


async def read_nudges_by_id(host_secrets: HostSecrets, ids: Collection[str]) -> list[NudgeRow]:
    """Return those with these ids that there are."""
    return await _read(host_secrets, Q(id__in=list(ids))) if ids else []


async def read_nudges_of(host_secrets: HostSecrets, ties: Collection[str]) -> dict[str, list[NudgeRow]]:
    """Return all there are at some buddies' ends, by end."""
    found: dict[str, list[NudgeRow]] = {}
    for row in await _read(host_secrets, Q(tie_id__in=list(ties))) if ties else []:
        found.setdefault(row.tie, []).append(row)
    return found


async def make_nudges(host_secrets: HostSecrets, rows: Iterable[tuple[str, NudgeContents]], now: int) -> None:
    """Make a nudge at each buddy's end, where there is none yet; part of the caller's transaction."""
    # In whole hours, or it would tell when she stayed silent.
    erase_after = -(-now // HOUR) * HOUR + KEEP_SECONDS
    made = []
    for tie, contents in rows:
        name = nudge_id(contents.check_in, contents.round, contents.source)
        made.append(Nudge(id=name, tie_id=tie, sealed=_seal(host_secrets, name, contents), erase_after=erase_after))
    if made:
        await Nudge.bulk_create(made, ignore_conflicts=True)


async def write_nudges(host_secrets: HostSecrets, rows: Iterable[NudgeRow]) -> None:
    """Write down what has become of some; for whoever holds her account."""
    await run_many(
        "UPDATE nudge SET sealed = ? WHERE id = ?",
        [[_seal(host_secrets, row.id, row.contents), row.id] for row in rows],
    )


async def unsent_of(rows: Collection[NudgeRow], now: int) -> list[str]:
    """Return the ids of those that have reached nobody yet.

    What a worker has claimed may be on its way already, and counts as gone out.
    """
    if not rows:
        return []
    owners = dict(await Tie.filter(id__in=[row.tie for row in rows]).values_list("id", "account_id"))
    phones = await subscriptions_of(set(owners.values()))
    names = {
        row.id: [message_name(" ".join(row.contents.key), one) for one in phones.get(owners.get(row.tie, ""), ())]
        for row in rows
    }
    waiting = await _waiting([name for some in names.values() for name in some], now)
    return [
        row.id
        for row in rows
        if not row.contents.seen and not row.contents.said and len(waiting & {*names[row.id]}) == row.contents.pushes
    ]


async def _waiting(names: list[str], now: int) -> set[str]:
    if not names:
        return set()
    return {
        str(key) for key in await Outbox.filter(key__in=names, claimed_until__lte=now).values_list("key", flat=True)
    }


async def erase_nudges(ids: Collection[str]) -> None:
    """Erase nudges that have reached nobody."""
    if ids:
        await Nudge.filter(id__in=list(ids)).delete()


async def note_as_seen(host_secrets: HostSecrets, rows: Iterable[NudgeRow]) -> None:
    """Remember that a buddy's phone has fetched these, unless somebody has changed them since they were read."""
    for row in rows:
        sealed = _seal(host_secrets, row.id, row.changed(seen=True).contents)
        await Nudge.filter(id=row.id, sealed=row.sealed).update(sealed=sealed)


async def _read(host_secrets: HostSecrets, condition: Q) -> list[NudgeRow]:
    found = []
    rows = Nudge.filter(condition).values_list("id", "tie_id", "sealed", "erase_after")
    for row, tie, sealed, erase_after in await rows:
        try:
            plain = host_secrets.open(_place(row), bytes(sealed))
            found.append(NudgeRow(row, tie, NudgeContents.model_validate_json(plain), erase_after, bytes(sealed)))
        except (SealingError, ValidationError) as error:
            # One row must not keep all others from being found.
            log_fault(error)
    return found


def _seal(host_secrets: HostSecrets, row: str, contents: NudgeContents) -> bytes:
    return host_secrets.seal(_place(row), contents.model_dump_json().encode().ljust(_CONTENTS_BYTES))


def _place(row: str) -> Place:
    return Place("nudge", "sealed", row)
