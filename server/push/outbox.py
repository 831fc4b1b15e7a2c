"""The outbox: one row a message, made once, claimed by one worker, and gone when a push service has it.

A worker that dies leaves its claims behind. They end by themselves, and what it had not sent is sent by another; what
it had sent, and not yet crossed out, goes out once more, where the phone shows it in place of the first.
"""

import hashlib
import json
import secrets
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from tortoise.transactions import in_transaction

from server.errors import SealingError
from server.faults import log_fault
from server.models import Device, Outbox, Subscription
from server.push.answers import Outcome, Result
from server.push.delivery import Message
from server.push.payloads import Kind
from server.sealing import HostSecrets, Place
from server.storage import is_sqlite, run_sql, take_turn

# Longer than any call may last; renewed while a batch is on its way.
CLAIM_SECONDS: Final = 180
REHEARSAL_SECONDS: Final = 5 * 60
_FIRST_PAUSE_SECONDS: Final = 20
_LONGEST_PAUSE_SECONDS: Final = 15 * 60
_LONGEST_EXPONENT: Final = 10
_CLAIM: Final = (
    "UPDATE outbox SET claimed_until = ? WHERE id IN "
    "(SELECT id FROM outbox WHERE due <= ? AND claimed_until <= ? ORDER BY due LIMIT ?) RETURNING id"
)


class Note(NamedTuple):
    """A message to be made: what kind, what it is about, when to send it, and when it would come too late."""

    kind: Kind
    key: str
    check_in: str | None
    due: int
    stale_after: int


async def make_messages(made: Collection[tuple[Note, str]]) -> None:
    """Make a row for each note and subscription, where there is none yet; part of the caller's transaction."""
    rows = [
        Outbox(
            key=message_name(note.key, subscription),
            kind=note.kind,
            subscription_id=subscription,
            check_in_id=note.check_in,
            due=note.due,
            stale_after=note.stale_after,
        )
        for note, subscription in made
    ]
    if rows:
        await Outbox.bulk_create(rows, ignore_conflicts=True)


async def make_rehearsal(subscription: str, now: int) -> None:
    """Make a message that she has asked for to see what it looks like."""
    note = Note(Kind.REHEARSAL, secrets.token_hex(), None, now, now + REHEARSAL_SECONDS)
    await make_messages([(note, subscription)])


async def withdraw(check_ins: Collection[str]) -> None:
    """Take back what was made for these check-ins and has not gone out."""
    if check_ins:
        await Outbox.filter(check_in_id__in=list(check_ins)).delete()


async def take_back(made: Iterable[tuple[str, str]]) -> None:
    """Take back single messages, by their key and subscription, as far as they have not gone out."""
    names = [message_name(key, subscription) for key, subscription in made]
    if names:
        await Outbox.filter(key__in=names).delete()


async def claim_messages(host_secrets: HostSecrets, now: int, at_most: int) -> list[Message]:
    """Take messages that are due, for CLAIM_SECONDS, which nobody else has; drop those that come too late."""
    if await Outbox.filter(stale_after__lte=now).exists():
        await Outbox.filter(stale_after__lte=now).delete()
    claimed = await run_sql(
        _CLAIM if is_sqlite() else _CLAIM.replace(")", " FOR UPDATE SKIP LOCKED)"),
        *(now + CLAIM_SECONDS, now, now, at_most),
    )
    rows = await Outbox.filter(id__in=[row["id"] for row in claimed]).values_list(
        "id", "kind", "subscription_id", "subscription__sealed", "subscription__vapid_key"
    )
    messages, unreadable = [], []
    for row, kind, subscription, sealed, key in rows:
        try:
            reach = json.loads(host_secrets.open(place_of_reach(subscription), bytes(sealed)))
        except SealingError as error:
            # One row must not keep all others from going out.
            log_fault(error)
            unreadable.append(Outcome(row, Result.FAILED))
            continue
        messages.append(Message(row, reach["endpoint"], reach["p256dh"], reach["auth"], key, Kind(kind)))
    if unreadable:
        await record_outcomes(unreadable, now)
    return messages


async def renew_claims(refs: Collection[int], now: int) -> None:
    """Keep what is still on its way from other workers."""
    await Outbox.filter(id__in=list(refs)).update(claimed_until=now + CLAIM_SECONDS)


async def release_claims() -> None:
    """Let go of what a worker has left behind; only for whoever knows that no other works."""
    await Outbox.filter(claimed_until__gt=0).update(claimed_until=0)


async def record_outcomes(outcomes: Iterable[Outcome], now: int) -> None:
    """Cross out what a push service has taken, forget subscriptions that are gone, and put off the rest."""
    outcomes = list(outcomes)
    gone = [one.ref for one in outcomes if one.result is Result.GONE]
    again = [one for one in outcomes if one.result in {Result.LATER, Result.FAILED}]
    done = [one.ref for one in outcomes if one.result in {Result.DELIVERED, Result.REFUSED}]
    async with in_transaction():
        await take_turn()
        if done:
            await Outbox.filter(id__in=done).delete()
        if gone:
            await _forget_subscriptions(gone)
        if again:
            await _put_off(again, now)


def place_of_reach(subscription: str) -> Place:
    """Return the place of a subscription's sealed column."""
    return Place("subscription", "sealed", subscription)


async def _forget_subscriptions(refs: list[int]) -> None:
    """The push service knows them no more. The device is marked, so that she is told when she next looks."""
    subscriptions = await Outbox.filter(id__in=refs).values_list("subscription_id", flat=True)
    devices = await Subscription.filter(id__in=subscriptions).values_list("device_id", flat=True)
    await Device.filter(id__in=devices).update(reach_lost=True)
    await Subscription.filter(id__in=subscriptions).delete()


async def _put_off(outcomes: list[Outcome], now: int) -> None:
    attempts = dict(await Outbox.filter(id__in=[one.ref for one in outcomes]).values_list("id", "attempts"))
    pauses: dict[int, list[int]] = {}
    for one in outcomes:
        pause = pause_after(attempts.get(one.ref, 0), one.retry_after_seconds, secrets.randbelow(8))
        pauses.setdefault(pause, []).append(one.ref)
    for pause, refs in pauses.items():
        marks = ", ".join("?" * len(refs))
        await run_sql(
            f"UPDATE outbox SET attempts = attempts + 1, claimed_until = 0, due = ? WHERE id IN ({marks})",  # noqa: S608 - question marks
            *(now + pause, *refs),
        )


def pause_after(attempts: int, asked_for: int | None, eighths: int) -> int:
    """Return how many seconds to wait: as long as the service asks, or twice as long each time, and some eighths more.

    Without them all that failed together would come again together.
    """
    doubled = _FIRST_PAUSE_SECONDS * 2 ** min(attempts, _LONGEST_EXPONENT)
    pause = asked_for or min(doubled, _LONGEST_PAUSE_SECONDS)
    return pause + pause * eighths // 8


def message_name(key: str, subscription: str) -> str:
    """Return the name of the row for one message to one subscription."""
    # Check-in, rung and subscription would be too long side by side.
    return hashlib.sha256(f"{key} {subscription}".encode()).hexdigest()


async def subscriptions_of(accounts: Collection[str]) -> dict[str, list[str]]:
    """Return the subscriptions of each account's devices."""
    # Two questions: asked at once, SQLite would read every subscription there is.
    owners = dict(await Device.filter(account_id__in=list(accounts)).values_list("id", "account_id"))
    found: dict[str, list[str]] = {}
    for subscription, device in await Subscription.filter(device_id__in=list(owners)).values_list("id", "device_id"):
        found.setdefault(owners[device], []).append(subscription)
    return found
