"""While no push service takes the message for her, her time does not run: she has not been asked yet (CI-7).

A push service that is away is an outage like our own, for those alone whom it keeps from hearing: as long as a prompt
or a reminder waits for every one of her devices, what is due moves along with it. Not without end: a phone that can
never be reached again must not keep her buddies from ever being told.
"""

from collections.abc import Collection
from typing import Final

from tortoise.transactions import in_transaction

from server.checkin_store import CheckInStore, Kept
from server.checkins.check_in import BUCKET_SECONDS, HOUR, Rung
from server.checkins.ladder import after_outage
from server.checkins.outage import Gap
from server.holding import hold_accounts
from server.models import Outbox
from server.push.outbox import subscriptions_of
from server.storage import run_many

LONGEST_SECONDS: Final = 4 * HOUR


async def settle_undelivered(store: CheckInStore, refs: Collection[int], now: int) -> None:
    """Move what these messages are about by the time that they have waited; `refs` have just been put off once more."""
    rows = await Outbox.filter(id__in=list(refs), check_in_id__not_isnull=True).values_list(
        "check_in_id", "check_in__account_id"
    )
    if not rows:
        return
    named = {str(check_in) for check_in, _ in rows}
    async with in_transaction():
        # Whoever is held by a phone is left for the next try.
        held = await hold_accounts({str(account) for _, account in rows})
        waiting: dict[str, set[str]] = {}
        for check_in, subscription in await Outbox.filter(check_in_id__in=list(named)).values_list(
            "check_in_id", "subscription_id"
        ):
            waiting.setdefault(check_in, set()).add(subscription)
        reached = await subscriptions_of(held)
        moved = [
            after
            for account, hers in (await store.read_check_ins(held)).items()
            for kept in hers
            if kept.ladder.id in named and waiting.get(kept.ladder.id, set()) >= set(reached.get(account, ()))
            if (after := _moved(kept, now)) is not None
        ]
        await store.write_check_ins(moved)
        await run_many(
            "UPDATE outbox SET stale_after = ? WHERE check_in_id = ?",
            [[_good_until(one), one.ladder.id] for one in moved],
        )


def _moved(kept: Kept, now: int) -> Kept | None:
    """Return it with what is due moved; in whole steps of five minutes, or each rounding would add to the last."""
    ladder = kept.ladder
    if ladder.rung not in {Rung.PROMPTED, Rung.REMINDED}:
        return None
    if ladder.grace_ends - kept.asked_at - ladder.grace_seconds >= LONGEST_SECONDS:
        return None
    asked_at = ladder.remind_at - (ladder.reminder_seconds if ladder.rung is Rung.PROMPTED else 0)
    start = max(asked_at, ladder.settled_at)
    steps = (now - start) // BUCKET_SECONDS
    if steps < 1:
        return None
    return kept.stepped(after_outage(ladder, Gap(start, start + steps * BUCKET_SECONDS)))


def _good_until(kept: Kept) -> int:
    ladder = kept.ladder
    return min(ladder.stale_at, ladder.remind_at) if ladder.rung is Rung.PROMPTED else ladder.grace_ends
