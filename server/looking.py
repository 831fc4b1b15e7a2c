"""The worker's look: what our own silence moves, whom to ask now, and which check-ins go a rung on.

What a look costs depends on what is due. It goes in handfuls, each a transaction of its own over accounts that it
holds, so that phones are answered in between, and a worker that dies has done each handful or not.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from tortoise.queryset import QuerySet
from tortoise.transactions import in_transaction

from server.checkin_store import CheckInStore, Kept, OpenedCheckIn, Times
from server.checkins.check_in import BUCKET_SECONDS, NOBODY, AskedAnew, Circle, Rung, Step, TimePassed, round_up
from server.checkins.ladder import after_outage, open_check_in, step
from server.checkins.outage import Gap, gap_since
from server.checkins.schedule import Slot, due_prompt
from server.circles import read_circles
from server.clock import day_number
from server.holding import hold_accounts
from server.models import CheckIn, Heartbeat, Schedule, new_id
from server.push.outbox import subscriptions_of
from server.sending import Sending, send_all, take_steps
from server.storage import run_sql, take_turn

AT_ONCE: Final = 100
# One for all workers: as long as one of them looks, nobody is forgotten.
_HEARTBEAT: Final = "look"
_REACHING: Final = frozenset({Rung.REMINDED, Rung.GRACE_ENDED, Rung.NUDGING})

Find = Callable[[], Awaitable[list[str]]]
Handle = Callable[[list[str]], Awaitable[None]]
Pause = Callable[[], Awaitable[None]]


async def _no_pause() -> None:
    """Go on at once."""


async def look(store: CheckInStore, now: int, pause: Pause = _no_pause) -> None:
    """Handle all that is due by now, with a pause before each handful; what others hold is left for the next look."""
    await settle_outage(store, now)
    await _in_handfuls(
        lambda: _accounts(Schedule.filter(next_due__lte=now).order_by("next_due")),
        lambda held: _ask(store, held, now),
        pause,
    )
    await _in_handfuls(
        lambda: _accounts(CheckIn.filter(due__lte=now).order_by("due")),
        lambda held: _go_on(store, held, now),
        pause,
    )
    await Heartbeat.filter(worker=_HEARTBEAT).update(at=now)


async def settle_outage(store: CheckInStore, now: int) -> Gap | None:
    """Find out whether nobody looked for a while, and move what fell into that time by its length.

    The heartbeat is written together with the last move, so that a worker which dies meanwhile begins again.
    """
    await Heartbeat.bulk_create([Heartbeat(worker=_HEARTBEAT, at=now)], ignore_conflicts=True)
    gap = gap_since((await Heartbeat.get(worker=_HEARTBEAT)).at, now)
    if gap is None:
        return None
    last = ""
    while accounts := await _open_accounts_after(last):
        await _move_check_ins(store, accounts, gap)
        last = accounts[-1]
    async with in_transaction():
        await take_turn()
        beat = await Heartbeat.filter(worker=_HEARTBEAT).select_for_update().get()
        # Another worker may have been quicker; the times of prompts must not move twice.
        if (gap := gap_since(beat.at, now)) is not None:
            await run_sql(
                "UPDATE schedule SET next_due = next_due + ? WHERE next_due > ? AND next_due <= ?",
                *(round_up(gap.seconds), gap.start, gap.end),
            )
            await Heartbeat.filter(worker=_HEARTBEAT).update(at=now)
    return gap


async def _open_accounts_after(last: str) -> list[str]:
    rows = await run_sql(
        "SELECT DISTINCT account_id FROM check_in WHERE due IS NOT NULL AND account_id > ? ORDER BY account_id LIMIT ?",
        *(last, AT_ONCE),
    )
    return [row["account_id"] for row in rows]


async def _move_check_ins(store: CheckInStore, accounts: list[str], gap: Gap) -> None:
    async with in_transaction():
        # Whoever is held by a phone is waited for: before the first look all must have moved.
        held = await hold_accounts(accounts, wait=True)
        moved = [
            (kept, after_outage(kept.ladder, gap))
            for kept in _flat((await store.read_check_ins(held)).values())
            if kept.ladder.rung is not Rung.ENDED
        ]
        await take_steps(store, moved, {}, gap.end)


async def _in_handfuls(find: Find, handle: Handle, pause: Pause) -> None:
    handled: set[str] = set()
    while accounts := [name for name in await find() if name not in handled]:
        await pause()
        async with in_transaction():
            held = await hold_accounts(accounts)
            await handle(held)
        # Each account once a look, whatever happens: a look always comes to its end.
        handled.update(accounts)


async def _accounts(rows: QuerySet[Any]) -> list[str]:
    return list({str(account): None for account in await rows.limit(AT_ONCE).values_list("account_id", flat=True)})


# --- asking ----------------------------------------------------------------------------------------------------------


async def _ask(store: CheckInStore, accounts: list[str], now: int) -> None:
    """Open a check-in for everybody whose moment lies within these five minutes; its prompt waits for the moment."""
    horizon = now // BUCKET_SECONDS * BUCKET_SECONDS + BUCKET_SECONDS - 1
    earlier = await store.read_check_ins(accounts)
    opened: list[OpenedCheckIn] = []
    looked: list[tuple[str, Times]] = []
    steps: list[tuple[Kept, Step]] = []
    for row, account, times in await store.read_due_times(accounts, now):
        due = due_prompt(times.schedule, times.seen, horizon, times.jitter_seed, times.last_asked)
        asked_last = (due.slot.day, due.slot.time) if due.slot else times.last_asked
        looked.append((row, times.model_copy(update={"seen": max(times.seen, horizon), "last_asked": asked_last})))
        if due.slot is None:
            continue
        ask_at = _ask_at(due.slot, now)
        asking = open_check_in(new_id(), due.slot.stale_at, times.ladder, ask_at)
        if asking.check_in.rung is Rung.ENDED:
            continue
        opened.append(
            OpenedCheckIn(account, day_number(due.slot.day), Kept(ladder=asking.check_in, asked_at=ask_at), asking)
        )
        steps += [(kept, step(kept.ladder, AskedAnew(), now)) for kept in earlier.get(account, [])]
    await store.open_check_ins(opened)
    await take_steps(store, steps, {}, now)
    await store.write_all_times(looked)
    subscriptions = await subscriptions_of([one.account for one in opened])
    prompts = [
        Sending(one.kept.ladder, one.step, subscriptions.get(one.account, []), one.kept.asked_at) for one in opened
    ]
    await send_all(store.host_secrets, prompts, now)


def _ask_at(slot: Slot, now: int) -> int:
    """Return when to ask: at the slot's own moment; where an outage moved it, at the pace that all of them had."""
    if slot.prompt_at >= now - BUCKET_SECONDS:
        return max(slot.prompt_at, now)
    return now + slot.prompt_at % BUCKET_SECONDS


# --- going on --------------------------------------------------------------------------------------------------------


async def _go_on(store: CheckInStore, accounts: list[str], now: int) -> None:
    due = await store.read_due_check_ins(accounts, now)
    subscriptions = await subscriptions_of(list(due))
    circles = await _circles_of(store, due, now)
    steps = [
        (kept, step(kept.ladder, TimePassed(), now, circles.get(account, NOBODY)))
        for account, hers in due.items()
        for kept in hers
    ]
    reached = {kept.ladder.id: subscriptions.get(account, []) for account, hers in due.items() for kept in hers}
    await take_steps(store, steps, reached, now)


async def _circles_of(store: CheckInStore, due: Mapping[str, Sequence[Kept]], now: int) -> dict[str, Circle]:
    """Find whom to nudge for those alone whose next rung may nudge somebody."""
    reaching = [account for account, hers in due.items() if any(kept.ladder.rung in _REACHING for kept in hers)]
    if not reaching:
        return {}
    times = await store.read_all_times(reaching)
    opted_in = {account: account in times and times[account].nudge for account in reaching}
    return await read_circles(store.host_secrets, opted_in, now)


def _flat(many: Iterable[Sequence[Kept]]) -> list[Kept]:
    return [kept for hers in many for kept in hers]
