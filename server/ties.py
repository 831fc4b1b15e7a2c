"""Pairs: two ends, each naming the other, each sealed. Whoever stops erases their own end and nothing else is told.

The end that stays leads nowhere from then on. It is called a stand-in: it counts in limits, is asked to agree anew, and
takes everything that a pair takes, so that its owner learns of nothing (BU-12). It does not even keep which row was the
other end, nor what was written for a buddy.

Only whoever holds the account may write to its ends (`server/holding.py`); a pair is held by both accounts in order.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable
from contextlib import asynccontextmanager
from typing import Final, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError
from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from server.errors import SealingError
from server.faults import log_fault
from server.holding import hold_accounts
from server.models import Tie, new_id
from server.sealing import HostSecrets, Place
from server.storage import run_many

NOTE_BYTES: Final = 1024
"""One note of hers for a buddy, as ciphertext: what a nudge after silence, for company, or by a slip shows."""
NOTES_BYTES: Final = 3 * NOTE_BYTES
AGREED_FOR_DAYS: Final = 90
# All equally long at rest: whether a buddy has ever replied is not to be read from a length.
_CONTENTS_BYTES: Final = 508


class TieContents(BaseModel):
    """What is sealed in an end's row: the other end, the invite it came from, and when its owner last agreed to it.

    `said` is the last reply of this buddy (1 to 9) and the day it came, at her end alone. `rests` is what a buddy who
    stopped wanted of rest, as JSON of `server/buddy_wishes.py`: a stand-in goes on resting as they rested, or it would
    tell that they stopped.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    peer: str
    card: str
    agreed_day: int
    said: int | None = None
    said_day: int | None = None
    rests: str | None = None


class TieRow(NamedTuple):
    """One end as it stands in the database, opened. `notes` are three of NOTE_BYTES, at her end of a pair alone."""

    id: str
    account: str
    is_hers: bool
    contents: TieContents
    notes: bytes | None

    def is_to_be_agreed_anew(self, today: int) -> bool:
        """Whether its owner agreed to it so long ago that they are to be asked again."""
        return today - self.contents.agreed_day >= AGREED_FOR_DAYS


class Ends(NamedTuple):
    """One's own end and the other; None where one's own leads nowhere."""

    own: TieRow
    peer: TieRow | None


class NewPair(NamedTuple):
    """Whom a pair is made of, by their accounts, from which invite, and what a nudge is to show."""

    hers: str
    theirs: str
    card: str
    notes: bytes


CallBack = Callable[[Ends, int], Awaitable[None]]
"""What else must end with a pair at a moment, while its ends are still there and held."""


# --- reading ---------------------------------------------------------------------------------------------------------


async def read_ties(host_secrets: HostSecrets, ids: Collection[str]) -> dict[str, TieRow]:
    """Return the ends with these ids; what is not there, or cannot be opened, is left out."""
    rows = await _read(host_secrets, Q(id__in=list(ids))) if ids else []
    return {row.id: row for row in rows}


async def ties_of(host_secrets: HostSecrets, accounts: Collection[str]) -> dict[str, list[TieRow]]:
    """Return every end of each account, in an order that means nothing and stays."""
    found: dict[str, list[TieRow]] = {}
    for row in await _read(host_secrets, Q(account_id__in=list(accounts))):
        found.setdefault(row.account, []).append(row)
    return found


async def peers_of(host_secrets: HostSecrets, rows: Iterable[TieRow]) -> dict[str, TieRow | None]:
    """Return the other end of each, by the id of one's own; None for a stand-in. One question, however many."""
    rows = list(rows)
    found = await read_ties(host_secrets, {row.contents.peer for row in rows})
    # Both must name each other, and one of them be hers: an id that is guessed, or left behind, leads nowhere.
    return {row.id: peer if (peer := found.get(row.contents.peer)) and _fit(row, peer) else None for row in rows}


async def count_ties(account: str, *, hers: bool) -> int:
    """Return how many ends of one side somebody has, stand-ins among them."""
    return await Tie.filter(account_id=account, is_hers=hers).count()


@asynccontextmanager
async def hold_pair(host_secrets: HostSecrets, account: str, tie: str) -> AsyncIterator[Ends | None]:
    """Open a transaction that holds both accounts of a pair, or a stand-in's one; None if the end is not theirs."""
    accounts = {account, *(row.account for row in await _both(host_secrets, account, tie) if row)}
    async with in_transaction():
        await hold_accounts(accounts, wait=True)
        # Read again, now that nobody can change it: the other end may have gone meanwhile, but never another come.
        own, peer = await _both(host_secrets, account, tie)
        yield None if own is None else Ends(own, peer)


# --- writing ---------------------------------------------------------------------------------------------------------


async def make(host_secrets: HostSecrets, pair: NewPair, today: int) -> str:
    """Make both ends of a pair, and return hers; part of the transaction of whoever holds both accounts."""
    her_tie, their_tie = new_id(), new_id()
    for row, peer, account, own_notes in (
        (her_tie, their_tie, pair.hers, pair.notes),
        (their_tie, her_tie, pair.theirs, None),
    ):
        contents = TieContents(peer=peer, card=pair.card, agreed_day=today)
        sealed = _seal(host_secrets, row, contents)
        await Tie.create(id=row, account_id=account, is_hers=row == her_tie, sealed=sealed, notes=own_notes)
    return her_tie


async def write_contents(host_secrets: HostSecrets, rows: Iterable[TieRow]) -> None:
    """Write down what is sealed in some ends."""
    await run_many(
        "UPDATE tie SET sealed = ? WHERE id = ?", [[_seal(host_secrets, row.id, row.contents), row.id] for row in rows]
    )


async def agree(host_secrets: HostSecrets, account: str, tie: str, today: int) -> None:
    """Note that its owner agrees to an end for another while; nothing happens if it is not theirs."""
    async with hold_pair(host_secrets, account, tie) as ends:
        if ends:
            agreed = ends.own.contents.model_copy(update={"agreed_day": today})
            await write_contents(host_secrets, [ends.own._replace(contents=agreed)])


async def write_notes(host_secrets: HostSecrets, account: str, tie: str, notes: bytes) -> None:
    """Let a buddy be shown these notes from the next nudge on; a stand-in needs none, and nobody is told."""
    async with hold_pair(host_secrets, account, tie) as ends:
        if ends and ends.own.is_hers and ends.peer:
            await Tie.filter(id=tie).update(notes=notes)


async def cut(host_secrets: HostSecrets, ends: Ends, rests: str | None = None) -> None:
    """Erase one's own end, and make the other a stand-in that `rests` so; for whoever holds both accounts."""
    if ends.peer:
        nowhere = ends.peer.contents.model_copy(update={"peer": new_id(), "rests": rests})
        await write_contents(host_secrets, [ends.peer._replace(contents=nowhere)])
        await Tie.filter(id=ends.peer.id).update(notes=None)
    await Tie.filter(id=ends.own.id).delete()


# --- at rest ---------------------------------------------------------------------------------------------------------


async def _both(host_secrets: HostSecrets, account: str, tie: str) -> tuple[TieRow | None, TieRow | None]:
    own = (await read_ties(host_secrets, [tie])).get(tie)
    if own is None or own.account != account:
        return None, None
    return own, (await peers_of(host_secrets, [own]))[tie]


def _fit(row: TieRow, peer: TieRow) -> bool:
    return peer.contents.peer == row.id and peer.is_hers != row.is_hers


async def _read(host_secrets: HostSecrets, condition: Q) -> list[TieRow]:
    found = []
    rows = Tie.filter(condition).order_by("id").values_list("id", "account_id", "is_hers", "sealed", "notes")
    for row, account, is_hers, sealed, notes in await rows:
        try:
            contents = TieContents.model_validate_json(host_secrets.open(_place(row), bytes(sealed)))
        except (SealingError, ValidationError) as error:
            # One row must not keep all others from being found.
            log_fault(error)
            continue
        found.append(TieRow(row, account, bool(is_hers), contents, None if notes is None else bytes(notes)))
    return found


def _seal(host_secrets: HostSecrets, row: str, contents: TieContents) -> bytes:
    return host_secrets.seal(_place(row), contents.model_dump_json().encode().ljust(_CONTENTS_BYTES))


def _place(row: str) -> Place:
    return Place("tie", "sealed", row)
